package dev.plainweave.server;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One of the application's own checks. It runs on a virtual thread of its own, once at a time however many ask. */
final class HealthCheck {
    /** How it went. */
    enum Result {
        UP,
        DOWN,
        FAILED,
        TIMEOUT
    }

    private static final Logger LOGGER = LoggerFactory.getLogger(Health.class);

    private final String name;
    private final Callable<Boolean> check;
    private final Duration timeout;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable CompletableFuture<Result> running;
    private Result last = Result.UP;

    HealthCheck(String name, Callable<Boolean> check, Duration timeout) {
        this.name = Objects.requireNonNull(name, "name");
        this.check = Objects.requireNonNull(check, "check");
        this.timeout = timeout;
    }

    String name() {
        return name;
    }

    /** Starts it, unless it still runs: a check that hangs does not collect threads. */
    CompletableFuture<Result> begin() {
        lock.lock();
        try {
            CompletableFuture<Result> known = running;
            if (known == null || known.isDone()) {
                CompletableFuture<Result> begun = new CompletableFuture<>();
                running = begun;
                Thread.ofVirtual().name("ready " + name).start(() -> begun.complete(run()));
                return begun;
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    private Result run() {
        try {
            Boolean up = check.call();
            Result result = Boolean.TRUE.equals(up) ? Result.UP : Result.DOWN;
            note(result, null);
            return result;
        } catch (Throwable failed) {
            note(Result.FAILED, failed);
            return Result.FAILED;
        }
    }

    /** Waits for what has {@linkplain #begin() begun}, as long as it may take. */
    Result await(CompletableFuture<Result> begun) {
        try {
            return begun.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException slow) {
            note(Result.TIMEOUT, null);
            return Result.TIMEOUT;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } catch (InterruptedException leaving) {
            Thread.currentThread().interrupt();
            return Result.TIMEOUT;
        }
    }

    /** Logs a change, and only that: checks are asked every few seconds. */
    private void note(Result result, @Nullable Throwable cause) {
        lock.lock();
        try {
            if (result == last) {
                return;
            }
            last = result;
        } finally {
            lock.unlock();
        }
        switch (result) {
            case UP -> LOGGER.info("readiness check '{}' is up again", name);
            case DOWN -> LOGGER.warn("readiness check '{}' says no", name);
            case FAILED -> LOGGER.warn("readiness check '{}' failed", name, cause);
            case TIMEOUT -> LOGGER.warn("readiness check '{}' has not answered within {}", name, timeout);
        }
    }
}
