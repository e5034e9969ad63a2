package dev.plainweave.websocket;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who wants to hear of a session's end. Callbacks are the application's code and may block, so they get a thread of their
 * own: whoever meets the end, perhaps a broadcaster or the one that stops the server, goes on at once.
 */
final class EndAudience {
    private static final Logger LOGGER = LoggerFactory.getLogger(WebSocketSession.class);
    /** Guards the lists of all sessions, which few have and none for long. */
    private static final ReentrantLock LOCK = new ReentrantLock();

    private @Nullable List<Consumer<? super End>> callbacks;
    private @Nullable List<Thread> waiters;

    /** Adds a callback; false when the session has ended already. */
    boolean add(Consumer<? super End> callback, ServerSession session) {
        LOCK.lock();
        try {
            if (session.ended() != null) {
                return false;
            }
            callbacks = callbacks == null ? new ArrayList<>(1) : callbacks;
            callbacks.add(callback);
            return true;
        } finally {
            LOCK.unlock();
        }
    }

    void remove(Consumer<? super End> callback) {
        LOCK.lock();
        try {
            if (callbacks != null) {
                callbacks.remove(callback);
            }
        } finally {
            LOCK.unlock();
        }
    }

    /** Adds a thread to be unparked at the end; it looks for itself whether the end was there before. */
    void addWaiter(Thread waiter) {
        LOCK.lock();
        try {
            waiters = waiters == null ? new ArrayList<>(1) : waiters;
            waiters.add(waiter);
        } finally {
            LOCK.unlock();
        }
    }

    boolean hasWaiters() {
        LOCK.lock();
        try {
            return waiters != null;
        } finally {
            LOCK.unlock();
        }
    }

    /** Tells everybody, once. */
    void tellAll(ServerSession session) {
        List<Consumer<? super End>> toCall;
        List<Thread> toWake;
        LOCK.lock();
        try {
            toCall = callbacks;
            toWake = waiters;
            callbacks = null;
            waiters = null;
        } finally {
            LOCK.unlock();
        }
        if (toWake != null) {
            toWake.forEach(LockSupport::unpark);
        }
        if (toCall != null && !toCall.isEmpty()) {
            Thread.ofVirtual()
                    .name("end-" + session.id())
                    .start(() -> toCall.forEach(callback -> tell(session, callback)));
        }
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
