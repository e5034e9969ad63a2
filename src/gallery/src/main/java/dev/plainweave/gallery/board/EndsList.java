package dev.plainweave.gallery.board;

import dev.plainweave.gallery.site.Parts;
import dev.plainweave.ui.Block;
import dev.plainweave.ui.Container;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What has ended lately: what is there stays, what is new comes on top. */
public final class EndsList {
    private static final int SHOWN = 60;

    private record Line(Block block, String reason, String kind) {}

    private final Block tally;
    private final Block list;
    private final Block none;
    private final Deque<Line> lines = new ArrayDeque<>();
    private long newest;

    /** An empty list, which says so. */
    public EndsList(Container in, String nothing, String hint) {
        tally = in.block("div").classes("tally");
        none = in.block("div").classes("empty");
        none.block("p").classes("lead").text(nothing);
        none.block("p").text(hint);
        list = in.block("ol").classes("ends").attribute("tabindex", "0");
        list.attribute("aria-label", "What ended lately").visible(false);
    }

    /** Shows what is new among these, the last one first. One thread at a time. */
    public void show(List<Watch.Ended> ends) {
        List<Watch.Ended> fresh =
                ends.stream().filter(end -> end.number() > newest).toList();
        if (fresh.isEmpty()) {
            return;
        }
        newest = fresh.getFirst().number();
        none.visible(false);
        list.visible(true);
        fresh.reversed().forEach(this::add);
        while (lines.size() > SHOWN) {
            lines.removeLast().block().remove();
        }
        count();
    }

    private void add(Watch.Ended end) {
        Block line = list.add(0, new Block("li"));
        LocalTime time = LocalTime.ofInstant(Instant.ofEpochMilli(end.at()), ZoneId.systemDefault());
        line.block("time", when -> {
            when.block("span").text(time.truncatedTo(ChronoUnit.SECONDS) + (time.getSecond() == 0 ? ":00" : ""));
            when.block("small").text("after " + Parts.duration(end.lastedMillis()));
        });
        line.block("div", what -> {
            what.block("code").text(end.route());
            what.block("small").text(end.how());
        });
        line.block("span").classes("chip " + end.kind()).text(end.reason());
        lines.addFirst(new Line(line, end.reason().split(" ", -1)[0], end.kind()));
    }

    /** How many of each kind are in the list. */
    private void count() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        Map<String, String> kinds = new LinkedHashMap<>();
        for (Line line : lines) {
            counts.merge(line.reason(), 1, Integer::sum);
            kinds.put(line.reason(), line.kind());
        }
        tally.clear();
        counts.forEach((reason, count) ->
                tally.block("span").classes("chip " + kinds.get(reason)).text(count + " × " + reason));
    }
}
