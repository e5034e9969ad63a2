package dev.plainweave.bench.report;

import dev.plainweave.bench.scenario.Flags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The committed run that later ones are compared with, and that the README quotes. */
public final class Baseline {
    /** Seen from this module's directory. */
    public static final Path FILE = Path.of("baseline.json");

    private static final Path README = Path.of("..", "README.md");

    private Baseline() {}

    /** Reads it, where there is one. */
    public static Optional<Run> read() throws IOException {
        return Files.isRegularFile(FILE) ? Optional.of(Runs.read(FILE)) : Optional.empty();
    }

    /**
     * Makes that run the baseline, and the README's numbers from it.
     *
     * @throws IllegalArgumentException for a run that failed, that is too short to be quoted, or whose servers had
     *     flags of their own
     */
    public static void write(Run run) throws IOException {
        write(run, FILE, README);
    }

    static void write(Run run, Path file, Path readme) throws IOException {
        if (run.failures().stream().anyMatch(Results.Failure::red) || run.size().equals("smoke")) {
            throw new IllegalArgumentException(
                    "not made the baseline: a run in which an invariant broke, or a smoke run, must not be quoted");
        }
        if (!run.flags().equals(Flags.ALL)) {
            throw new IllegalArgumentException(
                    "not made the baseline: its servers had other flags than those of a run without options");
        }
        String numbers = ReadmeNumbers.replace(Files.readString(readme), Optional.of(run));
        Runs.write(withoutDetail(run), file);
        Files.writeString(readme, numbers);
    }

    /** Without what only the report needs. */
    private static Run withoutDetail(Run run) {
        return new Run(
                run.environment(),
                run.flags(),
                run.size(),
                run.rounds(),
                run.seconds(),
                run.scenarios(),
                run.variants(),
                run.figures(),
                run.comparisons(),
                run.targets(),
                run.latencies(),
                run.storms(),
                List.of(),
                List.of(),
                run.remarks(),
                run.failures(),
                run.red());
    }

    /** Makes a baseline of a results.json, and the README's numbers from it; without one, of the baseline there is. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 1) {
            write(Runs.read(Path.of(arguments[0])));
        } else {
            Files.writeString(README, ReadmeNumbers.replace(Files.readString(README), read()));
        }
    }
}
