package dev.plainweave.bench.scenario;

import dev.plainweave.bench.process.Memory;

/** When a server had let go of connections, seen by its open descriptors. */
final class Cut {
    private final long pid;
    private final int goal;
    private final long start = System.nanoTime();
    private long nanos;

    /** {@code goal} descriptors are left when all of them are gone. */
    Cut(long pid, int goal) {
        this.pid = pid;
        this.goal = goal;
    }

    void look() {
        if (nanos == 0 && Memory.descriptors(pid) <= goal) {
            nanos = System.nanoTime() - start;
        }
    }

    boolean done() {
        return nanos > 0;
    }

    /** Seconds until they were gone; {@code neverMillis} if they never were. */
    double seconds(int neverMillis) {
        return done() ? nanos / 1e9 : neverMillis / 1e3;
    }
}
