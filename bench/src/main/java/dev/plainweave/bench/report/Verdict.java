package dev.plainweave.bench.report;

import dev.plainweave.bench.Variant;
import java.util.Locale;

/** What may be said of the first variant compared with another. */
public enum Verdict {
    BETTER,
    TIE,
    WORSE,
    /** One round alone, the floor, or a figure that is neither good nor bad. */
    NONE;

    /**
     * Better or worse only if the first wins in every round, by more than the metric's {@link Metric#material}: what hardly
     * differs in one run differs the other way in the next. It is the interval of the ratio that must leave out a tie, for
     * rounds are paired: a machine drifts by a third within the hour, and what two variants drift together is no overlap.
     *
     * @param ratio subject divided by base, round by round
     */
    public static Verdict of(Metric metric, Summary ratio) {
        if (metric.better() == Metric.Better.NEITHER || ratio.count() < 2) {
            return NONE;
        }
        boolean lower = ratio.max() * metric.material() < 1;
        boolean higher = ratio.min() > metric.material();
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
        return results.ratio(metric, subject, base)
                .map(ratio -> of(metric, ratio))
                .orElse(NONE);
    }

    public String text() {
        return this == NONE ? "" : name().toLowerCase(Locale.ROOT);
    }
}
