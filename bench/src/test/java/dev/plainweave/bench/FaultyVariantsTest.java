package dev.plainweave.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.bench.FaultyServer.Fault;
import dev.plainweave.bench.report.Environment;
import dev.plainweave.bench.report.Gate;
import dev.plainweave.bench.report.Results;
import dev.plainweave.bench.report.Run;
import dev.plainweave.bench.report.Runs;
import dev.plainweave.bench.report.StormTally;
import dev.plainweave.bench.scenario.Flags;
import dev.plainweave.bench.scenario.ResetStorm;
import dev.plainweave.bench.scenario.Scenario;
import dev.plainweave.bench.scenario.WsEcho;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A variant that is slow, wrong or leaking makes a run fail, with a reason that says so: real processes, a smoke run. */
@EnabledOnOs(OS.LINUX)
class FaultyVariantsTest {
    private static final Scenario ECHO = new WsEcho();
    private static final Scenario STORM = new ResetStorm();

    @TempDir
    private Path directory;

    private static Variant variant(String name, Fault fault) {
        List<String> target =
                List.of("-cp", Variant.all().getFirst().target().get(1), FaultyServer.class.getName(), fault.name());
        return new Variant(
                name,
                "a fault",
                target,
                Map.of(Route.ECHO, "/echo", Route.HELLO, "/hello", Route.METRICS, "/metrics"),
                true,
                Optional.empty());
    }

    private Results run(Scenario scenario, Variant... variants) {
        Options options = Options.parse("--size", "smoke", "--out", directory.toString());
        List<Plan.Step> steps = Arrays.stream(variants)
                .map(each -> new Plan.Step(List.of(scenario), each, 0))
                .toList();
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        return new Runner(options, nowhere).run(new Plan(steps, options.size()));
    }

    private static Run asRun(Results results) {
        Environment environment = new Environment(Map.of(), 2, false);
        Runs.Frame frame = new Runs.Frame(environment, Flags.ALL, Size.SMOKE, Duration.ZERO, List.of(), List.of());
        return Runs.of(frame, results, Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({"WRONG, byte \\d+ is 59 instead of 58", "TWICE, byte \\d+ is|nobody asked for", "LOST, answers lost"})
    void aWrongADoubledAndALostAnswerAreRed(Fault fault, String reason) {
        List<String> red = Gate.red(run(ECHO, variant(Variant.NATIVE_BLOCKING, fault)), Optional.empty());
        assertEquals(1, red.size(), red.toString());
        assertTrue(Pattern.compile(reason).matcher(red.getFirst()).find(), red.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "LEAKING_DESCRIPTORS, 'descriptors leaked'",
        "LEAKING_THREADS, 'platform threads leaked'",
        "LOGGING, ' log lines and 0 stack traces'",
        "LOGGING_A_TRACE, ' stack traces in the storm'",
        "MISSING_END, 'ends missing'"
    })
    void aStormThatLeavesSomethingIsRed(Fault fault, String reason) {
        List<String> red = Gate.red(run(STORM, variant(Variant.NATIVE_BLOCKING, fault)), Optional.empty());
        assertTrue(red.stream().anyMatch(line -> line.contains(reason)), red.toString());
    }

    @Test
    void aStormThatLeavesNothingIsNot() {
        Results results = run(STORM, variant(Variant.NATIVE_BLOCKING, Fault.NONE));
        assertEquals(List.of(), Gate.red(results, Optional.empty()));
        StormTally storm = results.storms().getFirst();
        assertTrue(storm.resets() > 0);
        assertEquals(Map.of("reset", storm.resets()), storm.ends());
        assertTrue(results.timelines().getFirst().points().size() > 10);
    }

    /** The same server twice is the baseline; then one of the two computes 0.3 ms for every message. */
    @Test
    void aSlowedVariantIsRedAgainstTheBaseline() {
        Variant fast = variant(Variant.NATIVE_SELECTOR, Fault.NONE);
        Run baseline = asRun(run(ECHO, variant(Variant.NATIVE_BLOCKING, Fault.NONE), fast));
        Results slowed = run(ECHO, variant(Variant.NATIVE_BLOCKING, Fault.SLOW), fast);
        List<String> red = Gate.red(slowed, Optional.of(baseline));
        assertTrue(
                red.stream().anyMatch(line -> line.startsWith("ws-echo, cpu at 64 connections: native-blocking/")),
                red.toString());
    }
}
