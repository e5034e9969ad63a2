package dev.plainweave.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.bench.Variant;
import dev.plainweave.bench.report.Metric.Better;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ResultsTest {
    private static final Metric CPU = new Metric("ws-echo", "cpu at 1000 connections", "us/echo", Better.LOWER);

    private final Results results = new Results();

    private void rounds(String variant, double... values) {
        for (int round = 0; round < values.length; round++) {
            results.add(CPU, variant, round, values[round]);
        }
    }

    private Verdict verdict() {
        return Verdict.of(results, CPU, "a", "b");
    }

    @Test
    void aMedianIsTheMiddleOne() {
        assertEquals(new Summary(2, 1, 9, 3), Summary.of(List.of(9.0, 1.0, 2.0)));
        assertEquals(2.5, Summary.of(List.of(1.0, 2.0, 3.0, 4.0)).median());
    }

    @Test
    void ratiosPairTheRoundsSoThatDriftCancels() {
        rounds("a", 10, 20, 40);
        rounds("b", 20, 40, 80);
        assertEquals(new Summary(0.5, 0.5, 0.5, 3), results.ratio(CPU, "a", "b").orElseThrow());
    }

    @Test
    void aClearDifferenceIsBetterOneWayAndWorseTheOther() {
        rounds("a", 10, 11, 12);
        rounds("b", 20, 21, 22);
        assertEquals(Verdict.BETTER, verdict());
        assertEquals(Verdict.WORSE, Verdict.of(results, CPU, "b", "a"));
    }

    @Test
    void overlappingIntervalsAreATieEvenIfEveryRoundAgrees() {
        rounds("a", 10, 20, 40);
        rounds("b", 20, 40, 80);
        assertEquals(Verdict.TIE, verdict());
    }

    @Test
    void roundsThatDisagreeAreATie() {
        rounds("a", 9, 11, 9);
        rounds("b", 10, 10, 10);
        assertEquals(Verdict.TIE, verdict());
    }

    @Test
    void everyRoundMustSayItByMoreThanChance() {
        assertEquals(List.of(Verdict.TIE, Verdict.BETTER), atRatios(of("us/echo"), 1.04, 1.06));
        assertEquals(List.of(Verdict.TIE, Verdict.BETTER), atRatios(of("/s"), 1 / 1.14, 1 / 1.16));
        assertEquals(List.of(Verdict.TIE, Verdict.BETTER), atRatios(of("B/session"), 1.09, 1.11));
        assertEquals(List.of(Verdict.TIE, Verdict.BETTER), atRatios(of("us"), 1.99, 2.01));
        Metric tail = new Metric("any", "p99", "us", Better.LOWER, Metric.TAIL);
        assertEquals(List.of(Verdict.TIE, Verdict.BETTER), atRatios(tail, 2.99, 3.01));
        rounds("a", 10, 10, 10);
        rounds("b", 20, 20, 10.4);
        assertEquals(Verdict.TIE, verdict());
    }

    private static Metric of(String unit) {
        return new Metric("any", "thing", unit, unit.equals("/s") ? Better.HIGHER : Better.LOWER);
    }

    private static List<Verdict> atRatios(Metric metric, double... ratios) {
        return DoubleStream.of(ratios)
                .mapToObj(ratio -> {
                    Results results = new Results();
                    for (int round = 0; round < 3; round++) {
                        results.add(metric, "a", round, 10);
                        results.add(metric, "b", round, 10 * ratio);
                    }
                    assertEquals(
                            Verdict.of(results, metric, "a", "b") == Verdict.TIE,
                            Verdict.of(results, metric, "b", "a") == Verdict.TIE);
                    return Verdict.of(results, metric, "a", "b");
                })
                .toList();
    }

    @Test
    void theFloorIsAMeasureAndNoRival() {
        rounds("a", 20, 20, 20);
        rounds(Variant.FLOOR, 10, 10, 10);
        assertEquals(Verdict.NONE, Verdict.of(results, CPU, "a", Variant.FLOOR));
    }

    @Test
    void oneRoundAloneGivesNoVerdict() {
        rounds("a", 10);
        rounds("b", 20);
        assertEquals(Verdict.NONE, verdict());
    }

    @Test
    void aRoundThatOneVariantMissedIsNotPaired() {
        rounds("a", 10, 10);
        results.add(CPU, "b", 1, 20);
        assertEquals(1, results.ratio(CPU, "a", "b").orElseThrow().count());
        assertTrue(results.ratio(CPU, "a", "absent").isEmpty());
    }

    @Test
    void targetsAreJudgedWhereTheyWereMeasured() {
        rounds(Variant.NATIVE_BLOCKING, 12, 12, 12);
        rounds(Variant.JAKARTA_SELECTOR, 17, 17, 17);
        rounds(Variant.FLOOR, 9, 9, 9);
        List<Run.Target> verdicts = Targets.judge(results);
        assertEquals(2, verdicts.size());
        assertTrue(verdicts.get(0).reached(), "0.71 is at most 0.75");
        assertFalse(verdicts.get(1).reached(), "1.33 is more than 1.20");
    }
}
