package dev.plainweave.connector;

/**
 * Lets the other virtual threads have their turn. They are not time-sliced: one whose peer always has bytes to read, or
 * always room for more, never waits, and would keep a carrier to itself for as long as that goes on; as many such peers as
 * there are processors would stop everybody else. So whoever moves bytes notes it here, and gives up its place once in a
 * while. The note is a number in a field of theirs, since every connection has some.
 */
public final class TimeSlice {
    /** What a thread may do before it yields. A call is 1, and each whole KiB it moved another 1. */
    private static final int PORTIONS = 128;

    private TimeSlice() {}

    /**
     * Notes that bytes were read or written in one call; perhaps yields. Never on a platform thread, which the system
     * interrupts.
     *
     * @param spent what the last call returned, at first 0
     * @return what is spent now, from 0 to 127
     */
    @SuppressWarnings("ThreadPriorityCheck") // to yield is the whole point: nobody else takes the carrier away
    public static int spend(int spent, long bytes) {
        int now = spent + 1 + Math.clamp(bytes >> 10, 0, PORTIONS);
        if (now < PORTIONS) {
            return now;
        }
        if (Thread.currentThread().isVirtual()) {
            Thread.yield();
        }
        return 0;
    }
}
