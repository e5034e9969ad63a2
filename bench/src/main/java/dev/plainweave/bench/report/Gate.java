package dev.plainweave.bench.report;

import dev.plainweave.bench.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What makes a run fail: an invariant that broke in one of the product's variants, or the CPU of blocking against that of
 * the selector, more than 25 % above the same ratio in the committed baseline, or by more than such a figure differs from run
 * to run where that is more ({@link Metric#COARSE}). Nothing else does: neither a noisy machine, nor a target that was
 * missed, nor a peer that failed.
 */
public final class Gate {
    /** How much of a regression is let pass: ratios of quiet runs differ by a tenth. */
    public static final double TOLERANCE = 1.25;

    private static final String SUBJECT = Variant.NATIVE_BLOCKING;
    private static final String BASE = Variant.NATIVE_SELECTOR;

    private Gate() {}

    /** The reasons to fail; empty if there are none. */
    public static List<String> red(Results results, Optional<Run> baseline) {
        List<String> red = new ArrayList<>();
        results.failures().stream()
                .filter(Results.Failure::red)
                .map(failure -> "%s, %s, round %d: %s"
                        .formatted(failure.scenario(), failure.variant(), failure.round() + 1, failure.reason()))
                .forEach(red::add);
        baseline.ifPresent(base -> results.metrics().stream()
                .filter(Metric::cpu)
                .forEach(metric -> regression(results, base, metric).ifPresent(red::add)));
        return red;
    }

    private static Optional<String> regression(Results results, Run baseline, Metric metric) {
        Optional<Double> then = ratio(baseline, metric);
        Optional<Double> now = results.ratio(metric, SUBJECT, BASE).map(Summary::median);
        if (then.isEmpty() || now.isEmpty()) {
            return Optional.empty();
        }
        double most = then.get() * Math.max(TOLERANCE, metric.material());
        return now.get() <= most
                ? Optional.empty()
                : Optional.of("%s, %s: %s/%s is %.2f, the baseline's is %.2f, and %.2f would have passed"
                        .formatted(metric.scenario(), metric.name(), SUBJECT, BASE, now.get(), then.get(), most));
    }

    private static Optional<Double> ratio(Run baseline, Metric metric) {
        return baseline.comparisons().stream()
                .filter(comparison -> comparison.scenario().equals(metric.scenario())
                        && comparison.metric().equals(metric.name())
                        && comparison.subject().equals(SUBJECT)
                        && comparison.base().equals(BASE))
                .map(Run.Comparison::median)
                .findFirst();
    }
}
