package dev.plainweave.ui;

import java.util.concurrent.TimeUnit;

/**
 * So many in a second, and as many more at once: what comes faster waits. (The generic cell rate algorithm, ITU-T I.371,
 * annex A: one number, the time when all that came would have been due.) For one thread.
 */
final class Pace {
    private final long interval;
    private long due = System.nanoTime();

    Pace(int perSecond) {
        interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
    }

    /** Takes one, and waits when it comes too early; whether it did. */
    boolean take() throws InterruptedException {
        long now = System.nanoTime();
        due = Math.max(due, now) + interval;
        long early = due - now - TimeUnit.SECONDS.toNanos(1);
        if (early <= 0) {
            return false;
        }
        TimeUnit.NANOSECONDS.sleep(early);
        return true;
    }
}
