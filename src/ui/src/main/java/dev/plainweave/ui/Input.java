package dev.plainweave.ui;

/** A line of text to type. */
public final class Input extends TextField<Input> {
    Input(String label) {
        super("input", label);
        input.put("type", "text");
    }

    /** What Enter does. */
    public Input onEnter(Action action) {
        subscribe(input, "enter", EventPolicy.QUEUE, event -> action.run());
        return this;
    }

    /** What kind of text it is, for keyboards of phones and for what browsers fill in: {@code email}, {@code tel}, {@code url}. */
    public Input type(String type) {
        set(input, "type", type);
        return this;
    }

    /** Hides what is typed. */
    public Input password() {
        return type("password");
    }
}
