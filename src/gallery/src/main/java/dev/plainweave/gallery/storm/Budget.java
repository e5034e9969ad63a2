package dev.plainweave.gallery.storm;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** How many storm clients there may be, counted over all visitors: so many at once, and so many a minute. */
final class Budget {
    /** Clients that may be open at once. */
    static final int AT_ONCE = 50;
    /** Clients that may be opened within a minute. */
    static final int PER_MINUTE = 400;

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final Deque<Long> opened = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final LongSupplier nanoTime;
    private int open;

    Budget(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Takes room for that many clients, all or none; what stands against it, if anything does. */
    Optional<String> take(int clients) {
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            while (!opened.isEmpty() && now - opened.getFirst() > MINUTE) {
                opened.removeFirst();
            }
            if (open + clients > AT_ONCE) {
                return Optional.of("There are " + open + " storm clients now, and " + AT_ONCE
                        + " are the most at once. Wait a few seconds, or send fewer.");
            }
            if (opened.size() + clients > PER_MINUTE) {
                return Optional.of(
                        PER_MINUTE + " storm clients a minute are the most, over all visitors. Wait a little.");
            }
            for (int client = 0; client < clients; client++) {
                opened.addLast(now);
            }
            open += clients;
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** One client is done. */
    void giveBack() {
        lock.lock();
        try {
            open--;
        } finally {
            lock.unlock();
        }
    }

    /** Clients that are open now. */
    int open() {
        lock.lock();
        try {
            return open;
        } finally {
            lock.unlock();
        }
    }
}
