package dev.plainweave.bench.report;

import dev.plainweave.bench.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the native session on the blocking connector must reach, as ratios of one run, and whether this run reached it. */
public final class Targets {

    /** A bound on a metric: of the native session on blocking alone if {@code base} is empty, else divided by the base's. */
    private record Target(String metric, Optional<String> base, boolean atMost, double bound) {}

    private static final List<Target> ALL = List.of(
            atMost("ws-echo/cpu at 1000 connections", Variant.JAKARTA_SELECTOR, 0.75),
            atMost("ws-echo/cpu at 1000 connections", Variant.FLOOR, 1.20),
            atMost("ws-echo/p99 at 80 % load", Variant.NATIVE_SELECTOR, 1.00),
            atMost("ws-echo/p50 of one lone connection", Variant.NATIVE_SELECTOR, 1.00),
            atMost("idle-memory/live heap", 3_000),
            atLeast("blocking-handler/of the theoretical", 0.95),
            atMost("reset-storm/p99 storm/control", 1.2),
            atLeast("ui-roundtrip/round trips of one page", 5_000),
            atLeast("ui-roundtrip/round trips of 100 pages", 30_000),
            atLeast("ui-roundtrip/one page with sleepers, of without", 0.8),
            atLeast("ui-roundtrip/100 pages with sleepers, of without", 0.8),
            atMost("ui-idle/live heap, 2 elements", 12 * 1_024),
            atMost("ui-idle/live heap, 50 elements", 40 * 1_024));

    private Targets() {}

    /** Judges by the median over the rounds; what this run did not measure is left out. */
    public static List<Run.Target> judge(Results results) {
        List<Run.Target> verdicts = new ArrayList<>();
        for (Target target : ALL) {
            results.metric(target.metric())
                    .flatMap(metric -> target.base()
                            .map(base -> results.ratio(metric, Variant.NATIVE_BLOCKING, base))
                            .orElseGet(() -> results.summary(metric, Variant.NATIVE_BLOCKING)))
                    .ifPresent(value -> verdicts.add(judge(target, value.median())));
        }
        return verdicts;
    }

    private static Run.Target judge(Target target, double value) {
        String of = target.base()
                .map(base -> ", " + Variant.NATIVE_BLOCKING + "/" + base)
                .orElse("");
        return new Run.Target(
                target.metric().replaceFirst("/", ": ") + of,
                value,
                target.bound(),
                target.atMost(),
                target.atMost() ? value <= target.bound() : value >= target.bound());
    }

    private static Target atMost(String metric, double bound) {
        return new Target(metric, Optional.empty(), true, bound);
    }

    private static Target atMost(String metric, String base, double bound) {
        return new Target(metric, Optional.of(base), true, bound);
    }

    private static Target atLeast(String metric, double bound) {
        return new Target(metric, Optional.empty(), false, bound);
    }
}
