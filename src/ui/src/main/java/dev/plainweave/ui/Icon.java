package dev.plainweave.ui;

/** A small picture in the colour of the text around it. An ornament, unless it is described. */
public final class Icon extends Element<Icon> {
    Icon(String name) {
        super("span");
        node.put("class", "pw-icon");
        node.put(Node.ICON, Icons.inside(name));
    }

    /** Shows another one. */
    public Icon name(String name) {
        set(node, Node.ICON, Icons.inside(name));
        return this;
    }

    /** What it says, for those who do not see it. */
    public Icon description(String text) {
        set(node, "role", text.isEmpty() ? null : "img");
        return accessibleName(text);
    }

    /** Twice as large as text. */
    public Icon large() {
        return classes("fs-2");
    }
}
