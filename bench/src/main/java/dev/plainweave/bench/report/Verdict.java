package dev.plainweave.bench.report;

import dev.plainweave.bench.Variant;
import java.util.Locale;
import java.util.Optional;

/** What may be said of the first variant compared with another. */
public enum Verdict {
    BETTER,
    TIE,
    WORSE,
    /** One round alone, the floor, or a figure that is neither good nor bad. */
    NONE;

    /** Of the intervals' mean width: how far they must lie apart. */
    static final double APART = 0.5;

    /**
     * Better or worse only if the intervals of the two lie apart, by half their mean width at least, every round agrees,
     * and the medians differ by more than the metric's {@link Metric#material}. Of three rounds each, intervals of what does
     * not differ at all merely fail to overlap one time in ten; they lie that far apart one time in thirty.
     *
     * @param ratio subject divided by base, round by round
     */
    public static Verdict of(Metric metric, Summary subject, Summary base, Summary ratio) {
        if (metric.better() == Metric.Better.NEITHER || ratio.count() < 2) {
            return NONE;
        }
        double gap = Math.max(subject.min() - base.max(), base.min() - subject.max());
        double width = (subject.max() - subject.min() + base.max() - base.min()) / 2;
        boolean near = gap <= 0 || gap < APART * width;
        boolean disagree = ratio.min() <= 1 && ratio.max() >= 1;
        double factor = Math.max(ratio.median(), 1 / ratio.median());
        if (near || disagree || factor < 1 + metric.material()) {
            return TIE;
        }
        return ratio.max() < 1 == (metric.better() == Metric.Better.LOWER) ? BETTER : WORSE;
    }

    /**
     * Of one variant against another in a run; none if one of them was not measured, and none against the floor, which is
     * what a session's cost is measured by and nothing anybody could choose instead.
     */
    public static Verdict of(Results results, Metric metric, String subject, String base) {
        if (base.equals(Variant.FLOOR)) {
            return NONE;
        }
        Optional<Summary> own = results.summary(metric, subject);
        Optional<Summary> other = results.summary(metric, base);
        Optional<Summary> ratio = results.ratio(metric, subject, base);
        return own.isPresent() && other.isPresent() && ratio.isPresent()
                ? of(metric, own.get(), other.get(), ratio.get())
                : NONE;
    }

    public String text() {
        return this == NONE ? "" : name().toLowerCase(Locale.ROOT);
    }
}
