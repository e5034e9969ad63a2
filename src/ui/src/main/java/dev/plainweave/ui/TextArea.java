package dev.plainweave.ui;

/** Lines of text to type. */
public final class TextArea extends TextField<TextArea> {
    private static final int MOST = 1_000;

    TextArea(String label) {
        super("textarea", label);
        input.put("rows", "4");
    }

    /** How many lines it shows, 1 to 1,000. 4. */
    public TextArea rows(int lines) {
        if (lines < 1 || lines > MOST) {
            throw new IllegalArgumentException("a text area has 1 to " + MOST + " rows, was " + lines);
        }
        set(input, "rows", Integer.toString(lines));
        return this;
    }

    /** Grows with what is typed, in browsers that can (CSS field-sizing); in others it can be pulled larger. */
    public TextArea autogrow() {
        return classes("pw-autogrow");
    }
}
