package dev.plainweave.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.bench.report.Results;
import dev.plainweave.bench.scenario.Scenario;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every scenario runs, and every variant: a visit as short as can be. */
@EnabledOnOs(OS.LINUX)
class SmokeTest {
    @TempDir
    private Path directory;

    static List<String> scenarios() {
        return Scenarios.all().stream().map(Scenario::name).toList();
    }

    private Results run(String scenario, String variant) {
        Options options = Options.parse(
                "--size", "smoke", "--only", scenario, "--variants", variant, "--out", directory.toString());
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Results results =
                new Runner(options, new PrintStream(said, true, StandardCharsets.UTF_8)).run(Plan.of(options));
        assertTrue(said.toString(StandardCharsets.UTF_8).contains("[1/1, "), "there is progress to be seen");
        return results;
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void everyScenarioRuns(String scenario) {
        Results results = run(scenario, Variant.NATIVE_BLOCKING);
        assertEquals(List.of(), results.failures());
        assertFalse(results.metrics().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                Variant.NATIVE_SELECTOR,
                Variant.JAKARTA_BLOCKING,
                Variant.JAKARTA_SELECTOR,
                Variant.FLOOR,
                Variant.STOCK_JETTY,
                Variant.HELIDON,
                Variant.TOMCAT
            })
    void everyVariantRuns(String variant) {
        Results results = run("http-keepalive", variant);
        assertEquals(List.of(), results.failures());
        assertTrue(results.notes().stream().anyMatch(note -> note.startsWith("protocol check: " + variant)));
    }
}
