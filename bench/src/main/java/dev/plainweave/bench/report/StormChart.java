package dev.plainweave.bench.report;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The storm as it went: what the neighbours saw in every tenth of a second, and what the server held open. */
final class StormChart {
    private final Palette palette;

    StormChart(Palette palette) {
        this.palette = palette;
    }

    /** The first round of each variant, on one scale. */
    String of(List<Run.Flow> flows) {
        List<Run.Flow> shown = flows.stream()
                .filter(flow -> flow.round() == 0 && !flow.points().isEmpty())
                .toList();
        LogScale scale = LogScale.of(
                shown.stream().flatMap(flow -> flow.points().stream()).mapToDouble(Timeline.Point::worst));
        double most = shown.stream()
                .flatMap(flow -> flow.points().stream())
                .mapToDouble(Timeline.Point::descriptors)
                .max()
                .orElse(1);
        return shown.stream().map(flow -> one(flow, scale, most)).collect(Collectors.joining());
    }

    private String one(Run.Flow flow, LogScale scale, double mostDescriptors) {
        double end = flow.points().getLast().millis();
        String stroke = palette.stroke(flow.variant());
        String head = "<h3>%s <small>the worst of each tenth of a second; thin: the median</small></h3>"
                .formatted(Html.escape(flow.variant()));
        String worst = line("line", stroke, flow, end, point -> 100 - scale.position(point.worst()));
        String median = line("line thin", stroke, flow, end, point -> 100 - scale.position(point.p50()));
        String open = line("line", stroke, flow, end, point -> 100 - 100 * point.descriptors() / mostDescriptors);
        return head
                + plot("low", shading(flow, end) + scale.grid() + worst + median, scale.labels())
                + plot(
                        "strip",
                        shading(flow, end) + open,
                        "<span class=\"axis y\" style=\"bottom:100%%\">%.0f fds</span>".formatted(mostDescriptors)
                                + "<span class=\"axis y\" style=\"bottom:0\">0</span>"
                                + "<span class=\"axis x last\" style=\"left:100%%\">%.1f s; shaded: the storm, else the control</span>"
                                        .formatted(end / 1000));
    }

    private static String plot(String kind, String inside, String labels) {
        return "<div class=\"plot %s\"><svg viewBox=\"0 0 100 100\" preserveAspectRatio=none role=img aria-label=\"timeline\">%s</svg>%s</div>\n"
                .formatted(kind, inside, labels);
    }

    private static String line(
            String kind, String stroke, Run.Flow flow, double end, ToDoubleFunction<Timeline.Point> y) {
        String points = flow.points().stream()
                .map(point -> Html.at(100 * point.millis() / end) + "," + Html.at(y.applyAsDouble(point)))
                .collect(Collectors.joining(" "));
        return "<polyline class=\"%s\" %s points=\"%s\"></polyline>".formatted(kind, stroke, points);
    }

    private static String shading(Run.Flow flow, double end) {
        StringBuilder shading = new StringBuilder();
        double before = 0;
        for (Timeline.Point point : flow.points()) {
            if (point.storm()) {
                shading.append("<rect class=storm x=%s y=0 height=100 width=%s></rect>"
                        .formatted(Html.at(100 * before / end), Html.at(100 * (point.millis() - before) / end)));
            }
            before = point.millis();
        }
        return shading.toString();
    }
}
