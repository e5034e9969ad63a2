package dev.plainweave.connector;

import java.util.concurrent.TimeUnit;

/**
 * Tells a stalled transfer from a slow but steady one: stalled is what makes no progress for the timeout, or stays below
 * {@value #MIN_BYTES_PER_SECOND} bytes a second over three times the timeout. Made when a tick of the clock finds a
 * transfer under way, so that a transfer that is done at once never costs one. Used by the clock's thread only.
 */
public final class StallMeter {
    /** The least that a transfer must achieve. */
    public static final long MIN_BYTES_PER_SECOND = 1024;

    private final long timeoutNanos;
    private long windowStart;
    private long windowBytes;
    private long lastProgress;
    private long lastBytes;

    /**
     * Begins to watch.
     *
     * @param timeoutNanos how long a transfer may make no progress
     * @param now the tick's {@link System#nanoTime()}
     * @param bytes bytes transferred until now
     */
    public StallMeter(long timeoutNanos, long now, long bytes) {
        this.timeoutNanos = timeoutNanos;
        windowStart = now;
        windowBytes = bytes;
        lastProgress = now;
        lastBytes = bytes;
    }

    /** Looks again: whether the transfer, now at that many bytes, counts as stalled. */
    public boolean stalled(long now, long bytes) {
        if (bytes != lastBytes) {
            lastBytes = bytes;
            lastProgress = now;
        } else if (now - lastProgress >= timeoutNanos) {
            return true;
        }
        long window = now - windowStart;
        if (window >= 3 * timeoutNanos) {
            long least = MIN_BYTES_PER_SECOND * window / TimeUnit.SECONDS.toNanos(1);
            if (bytes - windowBytes < least) {
                return true;
            }
            windowStart = now;
            windowBytes = bytes;
        }
        return false;
    }
}
