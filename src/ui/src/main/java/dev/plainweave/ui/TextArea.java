package dev.plainweave.ui;

/** Lines of text to type. */
public final class TextArea extends TextField<TextArea> {
    TextArea(String label) {
        super("textarea", label);
        input.put("rows", "4");
    }

    /** How many lines it shows. 4. */
    public TextArea rows(int lines) {
        set(input, "rows", Integer.toString(lines));
        return this;
    }
}
