package dev.plainweave.ui;

import dev.plainweave.websocket.Registration;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One platform thread for all pages of a server. What it runs is short and never waits; an idle page has nothing here. */
final class Clock implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Page.class);

    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "page-clock");
        thread.setDaemon(true);
        return thread;
    });

    Clock() {
        executor.setRemoveOnCancelPolicy(true);
    }

    /** Runs the task once. Nothing happens after the close. */
    @SuppressWarnings("FutureReturnValueIgnored") // what it runs does not throw
    void after(Duration delay, Runnable task) {
        try {
            executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            LOGGER.trace("the clock has stopped");
        }
    }

    /** Runs the task again and again, which must not throw. Nothing happens after the close. */
    Registration every(Duration period, Runnable task) {
        try {
            Future<?> ticks =
                    executor.scheduleAtFixedRate(task, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
            return () -> ticks.cancel(false);
        } catch (RejectedExecutionException closed) {
            return () -> {};
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
