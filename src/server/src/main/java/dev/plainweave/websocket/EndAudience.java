package dev.plainweave.websocket;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who wants to hear of a session's end. Callbacks are the application's code and may block, so they get a thread of their
 * own: whoever meets the end, perhaps a broadcaster or the one that stops the server, goes on at once.
 */
final class EndAudience {
    private static final Logger LOGGER = LoggerFactory.getLogger(WebSocketSession.class);
    /** Guards the audiences of all sessions, which few have and none for long. */
    private static final ReentrantLock LOCK = new ReentrantLock();

    private final List<Consumer<? super End>> callbacks = new ArrayList<>(1);
    private final List<Thread> waiters = new ArrayList<>(1);

    private EndAudience() {}

    /** Adds a callback; false when the session has ended already. */
    static boolean add(ServerSession session, Consumer<? super End> callback) {
        LOCK.lock();
        try {
            return session.ended() == null && of(session).callbacks.add(callback);
        } finally {
            LOCK.unlock();
        }
    }

    static void remove(ServerSession session, Consumer<? super End> callback) {
        LOCK.lock();
        try {
            if (session.audience != null) {
                session.audience.callbacks.remove(callback);
            }
        } finally {
            LOCK.unlock();
        }
    }

    /** Adds a thread to be unparked at the end; it looks for itself whether the end was there before. */
    static void addWaiter(ServerSession session, Thread waiter) {
        LOCK.lock();
        try {
            of(session).waiters.add(waiter);
        } finally {
            LOCK.unlock();
        }
    }

    static boolean hasWaiters(ServerSession session) {
        LOCK.lock();
        try {
            return session.audience != null && !session.audience.waiters.isEmpty();
        } finally {
            LOCK.unlock();
        }
    }

    /** Tells everybody, once; the session has its end by now, and nobody is added any more. */
    static void tellAll(ServerSession session) {
        EndAudience audience;
        LOCK.lock();
        try {
            audience = session.audience;
            session.audience = null;
        } finally {
            LOCK.unlock();
        }
        if (audience == null) {
            return;
        }
        audience.waiters.forEach(LockSupport::unpark);
        if (!audience.callbacks.isEmpty()) {
            Thread.ofVirtual()
                    .name("end-" + session.id())
                    .start(() -> audience.callbacks.forEach(callback -> tell(session, callback)));
        }
    }

    private static EndAudience of(ServerSession session) {
        EndAudience audience = session.audience;
        if (audience == null) {
            audience = new EndAudience();
            session.audience = audience;
        }
        return audience;
    }

    /** Calls back; what the callback throws is its own affair. */
    static void tell(ServerSession session, Consumer<? super End> callback) {
        End known = session.ended();
        try {
            if (known != null) {
                callback.accept(known);
            }
        } catch (Throwable failed) {
            LOGGER.warn("a callback for the end of {} failed", session, failed);
        }
    }
}
