package dev.plainweave.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.plainweave.bench.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** Makes a {@link Run} of results, and reads and writes it as JSON. */
public final class Runs {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final double[] PERCENTILES = {50, 75, 90, 95, 99, 99.5, 99.9, 99.95, 99.99, 100};

    private Runs() {}

    /** What took part, and how long. */
    public record Frame(
            Environment environment,
            List<String> flags,
            Size size,
            Duration took,
            List<Run.Described> scenarios,
            List<Run.Described> variants) {}

    public static Run of(Frame frame, Results results, Optional<Run> baseline) {
        return new Run(
                frame.environment().facts(),
                frame.flags(),
                frame.size().name(),
                frame.size().rounds(),
                frame.took().toSeconds(),
                frame.scenarios(),
                frame.variants(),
                figures(results),
                comparisons(results),
                Targets.judge(results),
                latencies(results),
                results.storms(),
                results.timelines().stream()
                        .map(line -> new Run.Flow(line.variant(), line.round(), line.points()))
                        .toList(),
                results.uses(),
                Remarks.of(results, frame.environment()),
                results.failures(),
                Gate.red(results, baseline));
    }

    public static Run read(Path file) throws IOException {
        return JSON.readValue(file.toFile(), Run.class);
    }

    public static void write(Run run, Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, JSON.writeValueAsString(run) + "\n");
    }

    private static List<Run.Figure> figures(Results results) {
        List<Run.Figure> figures = new ArrayList<>();
        for (Metric metric : results.metrics()) {
            for (String variant : results.variants(metric)) {
                Summary summary = results.summary(metric, variant).orElseThrow();
                figures.add(new Run.Figure(
                        metric.scenario(),
                        metric.name(),
                        metric.unit(),
                        metric.better(),
                        variant,
                        summary.median(),
                        summary.min(),
                        summary.max(),
                        new LinkedHashMap<>(results.rounds(metric, variant))));
            }
        }
        return figures;
    }

    private static List<Run.Comparison> comparisons(Results results) {
        List<Run.Comparison> comparisons = new ArrayList<>();
        for (Metric metric : results.metrics()) {
            String subject = results.variants(metric).iterator().next();
            for (String base : results.variants(metric)) {
                if (base.equals(subject) || metric.better() == Metric.Better.NEITHER) {
                    continue;
                }
                results.ratio(metric, subject, base)
                        .ifPresent(ratio -> comparisons.add(new Run.Comparison(
                                metric.scenario(),
                                metric.name(),
                                subject,
                                base,
                                ratio.median(),
                                ratio.min(),
                                ratio.max(),
                                Verdict.of(results, metric, subject, base))));
            }
        }
        return comparisons;
    }

    private static List<Run.Latencies> latencies(Results results) {
        List<Run.Latencies> all = new ArrayList<>();
        results.latencies().forEach((key, histogram) -> {
            if (histogram.getTotalCount() > 0) {
                all.add(new Run.Latencies(
                        key.scenario(), key.load(), key.variant(), histogram.getTotalCount(), points(histogram)));
            }
        });
        return all;
    }

    /** Up to the percentile that at least ten answers lie beyond, and the worst. */
    private static List<Run.Point> points(Histogram histogram) {
        List<Run.Point> points = new ArrayList<>();
        for (double percentile : PERCENTILES) {
            boolean enough = (1 - percentile / 100) * histogram.getTotalCount() >= 10;
            if (enough || percentile == 100) {
                points.add(new Run.Point(percentile, histogram.getValueAtPercentile(percentile) / 1e3));
            }
        }
        return points;
    }
}
