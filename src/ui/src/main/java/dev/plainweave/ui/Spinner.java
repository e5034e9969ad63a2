package dev.plainweave.ui;

/** Something that turns while one waits. */
public final class Spinner extends Element<Spinner> {
    Spinner() {
        super("div");
        node.put("class", "spinner-border text-primary");
        node.put("role", "status");
        node.put("aria-label", "Please wait");
    }

    /** What one waits for, for those who do not see it. */
    public Spinner label(String text) {
        return accessibleName(text);
    }

    /** Is as small as text. */
    public Spinner small() {
        return classes("spinner-border-sm");
    }
}
