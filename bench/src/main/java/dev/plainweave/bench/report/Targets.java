package dev.plainweave.bench.report;

import dev.plainweave.bench.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the native session on the blocking connector must reach, as ratios of one run, and whether this run reached it. */
public final class Targets {

    /** A bound on a metric: of the native session on blocking alone if {@code base} is empty, else divided by the base's. */
    private record Target(String metric, Optional<String> base, boolean atMost, double bound) {}

    /** One judged target; those this run did not measure are left out. */
    public record Verdict(String metric, String base, double bound, boolean atMost, Summary value, boolean reached) {
        public String text() {
            return "%-13s %s%s: %.2f [%.2f .. %.2f], must be at %s %.2f"
                    .formatted(
                            reached ? "reached" : "NOT REACHED",
                            metric,
                            base.isEmpty() ? "" : ", " + Variant.NATIVE_BLOCKING + "/" + base,
                            value.median(),
                            value.min(),
                            value.max(),
                            atMost ? "most" : "least",
                            bound);
        }
    }

    private static final List<Target> ALL = List.of(
            atMost("idle-memory/live heap", 4000),
            atMost("idle-memory/resident", Variant.JAR_JAKARTA_SELECTOR, 0.5),
            atMost("ws-echo/cpu at 1000 connections", Variant.JAR_JAKARTA_SELECTOR, 0.80),
            atMost("ws-echo/cpu at 1000 connections", Variant.FLOOR, 1.30),
            atMost("ws-echo/cpu at 1000 connections", Variant.HELIDON, 1.15),
            atMost("ws-echo/cpu at 5000/s", Variant.HELIDON, 1.00),
            atLeast("http-keepalive/requests", Variant.NATIVE_SELECTOR, 1.15),
            atLeast("upgrades/upgrades", Variant.NATIVE_SELECTOR, 1.00),
            atMost("reset-storm/p99 storm/control", 1.2));

    private Targets() {}

    /** Judges by the median over the rounds. */
    public static List<Verdict> judge(Results results) {
        List<Verdict> verdicts = new ArrayList<>();
        for (Target target : ALL) {
            results.metric(target.metric())
                    .flatMap(metric -> target.base()
                            .map(base -> results.ratio(metric, Variant.NATIVE_BLOCKING, base))
                            .orElseGet(() -> results.summary(metric, Variant.NATIVE_BLOCKING)))
                    .ifPresent(value -> verdicts.add(new Verdict(
                            target.metric(),
                            target.base().orElse(""),
                            target.bound(),
                            target.atMost(),
                            value,
                            target.atMost() ? value.median() <= target.bound() : value.median() >= target.bound())));
        }
        return verdicts;
    }

    private static Target atMost(String metric, double bound) {
        return new Target(metric, Optional.empty(), true, bound);
    }

    private static Target atMost(String metric, String base, double bound) {
        return new Target(metric, Optional.of(base), true, bound);
    }

    private static Target atLeast(String metric, String base, double bound) {
        return new Target(metric, Optional.of(base), false, bound);
    }
}
