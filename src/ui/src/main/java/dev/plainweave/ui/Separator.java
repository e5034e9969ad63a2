package dev.plainweave.ui;

/** A thin line. */
public final class Separator extends Element<Separator> {
    Separator() {
        super("hr");
    }

    /** Stands between elements that are side by side, as high as the row that it is in. */
    public Separator vertical() {
        set(node, "aria-orientation", "vertical");
        return classes("pw-vertical");
    }
}
