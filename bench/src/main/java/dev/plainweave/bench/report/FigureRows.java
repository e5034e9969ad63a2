package dev.plainweave.bench.report;

import java.util.List;
import java.util.Optional;

/** One metric: a row for each variant with its median as a bar from zero, its interval as a line, its ratio and verdict. */
final class FigureRows {
    private final Run run;
    private final Palette palette;

    FigureRows(Run run, Palette palette) {
        this.run = run;
        this.palette = palette;
    }

    /** All figures must be of one metric. */
    String of(List<Run.Figure> figures) {
        Run.Figure first = figures.getFirst();
        String direction = switch (first.better()) {
            case LOWER -> ", lower is better";
            case HIGHER -> ", higher is better";
            case NEITHER -> "";
        };
        double most = figures.stream().mapToDouble(Run.Figure::max).max().orElse(1);
        StringBuilder rows = new StringBuilder("<h3>%s <small>%s%s</small></h3>\n"
                .formatted(Html.escape(first.metric()), Html.escape(first.unit()), direction));
        for (Run.Figure figure : figures) {
            rows.append("<div class=row><span>%s</span>%s<span class=value>%s <span>[%s .. %s]</span></span>%s</div>\n"
                    .formatted(
                            Html.escape(figure.variant()),
                            bar(figure, most <= 0 ? 1 : most),
                            Numbers.text(figure.median()),
                            Numbers.text(figure.min()),
                            Numbers.text(figure.max()),
                            ratio(figure)));
        }
        return rows.toString();
    }

    private String bar(Run.Figure figure, double most) {
        String median = x(figure.median(), most);
        String colour = palette.colour(figure.variant());
        return ("<svg viewBox=\"0 0 100 10\" preserveAspectRatio=none role=img aria-label=\"bar\">"
                        + "<rect class=bar x=0 y=2 height=6 width=%s style=\"fill:%s\"></rect>"
                        + "<line class=whisker x1=%s x2=%s y1=5 y2=5></line>"
                        + "<line class=median x1=%s x2=%s y1=1 y2=9 style=\"stroke:%s\"></line></svg>")
                .formatted(median, colour, x(figure.min(), most), x(figure.max(), most), median, median, colour);
    }

    private static String x(double value, double most) {
        return Html.at(Math.max(0, 100 * value / most));
    }

    private String ratio(Run.Figure figure) {
        Optional<Run.Comparison> comparison = run.comparisons().stream()
                .filter(each -> each.scenario().equals(figure.scenario())
                        && each.metric().equals(figure.metric())
                        && each.base().equals(figure.variant()))
                .findFirst();
        return "<span class=ratio>%s</span>"
                .formatted(comparison
                        .map(each -> "&times;%s <span class=%s>%s</span>"
                                .formatted(
                                        Html.at(each.median()),
                                        each.verdict().text(),
                                        each.verdict().text()))
                        .orElse(""));
    }
}
