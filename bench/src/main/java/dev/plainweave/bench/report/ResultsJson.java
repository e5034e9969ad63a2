package dev.plainweave.bench.report;

import dev.plainweave.bench.Size;
import dev.plainweave.bench.scenario.Flags;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything a run found, every round's figure included, for programs. */
public final class ResultsJson {

    private ResultsJson() {}

    public static String of(Environment environment, Size size, Results results) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("environment", environment.facts());
        root.put("flags", Map.of("throughput", Flags.THROUGHPUT, "memory", Flags.MEMORY));
        root.put("size", size.name());
        root.put("rounds", size.rounds());
        root.put("figures", figures(results));
        root.put(
                "targets",
                Targets.judge(results).stream().map(ResultsJson::target).toList());
        root.put("windows", results.uses().stream().map(ResultsJson::use).toList());
        root.put("notes", results.notes());
        root.put(
                "failures",
                results.failures().stream().map(ResultsJson::failure).toList());
        return Json.of(root) + "\n";
    }

    private static List<Object> figures(Results results) {
        List<Object> figures = new ArrayList<>();
        for (Metric metric : results.metrics()) {
            for (String variant : results.variants(metric)) {
                Summary summary = results.summary(metric, variant).orElseThrow();
                Map<String, Object> figure = new LinkedHashMap<>();
                figure.put("scenario", metric.scenario());
                figure.put("metric", metric.name());
                figure.put("unit", metric.unit());
                figure.put("better", metric.better());
                figure.put("variant", variant);
                figure.put("median", summary.median());
                figure.put("min", summary.min());
                figure.put("max", summary.max());
                figure.put("rounds", results.rounds(metric, variant));
                figures.add(figure);
            }
        }
        return figures;
    }

    private static Map<String, Object> target(Targets.Verdict verdict) {
        return Map.of(
                "metric", verdict.metric(),
                "base", verdict.base(),
                "atMost", verdict.atMost(),
                "bound", verdict.bound(),
                "value", verdict.value().median(),
                "reached", verdict.reached());
    }

    private static Map<String, Object> use(Results.Use use) {
        return Map.of(
                "scenario", use.scenario(),
                "variant", use.variant(),
                "round", use.round(),
                "serverCores", use.server(),
                "generatorCores", use.generator(),
                "foreignCores", use.foreign(),
                "generatorBound", use.bound());
    }

    private static Map<String, Object> failure(Results.Failure failure) {
        return Map.of(
                "scenario", failure.scenario(),
                "variant", failure.variant(),
                "round", failure.round(),
                "reason", failure.reason());
    }
}
