package dev.plainweave.bench.report;

import dev.plainweave.bench.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The README's section on numbers, made from the baseline alone, so that every number has a source. */
public final class ReadmeNumbers {
    static final String BEGIN = "<!-- numbers: made from bench/baseline.json, do not edit -->";
    static final String END = "<!-- end of numbers -->";

    private static final List<String> COLUMNS =
            List.of(Variant.NATIVE_BLOCKING, Variant.NATIVE_SELECTOR, Variant.JAKARTA_SELECTOR, Variant.FLOOR);
    private static final String MEASURE = """
            mvn -pl bench verify                          measures, and writes bench/target/report/index.html
            mvn -pl bench verify -Dbench.baseline=true    the same, and makes the run bench/baseline.json and this section
        """;

    private ReadmeNumbers() {}

    /**
     * The README with that section made anew.
     *
     * @throws IllegalArgumentException if it does not hold the two markers, in order
     */
    public static String replace(String readme, Optional<Run> baseline) {
        int begin = readme.indexOf(BEGIN);
        int end = readme.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("README.md must hold " + BEGIN + " and, after it, " + END);
        }
        return readme.substring(0, begin + BEGIN.length()) + "\n\n" + section(baseline) + "\n" + readme.substring(end);
    }

    private static String section(Optional<Run> baseline) {
        return baseline.map(ReadmeNumbers::section)
                .orElse("No run has been made the baseline yet, so no numbers are given here. They are one command"
                        + " away:\n\n"
                        + MEASURE);
    }

    private static String section(Run run) {
        return intro(run) + noise(run) + table(run) + storms(run) + verdicts(run) + targets(run) + "\n" + MEASURE;
    }

    private static String intro(Run run) {
        return ("Medians of %d rounds in fresh, interleaved processes on %s cores which the load generator shares (%s,"
            + " %s, %s, Jetty %s, commit %s; size %s). The absolute figures belong to that machine; what carries over"
            + " is how they compare. Every check, limit and metric is on. *Floor* is a bare echo on virtual threads"
            + " that checks nothing. The last column is blocking divided by selector, round by round, with the"
            + " smallest and the largest; better or worse is said only where the two intervals do not overlap and"
            + " every round agrees, by more than such a figure differs from run to run.\n\n")
                .formatted(
                        run.rounds(),
                        fact(run, "cores"),
                        fact(run, "cpu"),
                        fact(run, "kernel"),
                        fact(run, "jdk"),
                        fact(run, "jetty"),
                        fact(run, "commit"),
                        run.size());
    }

    /** A baseline should come from a quiet machine; where it did not, its reader is told. */
    private static String noise(Run run) {
        return run.remarks().stream()
                .filter(remark -> remark.startsWith("NOISY"))
                .map(remark -> "**The machine was not quiet:** " + remark.replaceFirst("NOISY:? *", "") + ".\n\n")
                .collect(Collectors.joining());
    }

    private static String table(Run run) {
        StringBuilder table = new StringBuilder("""
            | | native, blocking | native, selector | Jakarta, selector | floor | blocking / selector |
            |---|---|---|---|---|---|
            """);
        run.figures().stream()
                .filter(figure -> figure.better() != Metric.Better.NEITHER)
                .map(figure -> List.of(figure.scenario(), figure.metric(), figure.unit()))
                .distinct()
                .forEach(row -> table.append(row(run, row.get(0), row.get(1), row.get(2))));
        return table.toString();
    }

    private static String row(Run run, String scenario, String metric, String unit) {
        List<String> cells = new ArrayList<>();
        cells.add("%s: %s (%s)".formatted(scenario, metric, unit));
        for (String variant : COLUMNS) {
            cells.add(run.figures().stream()
                    .filter(each -> each.scenario().equals(scenario)
                            && each.metric().equals(metric)
                            && each.variant().equals(variant))
                    .map(each -> Numbers.text(each.median()))
                    .findFirst()
                    .orElse(""));
        }
        cells.add(run.comparisons().stream()
                .filter(each ->
                        each.scenario().equals(scenario) && each.metric().equals(metric) && blockingToSelector(each))
                .map(each -> "%.2f [%.2f .. %.2f] %s"
                        .formatted(
                                each.median(),
                                each.min(),
                                each.max(),
                                each.verdict().text())
                        .strip())
                .findFirst()
                .orElse(""));
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private static String storms(Run run) {
        List<StormTally> own = run.storms().stream()
                .filter(storm -> storm.variant().equals(Variant.NATIVE_BLOCKING))
                .toList();
        if (own.isEmpty()) {
            return "";
        }
        return "\n%,d connections were reset in the storms on blocking: %d log lines, %d stack traces, %d descriptors leaked, every end told.\n"
                .formatted(
                        own.stream().mapToLong(StormTally::resets).sum(),
                        own.stream().mapToInt(StormTally::logLines).sum(),
                        own.stream().mapToInt(StormTally::stackTraces).sum(),
                        own.stream()
                                .mapToInt(storm -> storm.leaks().descriptors())
                                .sum());
    }

    private static String verdicts(Run run) {
        return "\nWhere blocking loses to the selector: %s. Where it wins: %s. Everything else is a tie.\n"
                .formatted(names(run, Verdict.WORSE), names(run, Verdict.BETTER));
    }

    private static String targets(Run run) {
        if (run.targets().isEmpty()) {
            return "";
        }
        String missed = run.targets().stream()
                .filter(target -> !target.reached())
                .map(target -> "%s (%s, wanted at %s %s)"
                        .formatted(
                                target.text(),
                                Numbers.text(target.value()),
                                target.atMost() ? "most" : "least",
                                Numbers.text(target.bound())))
                .collect(Collectors.joining("; "));
        return "\nOf the %d targets that native sessions on blocking have here, by their medians, %s.\n"
                .formatted(
                        run.targets().size(),
                        missed.isEmpty() ? "all are reached" : "these are not reached: " + missed);
    }

    private static String names(Run run, Verdict verdict) {
        String names = run.comparisons().stream()
                .filter(each -> each.verdict() == verdict && blockingToSelector(each))
                .map(each -> each.scenario() + " " + each.metric())
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "nowhere" : names;
    }

    private static boolean blockingToSelector(Run.Comparison comparison) {
        return comparison.subject().equals(Variant.NATIVE_BLOCKING)
                && comparison.base().equals(Variant.NATIVE_SELECTOR);
    }

    private static String fact(Run run, String name) {
        return run.environment().getOrDefault(name, "unknown");
    }
}
