package dev.plainweave.bench.report;

import dev.plainweave.bench.Variant;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/** The tables at the end: figures with the first variant's ratio to each of the others, storms, targets, remarks. */
public final class ConsoleReport {
    private final Run run;

    public ConsoleReport(Run run) {
        this.run = run;
    }

    public void print(PrintStream out) {
        run.figures().stream()
                .map(figure -> new Row(figure.scenario(), figure.metric()))
                .distinct()
                .forEach(row -> print(row, out));
        storms(out);
        list(
                out,
                "targets of " + Variant.NATIVE_BLOCKING,
                run.targets().stream().map(ConsoleReport::text).toList());
        list(out, "remarks", run.remarks());
        list(
                out,
                "failed, but not of the product",
                run.failures().stream()
                        .filter(failure -> !failure.red())
                        .map(failure -> failure.scenario() + ", " + failure.variant() + ": " + failure.reason())
                        .distinct()
                        .toList());
        list(out, "RED", run.red());
    }

    private record Row(String scenario, String metric) {}

    private void print(Row row, PrintStream out) {
        List<Run.Figure> figures = run.figures().stream()
                .filter(figure -> row.equals(new Row(figure.scenario(), figure.metric())))
                .toList();
        String direction = switch (figures.getFirst().better()) {
            case LOWER -> ", lower is better";
            case HIGHER -> ", higher is better";
            case NEITHER -> "";
        };
        out.printf(
                "%s: %s (%s%s)%n",
                row.scenario(), row.metric(), figures.getFirst().unit(), direction);
        for (Run.Figure figure : figures) {
            out.printf(
                    "  %-18s %12s  [%s .. %s]",
                    figure.variant(),
                    Numbers.text(figure.median()),
                    Numbers.text(figure.min()),
                    Numbers.text(figure.max()));
            comparison(row, figure.variant())
                    .ifPresent(c -> out.printf(
                            "   %s is %.2f of it [%.2f .. %.2f] %s",
                            c.subject(),
                            c.median(),
                            c.min(),
                            c.max(),
                            c.verdict().text()));
            out.println();
        }
        out.println();
    }

    private Optional<Run.Comparison> comparison(Row row, String base) {
        return run.comparisons().stream()
                .filter(each -> row.equals(new Row(each.scenario(), each.metric()))
                        && each.base().equals(base))
                .findFirst();
    }

    private void storms(PrintStream out) {
        list(
                out,
                "reset-storm, what was left",
                run.storms().stream()
                        .map(storm ->
                                ("%-18s round %d: %,d resets; log lines %d, stack traces %d; all ended within %d ms; "
                                                + "ends %s; leaked descriptors %d, threads %+d")
                                        .formatted(
                                                storm.variant(),
                                                storm.round() + 1,
                                                storm.resets(),
                                                storm.logLines(),
                                                storm.stackTraces(),
                                                storm.endMillis(),
                                                storm.ends().isEmpty() ? "not told" : storm.ends(),
                                                storm.leaks().descriptors(),
                                                storm.leaks().moreThreads()))
                        .toList());
    }

    private static String text(Run.Target target) {
        return "%-12s %s: %s, must be at %s %s"
                .formatted(
                        target.reached() ? "reached" : "NOT REACHED",
                        target.text(),
                        Numbers.text(target.value()),
                        target.atMost() ? "most" : "least",
                        Numbers.text(target.bound()));
    }

    private static void list(PrintStream out, String title, List<String> lines) {
        if (!lines.isEmpty()) {
            out.println(title);
            lines.forEach(line -> out.println("  " + line));
            out.println();
        }
    }
}
