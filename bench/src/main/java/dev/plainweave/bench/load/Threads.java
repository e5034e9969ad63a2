package dev.plainweave.bench.load;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** Waiting, in the two ways a load needs it. */
public final class Threads {
    /** What Linux adds to a timed wait by default (timer slack), plus the wake-up. */
    private static final long OVERSLEEP_NANOS = 60_000;

    private static final long SLICE_NANOS = 20_000_000;

    private Threads() {}

    static void join(Thread thread, long nanos) {
        try {
            TimeUnit.NANOSECONDS.timedJoin(thread, nanos);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new LoadException("interrupted", interrupted);
        }
    }

    /**
     * Waits for the end of a thread for as long as it makes progress: until it has made none for that long. On a machine
     * that has other things to do, what is late is not lost.
     */
    static void joinWhileProgress(Thread thread, LongSupplier progress, int timeoutMillis) {
        long timeout = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        long seen = progress.getAsLong();
        long since = System.nanoTime();
        while (thread.isAlive() && System.nanoTime() - since < timeout) {
            join(thread, Math.min(timeout, SLICE_NANOS));
            long now = progress.getAsLong();
            if (now != seen) {
                seen = now;
                since = System.nanoTime();
            }
        }
    }

    /** Parks until shortly before {@code nanoTime}, and spins the rest: precise, and nearly free at 200 us and more. */
    static void awaitPrecisely(long nanoTime) {
        await(nanoTime, true);
    }

    /** Parks, and spins the last moments only if asked to; else it may be late by as much. */
    static void await(long nanoTime, boolean precisely) {
        long left = nanoTime - System.nanoTime();
        while (left > 0) {
            if (!precisely) {
                LockSupport.parkNanos(left);
            } else if (left > OVERSLEEP_NANOS) {
                LockSupport.parkNanos(left - OVERSLEEP_NANOS);
            } else {
                Thread.onSpinWait();
            }
            left = nanoTime - System.nanoTime();
        }
    }

    /** Waits on the clock. */
    public static void sleep(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new LoadException("interrupted", interrupted);
        }
    }
}
