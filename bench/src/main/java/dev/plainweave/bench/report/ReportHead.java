package dev.plainweave.bench.report;

import dev.plainweave.bench.Variant;
import java.util.List;
import java.util.stream.Collectors;

/** The top of the report: whether it failed, how it was measured, on what, and what came out, the losses first. */
final class ReportHead {
    private static final String SUBJECT = Variant.NATIVE_BLOCKING;
    private static final List<Verdict> ORDER = List.of(Verdict.WORSE, Verdict.TIE, Verdict.BETTER);

    private final Run run;

    ReportHead(Run run) {
        this.run = run;
    }

    String html() {
        return "<p class=kicker>Plainweave benchmark, %s, %d %s, %d:%02d minutes, %s</p>\n"
                        .formatted(
                                Html.escape(run.size()),
                                run.rounds(),
                                run.rounds() == 1 ? "round" : "rounds",
                                run.seconds() / 60,
                                run.seconds() % 60,
                                Html.escape(run.environment().getOrDefault("time", "")))
                + "<h1>Blocking, one virtual thread a connection, against the selector loop</h1>\n"
                + outcome()
                + noise()
                + "<h2>How it was measured</h2>\n<div class=method>"
                + Html.resource("method.html")
                + "</div>\n"
                + machine()
                + "<h2>What came out</h2>\n"
                + compared()
                + targets();
    }

    private String outcome() {
        if (!run.failed()) {
            return "<div class=\"banner fine\"><p>No invariant broke: no message was lost, wrong or doubled, no end is"
                    + " missing, nothing leaked, and the storms left no line in the product's log.</p></div>\n";
        }
        return "<div class=banner><p><b>This run failed.</b></p>"
                + run.red().stream()
                        .map(reason -> Html.element("p", Html.escape(reason)))
                        .collect(Collectors.joining())
                + "</div>\n";
    }

    private String noise() {
        List<String> noisy = run.remarks().stream()
                .filter(remark -> remark.startsWith("NOISY"))
                .toList();
        return noisy.isEmpty()
                ? ""
                : "<div class=banner><p><b>Do not quote these figures.</b></p>"
                        + noisy.stream()
                                .map(remark -> Html.element("p", Html.escape(remark)))
                                .collect(Collectors.joining())
                        + "</div>\n";
    }

    private String compared() {
        List<Run.Comparison> own = run.comparisons().stream()
                .filter(each -> each.subject().equals(SUBJECT))
                .toList();
        List<String> bases = own.stream().map(Run.Comparison::base).distinct().toList();
        if (bases.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        if (own.stream().anyMatch(each -> each.verdict() != Verdict.NONE)) {
            text.append("<ul class=lede>\n");
            bases.stream().filter(base -> !base.equals(Variant.FLOOR)).forEach(base -> text.append(counts(own, base)));
            text.append("</ul>\n");
        }
        text.append("<p class=soft>&darr; lower is better, &uarr; higher is better. One round alone gives no"
                + " verdict, nor does the floor.</p>\n"
                + "<div class=scroll><table class=matrix><tr><th>%s divided by</th>".formatted(SUBJECT));
        bases.forEach(base -> text.append("<th>").append(Html.escape(base)).append("</th>"));
        text.append("</tr>\n");
        own.stream()
                .map(each -> List.of(each.scenario(), each.metric()))
                .distinct()
                .forEach(row -> text.append(row(own, bases, row.get(0), row.get(1))));
        return text.append("</table></div>\n").toString();
    }

    private static String counts(List<Run.Comparison> own, String base) {
        return "<li>Against %s: %s.</li>\n"
                .formatted(
                        Html.escape(base),
                        ORDER.stream()
                                .map(verdict -> "<span class=%s>%s</span> in %d"
                                        .formatted(
                                                verdict.text(),
                                                verdict.text(),
                                                own.stream()
                                                        .filter(each ->
                                                                each.base().equals(base) && each.verdict() == verdict)
                                                        .count()))
                                .collect(Collectors.joining(", ")));
    }

    private String row(List<Run.Comparison> own, List<String> bases, String scenario, String metric) {
        StringBuilder row = new StringBuilder(
                "<tr><td>%s: %s%s</td>".formatted(Html.escape(scenario), Html.escape(metric), arrow(scenario, metric)));
        for (String base : bases) {
            row.append("<td>")
                    .append(own.stream()
                            .filter(each -> each.scenario().equals(scenario)
                                    && each.metric().equals(metric)
                                    && each.base().equals(base))
                            .map(each -> "%s <span class=%s>%s</span>"
                                    .formatted(
                                            Numbers.text(each.median()),
                                            each.verdict().text(),
                                            each.verdict().text()))
                            .findFirst()
                            .orElse(""))
                    .append("</td>");
        }
        return row.append("</tr>\n").toString();
    }

    /** Which way is better. */
    private String arrow(String scenario, String metric) {
        boolean higher = run.figures().stream()
                .anyMatch(figure -> figure.scenario().equals(scenario)
                        && figure.metric().equals(metric)
                        && figure.better() == Metric.Better.HIGHER);
        return higher ? " &uarr;" : " &darr;";
    }

    private String targets() {
        if (run.targets().isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("<h3>What %s wants to reach</h3>\n<ul>".formatted(SUBJECT));
        for (Run.Target target : run.targets()) {
            text.append("<li>%s: %s, must be at %s %s: <span class=%s>%s</span></li>\n"
                    .formatted(
                            Html.escape(target.text()),
                            Html.number(target.value()),
                            target.atMost() ? "most" : "least",
                            Html.number(target.bound()),
                            target.reached() ? "better" : "worse",
                            target.reached() ? "reached" : "not reached"));
        }
        return text.append("</ul>\n").toString();
    }

    private String machine() {
        StringBuilder list = new StringBuilder("<h3>On what</h3>\n<dl>");
        run.environment()
                .forEach((fact, value) ->
                        list.append("<dt>%s</dt><dd>%s</dd>\n".formatted(Html.escape(fact), Html.escape(value))));
        list.append("<dt>flags</dt><dd>%s</dd>\n".formatted(Html.escape(String.join(" ", run.flags()))));
        run.variants()
                .forEach(variant -> list.append("<dt>%s</dt><dd>%s</dd>\n"
                        .formatted(Html.escape(variant.name()), Html.escape(variant.about()))));
        return list.append("</dl>\n").toString();
    }
}
