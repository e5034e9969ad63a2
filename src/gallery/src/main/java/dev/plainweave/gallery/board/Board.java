package dev.plainweave.gallery.board;

import dev.plainweave.gallery.live.Audience;
import dev.plainweave.gallery.live.Json;
import dev.plainweave.server.Stats;
import dev.plainweave.websocket.End;
import dev.plainweave.websocket.WebSocketOptions;
import dev.plainweave.websocket.WebSocketSession;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * The live board. Four times a second everybody who watches is told how the server stands, and which sessions have ended
 * lately: each message is the whole picture, so that a slow watcher skips pictures and never falls behind.
 */
public final class Board {
    private static final Duration PACE = Duration.ofMillis(250);

    /** The server's own figures. */
    record Figures(
            String type,
            int connections,
            long sessions,
            long opened,
            long ended,
            Map<End.Reason, Long> endedBy,
            Map<String, Integer> openOn,
            long handlerFailures,
            long schedulingMicros) {}

    /** The latest ends. */
    record Ends(String type, List<Watch.Ended> latest) {}

    private final Watch watch;
    private final Supplier<Stats> stats;
    private final Audience audience = new Audience("board", PACE, this::show);
    /** The newest end that all watchers know of; -1 when somebody has come who may have missed one. */
    private final AtomicLong shown = new AtomicLong(-1);

    /** A board of what is watched, and of the figures of a server that may not have started yet. */
    public Board(Watch watch, Supplier<Stats> stats) {
        this.watch = watch;
        this.stats = stats;
    }

    /** A watcher says nothing. */
    public static void limits(WebSocketOptions options) {
        options.maxMessageBytes(1024);
    }

    /** Serves one watcher: the picture as it is, then every later one. */
    public void serve(WebSocketSession session) {
        session.send(Json.message(figures()));
        session.send(Json.message(ends()));
        audience.add(session);
        shown.set(-1);
        session.awaitEnd();
    }

    private void show(Audience watchers) {
        watchers.tell("figures", Json.message(figures()));
        Ends ends = ends();
        long newest = ends.latest().isEmpty() ? 0 : ends.latest().getFirst().number();
        if (shown.getAndSet(newest) != newest) {
            watchers.tell("ends", Json.message(ends));
        }
    }

    private Ends ends() {
        return new Ends("ends", watch.ended());
    }

    private Figures figures() {
        Stats now = stats.get();
        Map<End.Reason, Long> endedBy = new EnumMap<>(End.Reason.class);
        for (End.Reason reason : End.Reason.values()) {
            endedBy.put(reason, now.sessions().ended(reason));
        }
        return new Figures(
                "figures",
                now.connections(),
                now.sessions().openNow(),
                now.sessions().opened(),
                now.sessions().ended(),
                endedBy,
                watch.open(),
                now.sessions().handlerFailures(),
                now.schedulingDelay().toNanos() / 1000);
    }
}
