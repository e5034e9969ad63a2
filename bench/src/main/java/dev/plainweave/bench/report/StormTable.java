package dev.plainweave.bench.report;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the storms left behind, all rounds of a variant together. */
final class StormTable {
    private final List<StormTally> storms;

    StormTable(List<StormTally> storms) {
        this.storms = storms;
    }

    String html() {
        StringBuilder table = new StringBuilder("<h3>What the storms left <small>all rounds</small></h3>\n"
                + "<div class=scroll><table><tr><th>variant</th><th>resets</th><th>log lines</th><th>stack traces</th>"
                + "<th>leaked descriptors</th><th>all ended after</th><th class=text>ends</th></tr>\n");
        storms.stream().map(StormTally::variant).distinct().forEach(variant -> table.append(row(variant)));
        return table.append("</table></div>\n").toString();
    }

    private String row(String variant) {
        List<StormTally> own =
                storms.stream().filter(each -> each.variant().equals(variant)).toList();
        long resets = own.stream().mapToLong(StormTally::resets).sum();
        return "<tr><td>%s</td><td>%,d</td>%s%s%s<td>%s</td><td class=text>%s</td></tr>\n"
                .formatted(
                        Html.escape(variant),
                        resets,
                        never(own.stream().mapToInt(StormTally::logLines).sum()),
                        never(own.stream().mapToInt(StormTally::stackTraces).sum()),
                        never(own.stream()
                                .mapToInt(each -> each.leaks().descriptors())
                                .sum()),
                        after(own.stream()
                                .mapToLong(StormTally::endMillis)
                                .max()
                                .orElse(0)),
                        Html.escape(ends(own)));
    }

    private static String never(int count) {
        return count == 0 ? "<td>0</td>" : "<td class=worse>%,d</td>".formatted(count);
    }

    private static String after(long millis) {
        return millis == 0 ? "&lt; 1 ms" : "%,d ms".formatted(millis);
    }

    private static String ends(List<StormTally> own) {
        Map<String, Long> sum = new TreeMap<>();
        own.forEach(each -> each.ends().forEach((reason, count) -> sum.merge(reason, count, Long::sum)));
        return sum.isEmpty()
                ? "not told"
                : sum.entrySet().stream()
                        .map(end -> "%s %,d".formatted(end.getKey(), end.getValue()))
                        .collect(Collectors.joining(", "));
    }
}
