package dev.plainweave.ui;

import dev.plainweave.websocket.Registration;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One platform thread for all pages of a server. What it runs is short and never waits; an idle page has nothing here. */
final class Clock implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Page.class);
    /** How exactly {@link #soon} is meant. */
    static final Duration TICK = Duration.ofMillis(2);

    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "page-clock");
        thread.setDaemon(true);
        return thread;
    });
    private final Queue<BooleanSupplier> looks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean ticking = new AtomicBoolean();

    Clock() {
        executor.setRemoveOnCancelPolicy(true);
    }

    /**
     * Has something looked at with each of the next ticks, until it says false. All pages share a tick, and there is none
     * while nothing is to be looked at: what comes and goes with each event must cost no timer of its own.
     */
    void soon(BooleanSupplier look) {
        looks.add(look);
        tickIfNeeded();
    }

    private void tickIfNeeded() {
        if (!looks.isEmpty() && ticking.compareAndSet(false, true)) {
            after(TICK, this::tick);
        }
    }

    private void tick() {
        try {
            for (int left = looks.size(); left > 0; left--) {
                BooleanSupplier look = looks.remove();
                if (looked(look)) {
                    looks.add(look);
                }
            }
        } finally {
            ticking.set(false);
            tickIfNeeded();
        }
    }

    private static boolean looked(BooleanSupplier look) {
        try {
            return look.getAsBoolean();
        } catch (RuntimeException failed) {
            LOGGER.warn("a page could not be sent", failed);
            return false;
        }
    }

    /** Runs the task once, which must not throw. Nothing happens after the close. */
    Registration after(Duration delay, Runnable task) {
        try {
            Future<?> once = executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> once.cancel(false);
        } catch (RejectedExecutionException closed) {
            return () -> {};
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

    /** What is to be run, once or again and again. */
    int waiting() {
        return executor.getQueue().size();
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
