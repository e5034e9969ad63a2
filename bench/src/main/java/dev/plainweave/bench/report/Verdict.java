package dev.plainweave.bench.report;

import java.util.Locale;
import java.util.Optional;

/** What may be said of the first variant compared with another. */
public enum Verdict {
    BETTER,
    TIE,
    WORSE,
    /** One round alone, or a figure that is neither good nor bad. */
    NONE;

    /** Less than this is nothing to choose by, however small the intervals. */
    static final double MATERIAL = 0.03;

    /**
     * Better or worse only if the intervals of the two do not overlap, every round agrees, and the medians are at least 3 %
     * apart.
     *
     * @param ratio subject divided by base, round by round
     */
    public static Verdict of(Metric metric, Summary subject, Summary base, Summary ratio) {
        if (metric.better() == Metric.Better.NEITHER || ratio.count() < 2) {
            return NONE;
        }
        boolean overlap = subject.min() <= base.max() && base.min() <= subject.max();
        boolean disagree = ratio.min() <= 1 && ratio.max() >= 1;
        if (overlap || disagree || Math.abs(ratio.median() - 1) < MATERIAL) {
            return TIE;
        }
        return ratio.max() < 1 == (metric.better() == Metric.Better.LOWER) ? BETTER : WORSE;
    }

    /** Of one variant against another in a run; none if one of them was not measured. */
    public static Verdict of(Results results, Metric metric, String subject, String base) {
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
