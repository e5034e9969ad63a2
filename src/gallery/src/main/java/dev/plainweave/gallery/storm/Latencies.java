package dev.plainweave.gallery.storm;

import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/** What the neighbours have measured since the last look. */
final class Latencies {
    private static final int MOST = 4_096;

    /** The median, the 99th percentile and the longest, in microseconds, of so many echoes. */
    record Summary(int echoes, long p50, long p99, long longest) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final long[] micros = new long[MOST];
    private int count;

    void add(long nanos) {
        lock.lock();
        try {
            if (count < MOST) {
                micros[count++] = nanos / 1000;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Sums up, and begins anew. */
    Summary take() {
        long[] taken;
        lock.lock();
        try {
            taken = Arrays.copyOf(micros, count);
            count = 0;
        } finally {
            lock.unlock();
        }
        if (taken.length == 0) {
            return new Summary(0, 0, 0, 0);
        }
        Arrays.sort(taken);
        return new Summary(taken.length, rank(taken, 0.50), rank(taken, 0.99), taken[taken.length - 1]);
    }

    /** The smallest value that at least this share does not exceed. */
    private static long rank(long[] sorted, double share) {
        return sorted[(int) Math.ceil(share * sorted.length) - 1];
    }
}
