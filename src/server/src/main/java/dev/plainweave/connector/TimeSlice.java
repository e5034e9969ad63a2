package dev.plainweave.connector;

import java.util.concurrent.locks.LockSupport;

/**
 * Lets the other virtual threads have their turn. They are not time-sliced: one whose peer always has bytes to read, or
 * always room for more, never waits, and would keep a carrier to itself for as long as that goes on; as many such peers as
 * there are processors would stop everybody else. So whoever moves bytes notes it here, and gives up its place once in a
 * while. Used by one thread at a time; where two use it, they only yield a little more or less often.
 */
public final class TimeSlice {
    /** What a thread may do before it yields: so many bytes, each call counted as {@link #CALL} of them. */
    static final int BYTES = 128 * 1024;

    static final int CALL = 1024;

    /**
     * Every so many turns it waits in earnest, for as short as can be. Threads that yield to each other stay in their
     * carrier's own queue, and while that is not empty the carrier takes nothing that comes from outside: no byte that has
     * arrived for anybody else, no timer.
     */
    private static final int TURNS = 16;

    private int used;
    private int turns;

    /** Nothing done yet. */
    public TimeSlice() {}

    /** Bytes were read or written in one call; perhaps yields. Never on a platform thread, which the system interrupts. */
    public void spend(long bytes) {
        used += CALL + Math.clamp(bytes, 0, BYTES);
        if (used >= BYTES) {
            used = 0;
            if (Thread.currentThread().isVirtual()) {
                giveWay();
            }
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // to yield is the whole point: nobody else takes the carrier away
    private void giveWay() {
        if (++turns % TURNS == 0) {
            LockSupport.parkNanos(this, 1);
        } else {
            Thread.yield();
        }
    }
}
