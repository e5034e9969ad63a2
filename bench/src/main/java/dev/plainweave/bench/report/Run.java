package dev.plainweave.bench.report;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Map;

/** Everything a run found, as results.json holds it: what the report, the baseline and the README are made from. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Run(
        Map<String, String> environment,
        List<String> flags,
        String size,
        int rounds,
        long seconds,
        List<Described> scenarios,
        List<Described> variants,
        List<Figure> figures,
        List<Comparison> comparisons,
        List<Target> targets,
        List<Latencies> latencies,
        List<StormTally> storms,
        List<Flow> timelines,
        List<Results.Use> windows,
        List<String> remarks,
        List<Results.Failure> failures,
        List<String> red) {

    /** A scenario or a variant, and what it is. */
    public record Described(String name, String about) {}

    /**
     * One figure of one variant.
     *
     * @param rounds in the order they were taken
     */
    public record Figure(
            String scenario,
            String metric,
            String unit,
            Metric.Better better,
            String variant,
            double median,
            double min,
            double max,
            Map<Integer, Double> rounds) {}

    /** The first variant divided by another, round by round. */
    public record Comparison(
            String scenario,
            String metric,
            String subject,
            String base,
            double median,
            double min,
            double max,
            Verdict verdict) {}

    /** What the product wants to reach. */
    public record Target(String text, double value, double bound, boolean atMost, boolean reached) {}

    /**
     * The latencies of all rounds of one load, in microseconds.
     *
     * @param points from the median to the worst
     */
    public record Latencies(String scenario, String load, String variant, long count, List<Point> points) {}

    /** That percentage of the answers came within so many microseconds. */
    public record Point(double percentile, double micros) {}

    /** A storm as it went. */
    public record Flow(String variant, int round, List<Timeline.Point> points) {}

    /** Whether an invariant broke, or CPU rose against the baseline. */
    public boolean failed() {
        return !red.isEmpty();
    }
}
