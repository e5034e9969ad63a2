package dev.plainweave.ui;

import java.util.ArrayDeque;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One handler of a page at a time, in the order of arrival. A handler keeps the turn while it blocks in code of its own; it
 * gives it up where it waits for the user, and then gets it back before any new handler begins. No thread waits here but
 * those that want it back: a handler whose turn has not come is an entry in a queue.
 */
final class Turn {
    private static final int START = 2;
    private static final ThreadFactory HANDLERS =
            Thread.ofVirtual().name("page-handler").factory();

    /** A thread that gave the turn up and wants it back. */
    private static final class Returning {
        final Thread thread = Thread.currentThread();
        final Condition granted;
        boolean isGranted;

        Returning(Condition granted) {
            this.granted = granted;
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final ArrayDeque<Runnable> handlers = new ArrayDeque<>(START);
    private final ArrayDeque<Returning> returning = new ArrayDeque<>(START);
    private final int maxWaiting;
    private final Runnable onEnd;
    private final ThreadFactory threads;
    private boolean ended;
    private volatile @Nullable Thread holder;

    /**
     * A turn that nobody has.
     *
     * @param onEnd told whenever a handler has ended, without the turn where no other follows
     */
    Turn(int maxWaiting, Runnable onEnd) {
        this(maxWaiting, onEnd, HANDLERS);
    }

    Turn(int maxWaiting, Runnable onEnd, ThreadFactory threads) {
        this.maxWaiting = maxWaiting;
        this.onEnd = onEnd;
        this.threads = threads;
    }

    boolean isHeldByMe() {
        return holder == Thread.currentThread();
    }

    boolean isBusy() {
        return holder != null;
    }

    int waiting() {
        lock.lock();
        try {
            return handlers.size();
        } finally {
            lock.unlock();
        }
    }

    /** Runs the handler as soon as all before it have ended or wait. Returns at once. */
    void submit(Runnable handler) {
        lock.lock();
        try {
            if (ended) {
                return;
            }
            if (holder == null) {
                startOn(handler);
            } else {
                handlers.add(handler);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The same, before those that have not begun. */
    void submitNext(Runnable handler) {
        lock.lock();
        try {
            if (ended) {
                return;
            }
            if (holder == null) {
                startOn(handler);
            } else {
                handlers.addFirst(handler);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until no more handlers wait than may. */
    void awaitRoom() throws InterruptedException {
        lock.lock();
        try {
            while (handlers.size() >= maxWaiting) {
                room.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Forgets the handlers that have not begun, and takes no more. Who has the turn, or wants it back, goes on. */
    void end() {
        lock.lock();
        try {
            ended = true;
            handlers.clear();
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void startOn(Runnable handler) {
        Thread thread = threads.newThread(() -> loop(handler));
        holder = thread;
        thread.start();
    }

    private void loop(Runnable first) {
        Runnable handler = first;
        while (handler != null) {
            try {
                handler.run();
            } finally {
                handler = next();
            }
            onEnd.run();
        }
    }

    /** What this thread shall run next, still holding the turn; or null, when it holds it no more. */
    private @Nullable Runnable next() {
        lock.lock();
        try {
            if (!returning.isEmpty() || handlers.isEmpty()) {
                pass();
                return null;
            }
            room.signal();
            return handlers.remove();
        } finally {
            lock.unlock();
        }
    }

    /** Gives the turn up, for a wait. Only its holder may. */
    void giveUp() {
        lock.lock();
        try {
            pass();
        } finally {
            lock.unlock();
        }
    }

    private void pass() {
        Returning back = returning.poll();
        if (back != null) {
            holder = back.thread;
            back.isGranted = true;
            back.granted.signal();
            return;
        }
        Runnable handler = handlers.poll();
        if (handler == null) {
            holder = null;
        } else {
            room.signal();
            startOn(handler);
        }
    }

    /** Waits for the turn, before all handlers that have not begun. An interrupt stays set and does not end the wait. */
    void takeBack() {
        lock.lock();
        try {
            if (holder == null) {
                holder = Thread.currentThread();
                return;
            }
            Returning me = new Returning(lock.newCondition());
            returning.add(me);
            while (!me.isGranted) {
                me.granted.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }
}
