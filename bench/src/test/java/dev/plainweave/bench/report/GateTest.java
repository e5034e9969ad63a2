package dev.plainweave.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.bench.Size;
import dev.plainweave.bench.Variant;
import dev.plainweave.bench.report.Metric.Better;
import dev.plainweave.bench.scenario.Flags;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GateTest {
    private static final Metric CPU = new Metric("ws-echo", "cpu at 64 connections", "us/echo", Better.LOWER);
    private static final Metric P99 = new Metric("ws-echo", "p99 at 5000/s", "us", Better.LOWER);

    private static Results results(Metric metric, double blocking, double selector) {
        Results results = new Results();
        results.add(metric, Variant.NATIVE_BLOCKING, 0, blocking);
        results.add(metric, Variant.NATIVE_SELECTOR, 0, selector);
        return results;
    }

    private static Optional<Run> baseline(Results results) {
        Environment environment = new Environment(Map.of(), 2, false);
        Runs.Frame frame = new Runs.Frame(environment, Flags.ALL, Size.QUICK, Duration.ZERO, List.of(), List.of());
        return Optional.of(Runs.of(frame, results, Optional.empty()));
    }

    private static Variant variant(String name) {
        return Variant.all().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aRatioOfUpToAQuarterMoreThanTheBaselinesPasses() {
        assertEquals(List.of(), Gate.red(results(CPU, 12.4, 10), baseline(results(CPU, 10, 10))));
        assertEquals(
                1,
                Gate.red(results(CPU, 12.6, 10), baseline(results(CPU, 10, 10))).size());
    }

    @Test
    void whatDoublesFromRunToRunMayDoSo() {
        Metric idle = new Metric("ws-echo", "cpu at 5000/s", "us/echo", Better.LOWER, Metric.COARSE);
        assertEquals(List.of(), Gate.red(results(idle, 19.9, 10), baseline(results(idle, 10, 10))));
        assertEquals(
                1,
                Gate.red(results(idle, 20.1, 10), baseline(results(idle, 10, 10)))
                        .size());
    }

    @Test
    void aMachineThatIsSlowerAltogetherPasses() {
        assertEquals(List.of(), Gate.red(results(CPU, 40, 50), baseline(results(CPU, 10, 12))));
    }

    @Test
    void latencyThroughputAndMissedTargetsAreNeverRed() {
        assertEquals(List.of(), Gate.red(results(P99, 900, 10), baseline(results(P99, 10, 10))));
    }

    @Test
    void withoutABaselineOnlyInvariantsCount() {
        Results results = results(CPU, 900, 10);
        assertEquals(List.of(), Gate.red(results, Optional.empty()));
        results.fail("ws-echo", variant(Variant.NATIVE_SELECTOR), 1, "3 answers lost");
        assertEquals(List.of("ws-echo, native-selector, round 2: 3 answers lost"), Gate.red(results, Optional.empty()));
    }

    @Test
    void aPeerThatFailsIsToldOfButNotRed() {
        Results results = results(CPU, 10, 10);
        results.fail("ws-echo", variant(Variant.HELIDON), 0, "3 answers lost");
        assertEquals(List.of(), Gate.red(results, Optional.empty()));
        assertTrue(HtmlReport.of(baseline(results).orElseThrow()).contains("No invariant broke"));
    }
}
