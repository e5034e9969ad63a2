package dev.plainweave.connector;

/** Something with deadlines. The clock looks at it every quarter of a second, on the clock's one platform thread. */
public interface Clocked {
    /**
     * Looks whether a deadline has passed. Must not block and must not do IO: what is due is done on another thread.
     *
     * @param nanoTime {@link System#nanoTime()} of this tick
     */
    void tick(long nanoTime);
}
