package dev.plainweave.websocket;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A client's own slowness: one step a tick, and what it was late for it catches up with. */
final class Pace implements AutoCloseable {
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Semaphore ticks = new Semaphore(0);

    Pace(Duration period) {
        clock.scheduleAtFixedRate(ticks::release, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Waits for the next tick. */
    void step() throws InterruptedException {
        ticks.acquire();
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
