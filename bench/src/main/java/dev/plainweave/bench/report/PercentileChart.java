package dev.plainweave.bench.report;

import java.util.List;
import java.util.stream.Collectors;

/** Latency against percentile: both logarithmic, so that the tail has as much room as the middle. */
final class PercentileChart {
    private static final double[] TICKS = {50, 90, 99, 99.9, 99.99};
    private static final double LEFT = nines(50);
    private static final double RIGHT = nines(99.99);

    private final Palette palette;

    PercentileChart(Palette palette) {
        this.palette = palette;
    }

    /** The chart of one load, and the same as a table. */
    String of(List<Run.Latencies> load) {
        LogScale scale = LogScale.of(load.stream()
                .flatMap(each -> each.points().stream())
                .filter(point -> point.percentile() < 100)
                .mapToDouble(Run.Point::micros));
        StringBuilder chart = new StringBuilder();
        chart.append(palette.legend(load.stream().map(Run.Latencies::variant).toList()));
        chart.append(
                "<div class=plot><svg viewBox=\"0 0 100 100\" preserveAspectRatio=none role=img aria-label=\"latency"
                        + " by percentile\">");
        chart.append(scale.grid());
        for (double tick : TICKS) {
            String x = Html.at(x(tick));
            chart.append("<line class=grid y1=0 y2=100 x1=")
                    .append(x)
                    .append(" x2=")
                    .append(x)
                    .append("></line>");
        }
        load.forEach(each -> chart.append("<polyline class=line %s points=\"%s\"></polyline>"
                .formatted(palette.stroke(each.variant()), points(each, scale))));
        chart.append("</svg>").append(scale.labels());
        for (double tick : TICKS) {
            chart.append("<span class=\"axis x%s\" style=\"left:%s%%\">%s %%</span>"
                    .formatted(tick == 99.99 ? " last" : "", Html.at(x(tick)), plain(tick)));
        }
        return chart.append("</div>\n").append(table(load)).toString();
    }

    private static String points(Run.Latencies latencies, LogScale scale) {
        return latencies.points().stream()
                .filter(point -> point.percentile() < 100)
                .map(point -> Html.at(x(point.percentile())) + "," + Html.at(100 - scale.position(point.micros())))
                .collect(Collectors.joining(" "));
    }

    private static String table(List<Run.Latencies> load) {
        StringBuilder table = new StringBuilder("<div class=scroll><table><tr><th>microseconds</th>");
        for (double tick : TICKS) {
            table.append("<th>").append(plain(tick)).append(" %</th>");
        }
        table.append("<th>worst</th><th>answers</th></tr>\n");
        for (Run.Latencies each : load) {
            table.append("<tr><td>").append(Html.escape(each.variant())).append("</td>");
            for (double tick : TICKS) {
                table.append("<td>").append(value(each, tick)).append("</td>");
            }
            table.append("<td>").append(value(each, 100)).append("</td><td>%,d</td></tr>\n".formatted(each.count()));
        }
        return table.append("</table></div>\n").toString();
    }

    /** A dash where too few answers lie beyond. */
    private static String value(Run.Latencies latencies, double percentile) {
        return latencies.points().stream()
                .filter(point -> point.percentile() == percentile)
                .map(point -> Numbers.text(point.micros()))
                .findFirst()
                .orElse("-");
    }

    private static String plain(double percentile) {
        return percentile == Math.rint(percentile) ? Integer.toString((int) percentile) : Double.toString(percentile);
    }

    private static double x(double percentile) {
        return 100 * (nines(Math.min(percentile, 99.99)) - LEFT) / (RIGHT - LEFT);
    }

    /** How many nines: 90 is one, 99 two. */
    private static double nines(double percentile) {
        return -Math.log10(1 - percentile / 100);
    }
}
