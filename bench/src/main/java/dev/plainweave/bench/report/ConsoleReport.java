package dev.plainweave.bench.report;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table at the end: per figure one line a variant, the first variant's ratio to each of the others, and a verdict. */
public final class ConsoleReport {
    private static final double FOREIGN_CORES = 0.1;

    private final Results results;
    private final int cores;

    public ConsoleReport(Results results, int cores) {
        this.results = results;
        this.cores = cores;
    }

    public void print(PrintStream out) {
        results.metrics().forEach(metric -> print(metric, out));
        List<Targets.Verdict> verdicts = Targets.judge(results);
        if (!verdicts.isEmpty()) {
            out.println("targets");
            verdicts.forEach(verdict -> out.println("  " + verdict.text()));
            out.println();
        }
        List<String> remarks = remarks();
        if (!remarks.isEmpty()) {
            out.println("remarks");
            remarks.forEach(remark -> out.println("  " + remark));
            out.println();
        }
        if (!results.failures().isEmpty()) {
            out.println("FAILED");
            results.failures().stream()
                    .map(failure -> "  %s, %s: %s".formatted(failure.scenario(), failure.variant(), failure.reason()))
                    .distinct()
                    .forEach(out::println);
            out.println();
        }
    }

    private void print(Metric metric, PrintStream out) {
        String direction = switch (metric.better()) {
            case LOWER -> ", lower is better";
            case HIGHER -> ", higher is better";
            case NEITHER -> "";
        };
        out.printf("%s: %s (%s%s)%n", metric.scenario(), metric.name(), metric.unit(), direction);
        String subject = "";
        for (String variant : results.variants(metric)) {
            Summary summary = results.summary(metric, variant).orElseThrow();
            out.printf(
                    "  %-22s %12s  [%s .. %s]",
                    variant, figure(summary.median()), figure(summary.min()), figure(summary.max()));
            if (subject.isEmpty()) {
                subject = variant;
            } else if (metric.better() != Metric.Better.NEITHER) {
                Optional<Summary> ratio = results.ratio(metric, subject, variant);
                String first = subject;
                ratio.ifPresent(r -> out.printf(
                        "   %s is %.2f of it [%.2f .. %.2f] %s",
                        first, r.median(), r.min(), r.max(), verdict(metric, r)));
            }
            out.println();
        }
        out.println();
    }

    /** Better or worse only if every round agrees. */
    static String verdict(Metric metric, Summary ratio) {
        if (ratio.count() < 2 || (ratio.min() <= 1 && ratio.max() >= 1)) {
            return ratio.count() < 2 ? "" : "tie";
        }
        return ratio.max() < 1 == (metric.better() == Metric.Better.LOWER) ? "better" : "worse";
    }

    private List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        results.uses().stream()
                .filter(Results.Use::bound)
                .map(use -> use.scenario() + ", " + use.variant())
                .distinct()
                .forEach(where -> remarks.add(where + ": the generator was the bottleneck (" + cores(where)
                        + "): its throughput says little about the server, CPU per answer does"));
        results.uses().stream().mapToDouble(Results.Use::foreign).max().ifPresent(worst -> {
            if (worst > FOREIGN_CORES) {
                long windows = results.uses().stream()
                        .filter(use -> use.foreign() > FOREIGN_CORES)
                        .count();
                remarks.add("NOISY: in %d of %d windows others used more than %.1f of the %d cores, at worst %.2f"
                        .formatted(windows, results.uses().size(), FOREIGN_CORES, cores, worst));
            }
        });
        remarks.addAll(results.notes());
        return remarks;
    }

    private String cores(String where) {
        return results.uses().stream()
                .filter(use -> use.bound() && where.equals(use.scenario() + ", " + use.variant()))
                .findFirst()
                .map(use -> "generator %.2f cores, server %.2f of %d".formatted(use.generator(), use.server(), cores))
                .orElse("");
    }

    private static String figure(double value) {
        return Math.abs(value) >= 1000 ? "%,.0f".formatted(value) : "%.2f".formatted(value);
    }
}
