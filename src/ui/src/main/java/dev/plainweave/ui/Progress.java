package dev.plainweave.ui;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A bar that fills as work goes on. Until it is told how far, it only shows that there is something going on. */
public final class Progress extends Element<Progress> {
    private final Node bar = new Node("progress");
    private @Nullable Node caption;
    private @Nullable Node percent;
    private double value;
    private double max = 1;

    Progress() {
        super("div");
        node.put("class", "pw-progress");
        node.insert(0, bar);
        bar.put("aria-label", "Progress");
    }

    @Override
    Node target() {
        return bar;
    }

    /** How much there is to do in all; 1 by default. */
    public Progress max(double all) {
        if (!(all > 0) || Double.isInfinite(all)) {
            throw new IllegalArgumentException("there must be more than nothing to do, was " + all);
        }
        change(() -> {
            max = all;
            set(bar, "max", text(all));
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
            set(bar, "value", null);
            showPercent();
        });
        return this;
    }

    /** Shows how much is done, now and from now on. */
    public Progress bind(Observable<? extends Number> done) {
        Bindings.show(this, done, now -> value(now.doubleValue()));
        return this;
    }

    /** What is going on, for those who do not see it; where there is a caption, instead of that. */
    public Progress label(String text) {
        return accessibleName(text);
    }

    /** What is going on, above the bar, for everybody. Empty for nothing. */
    public Progress caption(String text) {
        change(() -> {
            Node said = caption;
            if (said == null) {
                said = new Node("label");
                said.put("for", bar);
                caption = said;
                node.place(0, said);
            }
            set(said, Node.TEXT, Objects.requireNonNull(text, "text"));
            set(bar, "aria-label", text.isEmpty() ? "Progress" : null);
        });
        return this;
    }

    /** Shows in figures too how much is done, in whole percent, above the bar: 100 not before all is. */
    public Progress percent() {
        change(() -> {
            if (percent == null) {
                Node figure = new Node("span");
                figure.put("class", "pw-percent");
                figure.put("aria-hidden", "true"); // the bar itself says it
                percent = figure;
                node.place(node.children().indexOf(bar), figure);
            }
            showPercent();
        });
        return this;
    }

    private void show() {
        set(bar, "value", text(Math.clamp(value, 0, max)));
        showPercent();
    }

    private void showPercent() {
        if (percent != null) {
            boolean known = bar.get("value") != null;
            set(percent, Node.TEXT, known ? (long) Math.floor(100 * Math.clamp(value, 0, max) / max) + "%" : "");
        }
    }

    private static String text(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
}
