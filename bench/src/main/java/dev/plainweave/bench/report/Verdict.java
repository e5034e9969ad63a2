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

    /**
     * Better or worse only if the intervals of the two do not overlap, and the first wins in every round, by more than the
     * metric's {@link Metric#material}: rounds are paired since a machine drifts, and what hardly differs in one run differs
     * the other way in the next.
     *
     * @param ratio subject divided by base, round by round
     */
    public static Verdict of(Metric metric, Summary subject, Summary base, Summary ratio) {
        if (metric.better() == Metric.Better.NEITHER || ratio.count() < 2) {
            return NONE;
        }
        boolean lower = ratio.max() * metric.material() < 1 && subject.max() < base.min();
        boolean higher = ratio.min() > metric.material() && subject.min() > base.max();
        if (!lower && !higher) {
            return TIE;
        }
        return lower == (metric.better() == Metric.Better.LOWER) ? BETTER : WORSE;
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
