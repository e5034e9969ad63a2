package dev.plainweave.ui;

/** A bar that fills as work goes on. Until it is told how far, it only shows that there is something going on. */
public final class Progress extends Element<Progress> {
    private double value;
    private double max = 1;

    Progress() {
        super("progress");
        node.put("class", "pw-progress");
        node.put("aria-label", "Progress");
    }

    /** How much there is to do in all; 1 by default. */
    public Progress max(double all) {
        if (!(all > 0) || Double.isInfinite(all)) {
            throw new IllegalArgumentException("there must be more than nothing to do, was " + all);
        }
        change(() -> {
            max = all;
            set(node, "max", text(all));
            show();
        });
        return this;
    }

    /** How much is done. */
    public Progress value(double done) {
        change(() -> {
            value = done;
            show();
        });
        return this;
    }

    /** One more is done. */
    public void advance() {
        change(() -> {
            value++;
            show();
        });
    }

    private void show() {
        set(node, "value", text(Math.clamp(value, 0, max)));
    }

    private static String text(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
}
