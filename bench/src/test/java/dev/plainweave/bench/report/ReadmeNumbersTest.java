package dev.plainweave.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.bench.Size;
import dev.plainweave.bench.Variant;
import dev.plainweave.bench.report.Metric.Better;
import dev.plainweave.bench.scenario.Flags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeNumbersTest {
    private static final Path README = Path.of("..", "README.md");
    private static final Metric CPU = new Metric("ws-echo", "cpu at 64 connections", "us/echo", Better.LOWER);
    private static final String FRAME =
            "before\n" + ReadmeNumbers.BEGIN + "\nold 99.9\n" + ReadmeNumbers.END + "\nafter\n";

    @TempDir
    private Path directory;

    private static Run run(Size size) {
        return run(size, Flags.ALL);
    }

    private static Run run(Size size, List<String> flags) {
        Results results = new Results();
        for (int round = 0; round < 3; round++) {
            results.add(CPU, Variant.NATIVE_BLOCKING, round, 12.34 + round);
            results.add(CPU, Variant.NATIVE_SELECTOR, round, 24.68 + round);
        }
        Environment environment = new Environment(Map.of("jetty", "12.1.14"), 2, false);
        Runs.Frame frame = new Runs.Frame(environment, flags, size, Duration.ofSeconds(400), List.of(), List.of());
        return Runs.of(frame, results, Optional.empty());
    }

    /** Whoever edits a number by hand, or commits a baseline without the README, is told here. */
    @Test
    void theReadmeSaysWhatTheBaselineSays() throws IOException {
        String readme = Files.readString(README);
        assertEquals(
                ReadmeNumbers.replace(readme, Baseline.read()),
                readme,
                "make it anew: mvn -pl bench verify -Dbench.baseline=true, or run dev.plainweave.bench.report.Baseline"
                        + " in bench/");
    }

    @Test
    void onlyWhatIsBetweenTheMarkersChanges() {
        String made = ReadmeNumbers.replace(FRAME, Optional.of(run(Size.QUICK)));
        assertTrue(made.startsWith("before\n" + ReadmeNumbers.BEGIN), made);
        assertTrue(made.endsWith(ReadmeNumbers.END + "\nafter\n"), made);
        assertFalse(made.contains("99.9"), made);
        assertEquals(made, ReadmeNumbers.replace(made, Optional.of(run(Size.QUICK))));
    }

    @Test
    void everyRowGivesTheMediansTheRatioAndItsVerdict() {
        String made = ReadmeNumbers.replace(FRAME, Optional.of(run(Size.QUICK)));
        assertTrue(
                made.contains(
                        "| ws-echo: cpu at 64 connections (us/echo) | 13.3 | 25.7 |  |  | 0.52 [0.50 .. 0.54] better"
                                + " |"),
                made);
        assertTrue(made.contains("Where it wins: ws-echo cpu at 64 connections."), made);
    }

    @Test
    void aTargetThatWasMissedIsNamed() {
        Results results = new Results();
        Metric heap = new Metric("idle-memory", "live heap", "B/session", Better.LOWER);
        results.add(heap, Variant.NATIVE_BLOCKING, 0, 3_403);
        Environment environment = new Environment(Map.of(), 2, true);
        Runs.Frame frame =
                new Runs.Frame(environment, Flags.ALL, Size.QUICK, Duration.ofSeconds(400), List.of(), List.of());
        String made = ReadmeNumbers.replace(FRAME, Optional.of(Runs.of(frame, results, Optional.empty())));
        assertTrue(made.contains("these are not reached: idle-memory: live heap (3,403, wanted at most 3,000)."), made);
        assertTrue(made.contains("**The machine was not quiet:**"), made);
    }

    @Test
    void aReadmeWithoutTheMarkersIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> ReadmeNumbers.replace("# Readme", Optional.empty()));
    }

    @Test
    void aBaselineIsReadBackAsItWasWritten() throws IOException {
        Path file = directory.resolve("baseline.json");
        Path readme = Files.writeString(directory.resolve("README.md"), FRAME);
        Baseline.write(run(Size.QUICK), file, readme);
        assertEquals(run(Size.QUICK), Runs.read(file));
        assertEquals(ReadmeNumbers.replace(FRAME, Optional.of(Runs.read(file))), Files.readString(readme));
    }

    @Test
    void aSmokeRunIsNoBaseline() throws IOException {
        isNoBaseline(run(Size.SMOKE));
    }

    @Test
    void aRunWithOtherFlagsIsNoBaseline() throws IOException {
        isNoBaseline(run(Size.QUICK, List.of("-Djdk.pollerMode=1")));
    }

    private void isNoBaseline(Run run) throws IOException {
        Path readme = Files.writeString(directory.resolve("README.md"), FRAME);
        assertThrows(IllegalArgumentException.class, () -> Baseline.write(run, directory.resolve("b.json"), readme));
        assertEquals(FRAME, Files.readString(readme));
    }
}
