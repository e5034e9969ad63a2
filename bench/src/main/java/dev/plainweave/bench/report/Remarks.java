package dev.plainweave.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the reader must know besides the figures: a noisy machine, a generator that was the bottleneck, notes. */
public final class Remarks {
    private static final double FOREIGN_CORES = 0.1;
    /** The quietest of several windows counts: a few disturbed ones do not spoil a run. */
    private static final double NOISY_SHARE = 0.2;

    private Remarks() {}

    public static List<String> of(Results results, Environment environment) {
        List<String> remarks = new ArrayList<>();
        if (environment.noisy()) {
            remarks.add("NOISY before the start: load average %s: something else was running"
                    .formatted(environment.facts().get("load before")));
        }
        foreign(results, environment.cores()).ifPresent(remarks::add);
        results.uses().stream()
                .filter(Results.Use::bound)
                .map(use -> use.scenario() + ", " + use.variant())
                .distinct()
                .forEach(where -> remarks.add(where + ": the generator was the bottleneck ("
                        + cores(results, where, environment.cores())
                        + "): its throughput says little about the server, CPU per answer does"));
        remarks.addAll(results.notes());
        return remarks;
    }

    private static Optional<String> foreign(Results results, int cores) {
        long windows = results.uses().stream()
                .filter(use -> use.foreign() > FOREIGN_CORES)
                .count();
        double worst =
                results.uses().stream().mapToDouble(Results.Use::foreign).max().orElse(0);
        String mark = windows > NOISY_SHARE * results.uses().size() ? "NOISY: in" : "in";
        return windows == 0
                ? Optional.empty()
                : Optional.of("%s %d of %d windows others used more than %.1f of the %d cores, at worst %.2f"
                        .formatted(mark, windows, results.uses().size(), FOREIGN_CORES, cores, worst));
    }

    private static String cores(Results results, String where, int cores) {
        return results.uses().stream()
                .filter(use -> use.bound() && where.equals(use.scenario() + ", " + use.variant()))
                .findFirst()
                .map(use -> "generator %.2f cores, server %.2f of %d".formatted(use.generator(), use.server(), cores))
                .orElse("");
    }
}
