package dev.plainweave.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The report as one HTML file without anything from elsewhere: no script, no font, no image. */
public final class HtmlReport {
    private final Run run;
    private final FigureRows rows;
    private final PercentileChart percentiles;
    private final StormChart storm;

    private HtmlReport(Run run) {
        this.run = run;
        Palette palette =
                new Palette(run.variants().stream().map(Run.Described::name).toList());
        rows = new FigureRows(run, palette);
        percentiles = new PercentileChart(palette);
        storm = new StormChart(palette);
    }

    /** The page. */
    public static String of(Run run) {
        return new HtmlReport(run).page();
    }

    /** Makes the page anew from a results.json: {@code HtmlReport results.json index.html}. */
    public static void main(String[] arguments) throws IOException {
        Files.writeString(Path.of(arguments[1]), of(Runs.read(Path.of(arguments[0]))));
    }

    private String page() {
        return "<!doctype html>\n"
                + "<html lang=en><head><meta charset=utf-8><meta name=viewport content=\"width=device-width,"
                + " initial-scale=1\"><link rel=icon href=\"data:,\"><title>Plainweave: blocking against the selector"
                + " loop</title>\n"
                + "<style>\n"
                + Html.resource("report.css")
                + "</style></head>\n<body>\n"
                + new ReportHead(run).html()
                + run.scenarios().stream().map(this::scenario).collect(Collectors.joining())
                + remarks()
                + "</body></html>\n";
    }

    private String scenario(Run.Described scenario) {
        StringBuilder section = new StringBuilder();
        section.append(Html.element("h2", Html.escape(scenario.name())))
                .append(Html.element("p", Html.escape(scenario.about())));
        failures(scenario.name(), section);
        metrics(scenario.name()).values().forEach(figures -> section.append(rows.of(figures)));
        loads(scenario.name())
                .forEach((load, latencies) -> section.append(
                                "<h3>%s <small>latency by percentile, all rounds</small></h3>\n"
                                        .formatted(Html.escape(load)))
                        .append(percentiles.of(latencies)));
        if (scenario.name().equals("reset-storm") && !run.storms().isEmpty()) {
            section.append(new StormTable(run.storms()).html()).append(storm.of(run.timelines()));
        }
        return section.toString();
    }

    private void failures(String scenario, StringBuilder section) {
        run.failures().stream()
                .filter(failure -> failure.scenario().equals(scenario))
                .forEach(failure -> section.append("<div class=banner><p><b>%s</b>, round %d: %s</p></div>\n"
                        .formatted(
                                Html.escape(failure.variant()), failure.round() + 1, Html.escape(failure.reason()))));
    }

    private Map<String, List<Run.Figure>> metrics(String scenario) {
        return run.figures().stream()
                .filter(figure -> figure.scenario().equals(scenario))
                .collect(Collectors.groupingBy(Run.Figure::metric, LinkedHashMap::new, Collectors.toList()));
    }

    private Map<String, List<Run.Latencies>> loads(String scenario) {
        return run.latencies().stream()
                .filter(latencies -> latencies.scenario().equals(scenario))
                .collect(Collectors.groupingBy(Run.Latencies::load, LinkedHashMap::new, Collectors.toList()));
    }

    private String remarks() {
        return Html.element("h2", "Remarks")
                + Html.element(
                        "ul",
                        run.remarks().stream()
                                .map(remark -> Html.element("li", Html.escape(remark)))
                                .collect(Collectors.joining()))
                + "<p class=soft>Every round of every figure is in results.json beside this page.</p>\n";
    }
}
