package dev.plainweave.bench;

import dev.plainweave.bench.report.ConsoleReport;
import dev.plainweave.bench.report.Environment;
import dev.plainweave.bench.report.Results;
import dev.plainweave.bench.report.ResultsJson;
import dev.plainweave.bench.scenario.Flags;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs the comparison: {@code java -cp ... dev.plainweave.bench.Harness --help}. */
public final class Harness {

    private Harness() {}

    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        if (arguments.length == 1 && arguments[0].equals("--help")) {
            out.println(Options.USAGE);
            return;
        }
        Options options;
        Plan plan;
        try {
            options = Options.parse(arguments);
            plan = Plan.of(options);
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.err.println(Options.USAGE);
            System.exit(2);
            return;
        }
        Environment environment = Environment.read();
        out.println(environment.text());
        out.println("flags        " + String.join(" ", Flags.THROUGHPUT) + "; for idle-memory "
                + String.join(" ", Flags.MEMORY));
        out.printf(
                "size         %s, %d rounds, every visit a fresh server process%n%n",
                options.size().name(), options.size().rounds());

        Results results = new Runner(options, out).run(plan);

        out.println();
        new ConsoleReport(results, environment.cores()).print(out);
        Path json = options.out().resolve("results.json");
        Files.createDirectories(options.out().toAbsolutePath());
        Files.writeString(json, ResultsJson.of(environment, options.size(), results));
        out.println("written to " + json.toAbsolutePath().normalize());
        System.exit(results.failures().isEmpty() ? 0 : 1);
    }
}
