package dev.plainweave.bench;

import dev.plainweave.bench.report.Baseline;
import dev.plainweave.bench.report.ConsoleReport;
import dev.plainweave.bench.report.Environment;
import dev.plainweave.bench.report.HtmlReport;
import dev.plainweave.bench.report.Results;
import dev.plainweave.bench.report.Run;
import dev.plainweave.bench.report.Runs;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Runs the comparison: {@code java -cp ... dev.plainweave.bench.Harness --help}. */
public final class Harness {
    private Harness() {}

    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        if (arguments.length == 1 && arguments[0].equals("--help")) {
            out.println(Options.USAGE + "\nscenarios: " + Scenarios.names());
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
        if (options.off()) {
            out.println("benchmark: off");
            return;
        }
        if (!Files.isReadable(Path.of("/proc/self/stat"))) {
            out.println("benchmark: not run; it reads Linux' /proc, which is not here");
            return;
        }
        System.exit(run(options, plan, out) ? 0 : 1);
    }

    /** True unless an invariant broke, or CPU rose against the baseline. */
    private static boolean run(Options options, Plan plan, PrintStream out) throws IOException {
        Environment environment = Environment.read(options.flags());
        out.println(environment.text());
        out.println("flags        " + String.join(" ", options.flags()));
        out.printf(
                "size         %s, %d rounds, %d visits, each a fresh server process%n",
                options.size().name(), options.size().rounds(), plan.steps().size());
        out.printf(
                "expected     about %s minutes, on a quiet machine%n%n",
                Runner.clock(plan.expected().plusMillis(500)));

        long start = System.nanoTime();
        Results results = new Runner(options, out).run(plan);
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        Optional<Run> baseline = Baseline.read();
        if (baseline.isEmpty()) {
            results.note("no baseline yet (bench/baseline.json): CPU was not compared with an earlier run");
        } else if (!baseline.get().flags().equals(options.flags())) {
            results.note("the baseline is of servers with other flags: CPU was not compared with it");
            baseline = Optional.empty();
        }
        Run run = Runs.of(
                new Runs.Frame(environment, options.flags(), options.size(), took, scenarios(plan), variants(plan)),
                results,
                baseline);
        out.println();
        new ConsoleReport(run).print(out);
        Path report = options.out().resolve("report");
        Runs.write(run, report.resolve("results.json"));
        Files.writeString(report.resolve("index.html"), HtmlReport.of(run));
        out.printf(
                "took %s minutes; report: %s%n",
                Runner.clock(took),
                report.resolve("index.html").toAbsolutePath().normalize());
        if (options.baseline()) {
            return baselined(run, out);
        }
        return !run.failed();
    }

    private static boolean baselined(Run run, PrintStream out) throws IOException {
        try {
            Baseline.write(run);
            out.println("this run is the baseline now: commit bench/baseline.json and README.md");
            return true;
        } catch (IllegalArgumentException unfit) {
            out.println(unfit.getMessage());
            return false;
        }
    }

    private static List<Run.Described> scenarios(Plan plan) {
        return plan.steps().stream()
                .flatMap(step -> step.scenarios().stream())
                .distinct()
                .map(scenario -> new Run.Described(scenario.name(), scenario.about()))
                .toList();
    }

    private static List<Run.Described> variants(Plan plan) {
        return plan.steps().stream()
                .map(Plan.Step::variant)
                .distinct()
                .map(variant -> new Run.Described(variant.name(), variant.about()))
                .toList();
    }
}
