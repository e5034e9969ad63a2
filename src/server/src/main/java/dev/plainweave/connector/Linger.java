package dev.plainweave.connector;

import java.util.concurrent.TimeUnit;

/**
 * How long a closed connection goes on reading what its peer still sends: until the timeout, or until nothing has come for
 * {@value #QUIET_MILLIS} ms; while bytes are being written, neither begins. Used by the clock's thread only.
 */
final class Linger {
    /** A peer that sends nothing for so long is taken to have nothing to send. */
    static final long QUIET_MILLIS = 500;

    private final long timeoutNanos;
    private boolean begun;
    private long start;
    private long lastProgress;
    private long lastBytes;

    Linger(long timeoutNanos) {
        this.timeoutNanos = timeoutNanos;
    }

    /** Whether it is over, now that so many bytes have been dropped. */
    boolean over(long now, long bytes, boolean writing) {
        if (!begun || writing) {
            begun = true;
            start = now;
        }
        if (bytes != lastBytes || start == now) {
            lastBytes = bytes;
            lastProgress = now;
        }
        return now - start >= timeoutNanos || now - lastProgress >= TimeUnit.MILLISECONDS.toNanos(QUIET_MILLIS);
    }
}
