package dev.plainweave.connector;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures how long a virtual thread waits for a carrier. Virtual threads are not time-sliced: handlers that compute
 * without a pause occupy the carriers (one per processor) and everybody else waits. The probe starts a virtual thread at
 * every tick of the clock and notes how late it runs; above {@value #WARNING_MILLIS} ms it says so, once a minute.
 */
public final class SchedulingProbe {
    /** Delay above which a warning is due. */
    public static final long WARNING_MILLIS = 500;

    private static final Logger LOGGER = LoggerFactory.getLogger(SchedulingProbe.class);
    private static final long WARNING_PAUSE = TimeUnit.MINUTES.toNanos(1);

    private volatile long pendingSince;
    private volatile boolean pending;
    private volatile long lastDelay;
    private long lastWarning;
    private boolean warned;

    SchedulingProbe() {}

    /** The newest delay in nanoseconds; while a probe still waits, how long it has waited until now. */
    public long delayNanos() {
        return pending ? Math.max(lastDelay, System.nanoTime() - pendingSince) : lastDelay;
    }

    /** On the clock's thread. */
    void tick(long now) {
        if (pending) {
            long waited = now - pendingSince;
            if (waited >= TimeUnit.MILLISECONDS.toNanos(WARNING_MILLIS)
                    && (!warned || now - lastWarning >= WARNING_PAUSE)) {
                warned = true;
                lastWarning = now;
                LOGGER.warn(
                        "virtual threads have waited {} ms for a processor: a handler computes without a pause,"
                                + " or holds a monitor while it blocks (JDK 21 to 23)",
                        TimeUnit.NANOSECONDS.toMillis(waited));
            }
            return;
        }
        pendingSince = now;
        pending = true;
        Thread.ofVirtual().name("probe").start(() -> {
            lastDelay = System.nanoTime() - pendingSince;
            pending = false;
        });
    }
}
