package dev.plainweave.ui;

import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Threads that wait for something of the page, all of which the page's end releases. Whoever holds the turn gives it up for
 * the wait, and what is there so far is shown.
 */
final class Waits {
    private static final Duration FOR_EVER = Duration.ofDays(365);

    private final ReentrantLock lock = new ReentrantLock();
    private final Turn turn;
    private final Runnable flush;
    private final BooleanSupplier forbidden;
    private final int most;
    private int waiting;
    private @Nullable Map<CompletableFuture<?>, Thread> open;
    private @Nullable PageEnd end;
    /** The GET, until it has been answered: it waits for what there is to show. */
    private volatile @Nullable CountDownLatch rendered = new CountDownLatch(1);

    /**
     * Nobody waits.
     *
     * @param most how many may
     * @param flush shows what has changed
     * @param forbidden whether the thread that asks may not wait
     */
    Waits(Turn turn, int most, Runnable flush, BooleanSupplier forbidden) {
        this.turn = turn;
        this.most = most;
        this.flush = flush;
        this.forbidden = forbidden;
    }

    // The first answer.

    /** Waits until there is something to show; false if that takes longer. */
    boolean awaitRendered(Duration limit) throws InterruptedException {
        CountDownLatch latch = rendered;
        return latch == null || latch.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** There is. */
    void rendered() {
        CountDownLatch latch = rendered;
        if (latch != null) {
            latch.countDown();
        }
    }

    /** The GET has been answered. */
    void answered() {
        rendered = null;
    }

    // The end.

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
        rendered();
        all.forEach(wait -> wait.completeExceptionally(new PageClosedException(reason)));
        return true;
    }

    /** Throws when the page has ended. */
    void check() {
        end().ifPresent(reason -> {
            throw new PageClosedException(reason);
        });
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

    // Waiting.

    /** Waits until there is a result, or throws when the page has ended. */
    <T> T await(CompletableFuture<T> result) {
        return await(result, FOR_EVER).orElseThrow();
    }

    /**
     * Waits for the result, but not longer than that, and not longer than the page lives.
     *
     * @return the result; empty when the time was over
     */
    <T> Optional<T> await(CompletableFuture<T> result, Duration limit) {
        try {
            return withoutTurn(() -> result(result, limit));
        } catch (RuntimeException own) {
            throw own;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the user", interrupted);
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Does work of any kind; whoever has the turn is without it meanwhile. */
    <T> T withoutTurn(Callable<T> work) throws Exception {
        if (forbidden.getAsBoolean()) {
            throw new IllegalStateException("nothing may wait inside atomically(...): wait before or after it");
        }
        begin();
        try {
            return turn.isHeldByMe() ? givingUp(work) : shown(work);
        } finally {
            ended();
        }
    }

    private <T> T givingUp(Callable<T> work) throws Exception {
        rendered();
        turn.giveUp();
        try {
            return shown(work);
        } finally {
            turn.takeBack();
        }
    }

    private <T> T shown(Callable<T> work) throws Exception {
        flush.run();
        return work.call();
    }

    private void begin() {
        lock.lock();
        try {
            if (waiting >= most) {
                throw new IllegalStateException("as many wait for this page as may at a time, " + most
                        + ": let a handler run once at a time (EventPolicy.DROP_WHILE_RUNNING), or raise the limit with"
                        + " pages(limit -> limit.waits(...))");
            }
            waiting++;
        } finally {
            lock.unlock();
        }
    }

    private void ended() {
        lock.lock();
        try {
            waiting--;
        } finally {
            lock.unlock();
        }
    }

    private <T> Optional<T> result(CompletableFuture<T> result, Duration limit) throws InterruptedException {
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
