package dev.plainweave.connector;

import java.util.concurrent.locks.LockSupport;

/**
 * Lets the other virtual threads have their turn. They are not time-sliced: one whose peer always has bytes to read, or
 * always room for more, never waits, and would keep a carrier to itself for as long as that goes on; as many such peers as
 * there are processors would stop everybody else. So whoever moves bytes notes it here, and gives up its place once in a
 * while. The note is a number in a field of theirs, since every connection has some.
 */
public final class TimeSlice {
    /** What a thread may do before it yields. A call is 1, and each whole KiB it moved another 1. */
    private static final int TURN = 128;

    /**
     * Every so many turns it waits in earnest, for as short as can be. Threads that yield to each other stay in their
     * carrier's own queue, and while that is not empty the carrier takes nothing that comes from outside: no byte that has
     * arrived for anybody else, no timer.
     */
    private static final int TURNS = 16;

    private TimeSlice() {}

    /**
     * Notes that bytes were read or written in one call; perhaps gives way. Never on a platform thread, which the system
     * interrupts.
     *
     * @param spent what the last call returned, at first 0
     * @return what is spent now, from 0 to 2047
     */
    @SuppressWarnings("ThreadPriorityCheck") // to yield is the whole point: nobody else takes the carrier away
    public static int spend(int spent, long bytes) {
        int now = spent + 1 + Math.clamp(bytes >> 10, 0, TURN - 1);
        if (now / TURN == spent / TURN) {
            return now;
        }
        boolean last = now >= TURNS * TURN;
        if (!Thread.currentThread().isVirtual()) {
            return 0;
        }
        if (last) {
            LockSupport.parkNanos(1);
        } else {
            Thread.yield();
        }
        return last ? 0 : now;
    }
}
