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

    /** How much is done; less than nothing is nothing, more than all is all. */
    public Progress value(double done) {
        if (Double.isNaN(done)) {
            throw new IllegalArgumentException("how much is done must be a number");
        }
        change(() -> {
            value = done;
            show();
        });
        return this;
    }

    /** How much is done. */
    public double value() {
        return read(() -> value);
    }

    /** One more is done. */
    public void advance() {
        change(() -> {
            value++;
            show();
        });
    }

    /** Nobody knows how much is done. */
    public Progress indeterminate() {
        change(() -> {
            value = 0;
            set(node, "value", null);
        });
        return this;
    }

    /** Shows how much is done, now and from now on. */
    public Progress bind(Observable<? extends Number> done) {
        Bindings.show(this, done, now -> value(now.doubleValue()));
        return this;
    }

    /** What is going on, for those who do not see it. */
    public Progress label(String text) {
        return accessibleName(text);
    }

    private void show() {
        set(node, "value", text(Math.clamp(value, 0, max)));
    }

    private static String text(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
}
