package dev.plainweave.websocket;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A client's own slowness: one step a tick, and what it was late for it catches up with. */
final class Pace implements AutoCloseable {
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Semaphore ticks = new Semaphore(0);
    private final ScheduledFuture<?> ticking;

    Pace(Duration period) {
        ticking = clock.scheduleAtFixedRate(ticks::release, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Waits for the next tick. */
    void step() throws InterruptedException {
        ticks.acquire();
    }

    @Override
    public void close() {
        ticking.cancel(false);
        clock.shutdown();
    }
}
