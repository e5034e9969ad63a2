package dev.plainweave.bench.report;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.bench.Size;
import dev.plainweave.bench.Variant;
import dev.plainweave.bench.report.Metric.Better;
import dev.plainweave.bench.scenario.Flags;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class HtmlReportTest {
    private static final Pattern FROM_ELSEWHERE = Pattern.compile("(src|href)=(?!\"data:)|url\\(|@import|<script");
    private static final Metric CPU = new Metric("reset-storm", "cpu of a life", "us/life", Better.LOWER);

    private final Results results = new Results();

    private String page() {
        return page(2);
    }

    private String page(int rounds) {
        for (int round = 0; round < rounds; round++) {
            results.add(CPU, Variant.NATIVE_BLOCKING, round, 40);
            results.add(CPU, Variant.NATIVE_SELECTOR, round, 20);
        }
        Histogram latencies = new Histogram(3);
        for (int i = 1; i <= 1_000; i++) {
            latencies.recordValue(i * 1_000L);
        }
        results.latencies("reset-storm", "neighbours", Variant.NATIVE_BLOCKING, latencies);
        Timeline timeline = new Timeline(Variant.NATIVE_BLOCKING, 0);
        timeline.add(false, latencies, 50);
        timeline.add(true, latencies, 60);
        results.timeline(timeline);
        results.storm(new StormTally(
                Variant.NATIVE_BLOCKING, 0, 400, Map.of("reset", 400L), 3, 0, 0, new StormTally.Leaks(0, 1)));
        Environment environment = new Environment(Map.of("cpu", "a <fast> one"), 2, true);
        List<Run.Described> scenarios = List.of(new Run.Described("reset-storm", "resets & closes"));
        List<Run.Described> variants = List.of(
                new Run.Described(Variant.NATIVE_BLOCKING, "one"), new Run.Described(Variant.NATIVE_SELECTOR, "two"));
        Runs.Frame frame =
                new Runs.Frame(environment, Flags.ALL, Size.QUICK, Duration.ofSeconds(431), scenarios, variants);
        return HtmlReport.of(Runs.of(frame, results, Optional.empty()));
    }

    @Test
    void itIsOneFileThatFetchesNothing() {
        String page = page();
        assertFalse(FROM_ELSEWHERE.matcher(page).find(), page);
    }

    @Test
    void oneRoundAloneIsNotCounted() {
        assertFalse(page(1).contains(" in 0"), "neither worse nor better nor a tie");
    }

    @Test
    void aLossIsToldAtTheTopAndAtItsFigure() {
        String page = page();
        assertTrue(
                page.contains("<tr><td>reset-storm: cpu of a life &darr;</td><td>2.00 <span class=worse>worse"), page);
        assertTrue(page.contains("Against native-selector: <span class=worse>worse</span> in 1, "), page);
        assertTrue(page.contains("&times;2.00 <span class=worse>worse</span>"), page);
    }

    @Test
    void methodMachineNoiseAndChartsAreThere() {
        String page = page();
        for (String part : List.of("One difference.", "a &lt;fast&gt; one", "Do not quote", "polyline", "reset 400")) {
            assertTrue(page.contains(part), part);
        }
    }

    @Test
    void whatBrokeIsAtTheTop() {
        Variant blocking = Variant.all().getFirst();
        results.fail("reset-storm", blocking, 2, "12 ends missing");
        String page = page();
        assertFalse(page.contains("No invariant broke"), page);
        assertTrue(page.contains("reset-storm, native-blocking, round 3: 12 ends missing"), page);
    }
}
