package dev.plainweave.gallery.chat;

import dev.plainweave.gallery.board.Reasons;
import dev.plainweave.gallery.site.Parts;
import dev.plainweave.ui.Block;
import dev.plainweave.ui.Container;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/** The lines of a room, as one visitor sees them. */
final class Conversation {
    private static final int SHOWN = 200;
    /** Lines of one person that follow each other within this time have one head. */
    private static final Duration TOGETHER = Duration.ofMinutes(2);

    private final Block list;
    private final Block empty;
    private final Deque<Block> lines = new ArrayDeque<>();
    private Supplier<String> me = () -> "";
    private ChatEvent.Said last = new ChatEvent.Said("", "", Instant.EPOCH);

    Conversation(Container in) {
        empty = in.block("div").classes("empty");
        empty.image("/images/favicon.svg", "");
        empty.block("p").classes("lead").text("Pull up a thread.");
        empty.block("p")
                .text("Everyone here is served by virtual threads of their own. Open this page twice, close one, and"
                        + " read how that visitor left.");
        list = in.block("ol").classes("lines").visible(false);
        list.attribute("role", "log").attribute("tabindex", "0").attribute("aria-label", "Conversation");
        list.attribute("data-follow", "");
    }

    /** By whose name one's own lines are known. */
    void me(Supplier<String> name) {
        me = name;
    }

    void show(ChatEvent event) {
        empty.visible(false);
        list.visible(true);
        Block line = list.block("li");
        lines.addLast(line);
        if (lines.size() > SHOWN) {
            lines.removeFirst().remove();
        }
        switch (event) {
            case ChatEvent.Said said -> said(line, said);
            case ChatEvent.Joined joined -> move(line, joined.name(), "joined", event.at());
            case ChatEvent.Renamed renamed -> move(line, renamed.before(), "is now " + renamed.name(), event.at());
            case ChatEvent.Left left -> {
                line.block("span")
                        .classes("chip " + Reasons.kind(left.reason()))
                        .text(left.reason().name());
                move(
                        line,
                        left.name(),
                        "left after " + Parts.duration(left.stayedMillis()) + ": " + Reasons.words(left.reason()),
                        event.at());
            }
        }
    }

    private void said(Block line, ChatEvent.Said said) {
        boolean more = said.name().equals(last.name())
                && Duration.between(last.at(), said.at()).compareTo(TOGETHER) < 0;
        last = said;
        line.classes("said" + (more ? " more" : "") + (said.name().equals(me.get()) ? " mine" : ""));
        if (!more) {
            badge(line, said.name());
            line.block("div", head -> {
                head.classes("who").block("b").text(said.name());
                head.block("time").text(time(said.at()));
            });
        }
        line.block("div").classes("text").text(said.text());
    }

    private void move(Block line, String who, String what, Instant at) {
        last = new ChatEvent.Said("", "", Instant.EPOCH);
        line.classes("move");
        line.block("b").text(who);
        line.block("span").text(what);
        line.block("time").text(time(at));
    }

    /** The first letter of a name, in the name's colour. */
    static void badge(Container in, String name) {
        in.block("span")
                .classes("badge-name hue-" + Math.floorMod(name.hashCode(), 12))
                .attribute("aria-hidden", "true")
                .text(name.substring(0, name.offsetByCodePoints(0, 1)));
    }

    private static String time(Instant at) {
        return LocalTime.ofInstant(at, ZoneId.systemDefault())
                .truncatedTo(ChronoUnit.MINUTES)
                .toString();
    }
}
