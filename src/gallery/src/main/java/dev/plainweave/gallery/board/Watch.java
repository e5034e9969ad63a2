package dev.plainweave.gallery.board;

import dev.plainweave.gallery.live.LiveChart.Point;
import dev.plainweave.gallery.live.Pulse;
import dev.plainweave.server.Stats;
import dev.plainweave.ui.PageFunction;
import dev.plainweave.websocket.End;
import dev.plainweave.websocket.SessionHandler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Which sessions and pages are open on which route, and how the latest ones ended; the last minute of all of them. */
public final class Watch {
    private static final Duration PACE = Duration.ofMillis(250);
    private static final int KEPT = 60;
    private static final long SECOND_MS = 1_000;
    private static final int KEPT_SECONDS = 62;

    /**
     * A session or page that has ended.
     *
     * @param number counts the ends, from 1
     * @param at milliseconds since 1970
     */
    public record Ended(
            long number, String route, String reason, String kind, String how, long lastedMillis, long at) {}

    private final Supplier<Stats> stats;
    private final Pulse pulse = new Pulse("board", PACE, this::look);
    private final Map<String, Integer> open = new TreeMap<>();
    private final Deque<Ended> ended = new ArrayDeque<>();
    private final Deque<Point> seconds = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private long ends;
    private long endedBefore = -1;

    /** Watches a server that may not have started yet. */
    public Watch(Supplier<Stats> stats) {
        this.stats = stats;
    }

    /** Beats four times a second. */
    public Pulse pulse() {
        return pulse;
    }

    /** The server's own figures. */
    public Stats stats() {
        return stats.get();
    }

    /** The same handler, with its sessions in view. */
    public SessionHandler over(String route, SessionHandler handler) {
        return session -> {
            count(route, 1);
            session.onEnd(end -> note(route, end));
            handler.handle(session);
        };
    }

    /** The same page, with its visits in view. */
    public PageFunction page(String route, PageFunction function) {
        return page -> {
            long began = System.nanoTime();
            count(route, 1);
            page.onClose(end -> note(
                    route,
                    end.name(),
                    Reasons.kind(end),
                    Reasons.words(end),
                    Duration.ofNanos(System.nanoTime() - began).toMillis()));
            function.build(page);
        };
    }

    private void note(String route, End end) {
        note(
                route,
                end.reason() + " " + end.code(),
                Reasons.kind(end.reason()),
                Reasons.words(end.reason()) + ", met by "
                        + end.operation().name().toLowerCase(Locale.ROOT),
                end.lasted().toMillis());
    }

    private void note(String route, String reason, String kind, String how, long lasted) {
        lock.lock();
        try {
            open.merge(route, -1, Integer::sum);
            ended.addFirst(new Ended(++ends, route, reason, kind, how, lasted, System.currentTimeMillis()));
            if (ended.size() > KEPT) {
                ended.removeLast();
            }
        } finally {
            lock.unlock();
        }
    }

    private void count(String route, int more) {
        lock.lock();
        try {
            open.merge(route, more, Integer::sum);
        } finally {
            lock.unlock();
        }
    }

    /** Once a second: how many sessions there are, and how many ended since the last second. */
    private void look() {
        long now = System.currentTimeMillis();
        Stats figures = stats.get();
        lock.lock();
        try {
            if (!seconds.isEmpty() && now - seconds.getLast().at() < SECOND_MS) {
                return;
            }
            long total = figures.sessions().ended();
            long since = endedBefore < 0 ? 0 : total - endedBefore;
            endedBefore = total;
            seconds.addLast(new Point(now, List.of((double) figures.sessions().openNow()), since));
            seconds.removeIf(point -> point.at() < now - KEPT_SECONDS * SECOND_MS);
        } finally {
            lock.unlock();
        }
    }

    /** The last minute, the oldest second first. */
    List<Point> seconds() {
        lock.lock();
        try {
            return List.copyOf(seconds);
        } finally {
            lock.unlock();
        }
    }

    /** Sessions and pages open now, by route. */
    Map<String, Integer> open() {
        lock.lock();
        try {
            return new TreeMap<>(open);
        } finally {
            lock.unlock();
        }
    }

    /** The latest ends on routes that begin so, the last one first. */
    public List<Ended> ended(String prefix) {
        lock.lock();
        try {
            return ended.stream().filter(end -> end.route().startsWith(prefix)).toList();
        } finally {
            lock.unlock();
        }
    }
}
