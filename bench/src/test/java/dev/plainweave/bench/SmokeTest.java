package dev.plainweave.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.bench.report.Metric;
import dev.plainweave.bench.report.Results;
import dev.plainweave.bench.scenario.Scenario;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Every scenario runs, and every variant: visits as short as can be. */
@EnabledOnOs(OS.LINUX)
class SmokeTest {
    @TempDir
    private Path directory;

    private Results run(String... more) {
        List<String> arguments = new ArrayList<>(List.of("--size", "smoke", "--out", directory.toString()));
        arguments.addAll(List.of(more));
        Options options = Options.parse(arguments.toArray(String[]::new));
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Results results =
                new Runner(options, new PrintStream(said, true, StandardCharsets.UTF_8)).run(Plan.of(options));
        assertTrue(said.toString(StandardCharsets.UTF_8).startsWith("[1/"), "there is progress to be seen");
        return results;
    }

    private static Set<String> all() {
        return Scenarios.all().stream().map(Scenario::name).collect(Collectors.toSet());
    }

    @Test
    void everyScenarioRuns() {
        Results results = run("--variants", Variant.NATIVE_BLOCKING, "--only", String.join(",", all()));
        assertEquals(List.of(), results.failures());
        assertEquals(all(), results.metrics().stream().map(Metric::scenario).collect(Collectors.toSet()));
    }

    @Test
    void everyVariantRuns() {
        Set<String> variants = Variant.all().stream().map(Variant::name).collect(Collectors.toSet());
        Results results = run("--variants", String.join(",", variants), "--only", "ws-churn");
        assertEquals(List.of(), results.failures());
        assertEquals(variants, results.variants(results.metric("ws-churn/cpu").orElseThrow()));
        for (String variant : variants) {
            assertTrue(
                    results.notes().stream().anyMatch(note -> note.startsWith("protocol check: " + variant)), variant);
        }
    }
}
