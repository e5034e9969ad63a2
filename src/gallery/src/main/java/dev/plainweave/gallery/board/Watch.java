package dev.plainweave.gallery.board;

import dev.plainweave.websocket.End;
import dev.plainweave.websocket.SessionHandler;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/** Which sessions are open on which route, and how the latest ones ended. */
public final class Watch {
    private static final int KEPT = 60;

    /**
     * A session that has ended.
     *
     * @param number counts the ends, from 1
     * @param at milliseconds since 1970
     */
    record Ended(
            long number,
            long session,
            String route,
            End.Reason reason,
            int code,
            End.Operation operation,
            long lastedMillis,
            long at) {}

    private final Map<String, Integer> open = new TreeMap<>();
    private final Deque<Ended> ended = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private long ends;

    /** The same handler, with its sessions in view. */
    public SessionHandler over(String route, SessionHandler handler) {
        return session -> {
            count(route, 1);
            session.onEnd(end -> note(session.id(), route, end));
            handler.handle(session);
        };
    }

    private void note(long session, String route, End end) {
        lock.lock();
        try {
            count(route, -1);
            long lasted = end.lasted().toMillis();
            long now = System.currentTimeMillis();
            ended.addFirst(new Ended(++ends, session, route, end.reason(), end.code(), end.operation(), lasted, now));
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

    /** Sessions open now, by route. */
    Map<String, Integer> open() {
        lock.lock();
        try {
            return new TreeMap<>(open);
        } finally {
            lock.unlock();
        }
    }

    /** The latest ends, the last one first. */
    List<Ended> ended() {
        lock.lock();
        try {
            return List.copyOf(ended);
        } finally {
            lock.unlock();
        }
    }
}
