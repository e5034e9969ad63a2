package dev.plainweave.bench.report;

import dev.plainweave.bench.Variant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** Everything one run has measured, and everything that failed. Used by one thread. */
public final class Results {

    /**
     * A variant that did not start, did not do its job, or broke an invariant, in one round of one scenario.
     *
     * @param red whether it is the product's, and makes the run fail; others are only told of
     */
    public record Failure(String scenario, String variant, int round, String reason, boolean red) {}

    /** Where latencies were taken. */
    public record LatencyKey(String scenario, String load, String variant) {}

    /** Who used the machine in one timed window, in cores, and whether the generator set the pace. */
    public record Use(
            String scenario,
            String variant,
            int round,
            double server,
            double generator,
            double foreign,
            boolean bound) {}

    private final Map<LatencyKey, Histogram> latencies = new LinkedHashMap<>();
    private final List<Timeline> timelines = new ArrayList<>();
    private final List<StormTally> storms = new ArrayList<>();
    private final List<Use> uses = new ArrayList<>();
    private final Map<Metric, Map<String, TreeMap<Integer, Double>>> figures = new LinkedHashMap<>();
    private final List<Failure> failures = new ArrayList<>();
    private final Set<String> notes = new LinkedHashSet<>();

    public void add(Metric metric, String variant, int round, double value) {
        figures.computeIfAbsent(metric, m -> new LinkedHashMap<>())
                .computeIfAbsent(variant, v -> new TreeMap<>())
                .put(round, value);
    }

    public void fail(String scenario, Variant variant, int round, String reason) {
        failures.add(new Failure(scenario, variant.name(), round, reason, variant.product()));
    }

    /** Latencies in nanoseconds; those of all rounds add up. */
    public void latencies(String scenario, String load, String variant, Histogram taken) {
        latencies
                .computeIfAbsent(new LatencyKey(scenario, load, variant), key -> new Histogram(3))
                .add(taken);
    }

    public Map<LatencyKey, Histogram> latencies() {
        return Collections.unmodifiableMap(latencies);
    }

    public void storm(StormTally tally) {
        storms.add(tally);
    }

    public List<StormTally> storms() {
        return List.copyOf(storms);
    }

    public void timeline(Timeline timeline) {
        timelines.add(timeline);
    }

    public List<Timeline> timelines() {
        return List.copyOf(timelines);
    }

    public void use(Use use) {
        uses.add(use);
    }

    public List<Use> uses() {
        return List.copyOf(uses);
    }

    /** A remark the reader must see; the same one once only. */
    public void note(String note) {
        notes.add(note);
    }

    public Set<Metric> metrics() {
        return figures.keySet();
    }

    public List<Failure> failures() {
        return List.copyOf(failures);
    }

    public Set<String> notes() {
        return notes;
    }

    /** The figures of a variant by round; empty if there are none. */
    public Map<Integer, Double> rounds(Metric metric, String variant) {
        return figures.getOrDefault(metric, Map.of()).getOrDefault(variant, new TreeMap<>());
    }

    public Set<String> variants(Metric metric) {
        return figures.getOrDefault(metric, Map.of()).keySet();
    }

    public Optional<Metric> metric(String id) {
        return figures.keySet().stream().filter(m -> m.id().equals(id)).findFirst();
    }

    public Optional<Summary> summary(Metric metric, String variant) {
        Map<Integer, Double> rounds = rounds(metric, variant);
        return rounds.isEmpty() ? Optional.empty() : Optional.of(Summary.of(rounds.values()));
    }

    /** Variant divided by base, round by round: both were measured within the same minute or two. */
    public Optional<Summary> ratio(Metric metric, String variant, String base) {
        Map<Integer, Double> numerators = rounds(metric, variant);
        List<Double> ratios = new ArrayList<>();
        rounds(metric, base).forEach((round, value) -> {
            Double numerator = numerators.get(round);
            if (numerator != null && value != 0) {
                ratios.add(numerator / value);
            }
        });
        return ratios.isEmpty() ? Optional.empty() : Optional.of(Summary.of(ratios));
    }
}
