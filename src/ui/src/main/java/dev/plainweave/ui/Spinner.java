package dev.plainweave.ui;

/** Something that turns while one waits. */
public final class Spinner extends Element<Spinner> {
    Spinner() {
        super("div");
        node.put("class", "spinner-border text-primary");
        node.put("role", "status");
        node.put("aria-label", "Please wait");
    }
}
