package dev.plainweave.ui;

/** Text: a line, a paragraph, or a heading. */
public final class Label extends TextElement<Label> {
    Label(String tag, String text) {
        super(tag, text);
    }

    /** The same as {@link #bindText}. */
    public Label bind(Observable<?> text) {
        return bindText(text);
    }

    /** Is less important than others. */
    public Label muted() {
        return classes("text-secondary");
    }

    /** Is shown as what a computer writes: all characters of the same width, spaces kept. */
    public Label code() {
        return classes("pw-code");
    }
}
