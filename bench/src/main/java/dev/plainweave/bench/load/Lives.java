package dev.plainweave.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Whole connection lives, one after another on a few blocking platform threads; as fast as they go, or at a fixed pace. */
public final class Lives implements Load {

    /** One connection from connect to end; {@code n} counts up. */
    public interface Life {
        void live(int n) throws IOException;
    }

    private final Life life;
    private final long intervalNanos;
    private final List<Thread> workers = new ArrayList<>();
    private final ThreadCpu cpu;
    private final AtomicLong tickets = new AtomicLong();
    private final AtomicLong completed = new AtomicLong();
    private final AtomicLong lateNanos = new AtomicLong();
    private final long start = System.nanoTime();
    private volatile boolean stopping;
    private volatile @Nullable Throwable failure;

    private Lives(int threads, double perSecond, Life life) {
        this.life = life;
        this.intervalNanos = perSecond == 0 ? 0 : Math.round(1e9 / perSecond);
        for (int i = 0; i < threads; i++) {
            workers.add(Thread.ofPlatform().daemon().name("life-" + i).unstarted(this::run));
        }
        this.cpu = new ThreadCpu(workers);
    }

    /** Starts one life after the other on each of {@code threads}. */
    public static Lives unpaced(int threads, Life life) {
        return new Lives(threads, 0, life).begin();
    }

    /** Starts {@code perSecond} lives a second, at even distances, on at most {@code threads} at once. */
    public static Lives paced(int threads, double perSecond, Life life) {
        return new Lives(threads, perSecond, life).begin();
    }

    private Lives begin() {
        workers.forEach(Thread::start);
        return this;
    }

    /** The worst delay of a life behind its intended start since the last call, in nanoseconds. */
    public long worstDelayNanos() {
        return lateNanos.getAndSet(0);
    }

    private void run() {
        try {
            while (!stopping) {
                long ticket = tickets.getAndIncrement();
                if (intervalNanos > 0) {
                    long due = start + ticket * intervalNanos;
                    Threads.awaitPrecisely(due);
                    lateNanos.accumulateAndGet(System.nanoTime() - due, Math::max);
                    if (stopping) {
                        return;
                    }
                }
                life.live((int) ticket);
                completed.incrementAndGet();
            }
        } catch (Throwable died) {
            failure = died;
            stopping = true;
        }
    }

    @Override
    public long completed() {
        return completed.get();
    }

    @Override
    public long cpuNanos() {
        return cpu.nanos();
    }

    @Override
    public int threads() {
        return workers.size();
    }

    @Override
    public void check() {
        Throwable died = failure;
        if (died != null) {
            throw new LoadException("connection life", died);
        }
    }

    @Override
    public void finish(int timeoutMillis) {
        close();
        check();
        if (workers.stream().anyMatch(Thread::isAlive)) {
            throw new LoadException("a connection's life does not end");
        }
    }

    @Override
    public void close() {
        stopping = true;
        for (Thread worker : workers) {
            Threads.join(worker, TimeUnit.MILLISECONDS.toNanos(2L * Client.TIMEOUT_MILLIS));
        }
    }
}
