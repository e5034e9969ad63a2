package dev.plainweave.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.bench.Variant;
import dev.plainweave.bench.report.Metric.Better;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultsTest {
    private static final Metric CPU = new Metric("ws-echo", "cpu at 1000 connections", "us/echo", Better.LOWER);

    private final Results results = new Results();

    private void rounds(String variant, double... values) {
        for (int round = 0; round < values.length; round++) {
            results.add(CPU, variant, round, values[round]);
        }
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
        assertEquals(
                "better",
                ConsoleReport.verdict(CPU, results.ratio(CPU, "a", "b").orElseThrow()));
        assertEquals(
                "worse", ConsoleReport.verdict(CPU, results.ratio(CPU, "b", "a").orElseThrow()));
    }

    @Test
    void roundsThatDisagreeAreATie() {
        rounds("a", 9, 11, 9);
        rounds("b", 10, 10, 10);
        assertEquals(
                "tie", ConsoleReport.verdict(CPU, results.ratio(CPU, "a", "b").orElseThrow()));
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
        rounds(Variant.JAR_JAKARTA_SELECTOR, 16, 16, 16);
        rounds(Variant.FLOOR, 9, 9, 9);
        List<Targets.Verdict> verdicts = Targets.judge(results);
        assertEquals(2, verdicts.size());
        assertTrue(verdicts.get(0).reached(), "0.75 is at most 0.80");
        assertFalse(verdicts.get(1).reached(), "1.33 is more than 1.30");
    }

    @Test
    void theReportNamesWhatFailed() {
        rounds("a", 10);
        results.fail("ws-echo", "b", 0, "did not start: no such jar");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ConsoleReport(results, 2).print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        assertTrue(bytes.toString(StandardCharsets.UTF_8).contains("ws-echo, b: did not start: no such jar"));
    }

    @Test
    void jsonIsQuoted() {
        assertEquals(
                "{\"a\\\"b\":[1.5,\nnull,\n\"x\\u000ay\",\ntrue]}",
                Json.of(Map.of("a\"b", List.of(1.5, Double.NaN, "x\ny", true))));
    }
}
