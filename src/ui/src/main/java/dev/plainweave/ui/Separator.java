package dev.plainweave.ui;

/** A thin line. */
public final class Separator extends Element<Separator> {
    Separator() {
        super("hr");
    }
}
