package dev.plainweave.ui;

/** Text: a line, a paragraph, or a heading. It is shown as it is, never read as HTML. */
public final class Label extends Element<Label> {
    Label(String tag, String text) {
        super(tag);
        node.put(Node.TEXT, text);
    }

    /** Shows another text. */
    public Label text(String text) {
        set(node, Node.TEXT, text);
        return this;
    }

    /** Shows what the property has, now and from now on. */
    public Label bind(Property<?> property) {
        Bindings.show(this, property, value -> text(String.valueOf(value)));
        return this;
    }
}
