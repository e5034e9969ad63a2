package dev.plainweave.ui;

import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Threads that wait for something of the page, all of which the page's end releases. */
final class Waits {
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Map<CompletableFuture<?>, Thread> open;
    private @Nullable PageEnd end;

    /** Why the page has ended, if it has. */
    Optional<PageEnd> end() {
        lock.lock();
        try {
            return Optional.ofNullable(end);
        } finally {
            lock.unlock();
        }
    }

    /** Releases everybody; false, if that was done before. */
    boolean end(PageEnd reason) {
        List<CompletableFuture<?>> all;
        lock.lock();
        try {
            if (end != null) {
                return false;
            }
            end = reason;
            all = open == null ? List.of() : List.copyOf(open.keySet());
            open = null;
        } finally {
            lock.unlock();
        }
        all.forEach(wait -> wait.completeExceptionally(new PageClosedException(reason)));
        return true;
    }

    private void enter(CompletableFuture<?> wait) {
        lock.lock();
        try {
            if (end != null) {
                throw new PageClosedException(end);
            }
            open = open == null ? new IdentityHashMap<>(2) : open;
            open.put(wait, Thread.currentThread());
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("UndefinedEquals") // the map is one of identities
    private void leave(CompletableFuture<?> wait) {
        lock.lock();
        try {
            if (open != null) {
                open.remove(wait);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for the result, but not longer than that, and not longer than the page lives.
     *
     * @return the result; empty when the time was over
     */
    <T> Optional<T> await(CompletableFuture<T> result, Duration limit) throws InterruptedException {
        enter(result);
        try {
            return Optional.of(result.get(limit.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException over) {
            return Optional.empty();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException own) {
                throw own;
            }
            throw new IllegalStateException(failed.getCause());
        } finally {
            leave(result);
        }
    }
}
