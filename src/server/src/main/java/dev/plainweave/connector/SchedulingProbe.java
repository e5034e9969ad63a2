package dev.plainweave.connector;

import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures how long a virtual thread waits for a carrier. Virtual threads are not time-sliced: handlers that compute
 * without a pause occupy the carriers (one per processor) and everybody else waits. The probe starts a virtual thread at
 * every tick of the clock and notes how late it runs. Above {@value #WARNING_MILLIS} ms it says so, once a minute, unless
 * so many connections were served meanwhile that the wait was a long queue of short turns: a thousand clients that
 * leave at once are no defect of a handler.
 */
public final class SchedulingProbe {
    /** Delay above which a warning is due. */
    public static final long WARNING_MILLIS = 500;
    /** Above this mean, a turn on a carrier counts as computing without a pause. */
    static final long LONG_TURN_MILLIS = 25;

    private static final Logger LOGGER = LoggerFactory.getLogger(SchedulingProbe.class);
    private static final long WARNING_PAUSE = TimeUnit.MINUTES.toNanos(1);

    private volatile long pendingSince;
    private volatile boolean pending;
    private volatile long lastDelay;
    private long lastWarning;
    private boolean warned;

    private final Executor scheduler;

    SchedulingProbe() {
        this(task -> Thread.ofVirtual().name("probe").start(task));
    }

    SchedulingProbe(Executor scheduler) {
        this.scheduler = scheduler;
    }

    /** The newest delay in nanoseconds; while a probe still waits, how long it has waited until now. */
    public long delayNanos() {
        return pending ? Math.max(lastDelay, System.nanoTime() - pendingSince) : lastDelay;
    }

    /**
     * On the clock's thread.
     *
     * @param now this tick
     * @param served how many connections were served since that many nanoseconds ago; asked only before a warning
     */
    void tick(long now, LongToIntFunction served) {
        if (!pending) {
            pendingSince = now;
            pending = true;
            scheduler.execute(() -> {
                lastDelay = System.nanoTime() - pendingSince;
                pending = false;
            });
        } else if (late(now) && (!warned || now - lastWarning >= WARNING_PAUSE) && longTurns(now, served)) {
            warned = true;
            lastWarning = now;
            LOGGER.warn(
                    "virtual threads have waited {} ms for a processor: a handler computes without a pause"
                            + " (let it do so in Cpu.run), or holds a monitor while it blocks (JDK 21 to 23)",
                    TimeUnit.NANOSECONDS.toMillis(now - pendingSince));
        }
    }

    private boolean late(long now) {
        return now - pendingSince >= TimeUnit.MILLISECONDS.toNanos(WARNING_MILLIS);
    }

    private boolean longTurns(long now, LongToIntFunction served) {
        long waited = now - pendingSince;
        long carriers = Runtime.getRuntime().availableProcessors();
        return carriers * waited > TimeUnit.MILLISECONDS.toNanos(LONG_TURN_MILLIS) * served.applyAsInt(waited);
    }
}
