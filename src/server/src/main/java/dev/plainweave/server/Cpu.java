package dev.plainweave.server;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Runs work that computes, rather than waits, on a small pool of platform threads.
 *
 * <pre>{@code
 * builder.get("/thumbnail/{id}", (request, response) -> {
 *     byte[] image = Cpu.run(() -> scale(original));
 *     response.getOutputStream().write(image);
 * });
 * }</pre>
 *
 * <p>Virtual threads are not time-sliced: a handler that computes for a second has a processor to itself for that second,
 * and as many of them as there are processors make everybody else wait. Threads of this pool are time-sliced by the system,
 * so that the handler may take its time and others are served meanwhile.
 *
 * <p>One pool serves the whole process. It has {@value #THREADS} threads (a system property; by default one per processor)
 * and lets {@value #QUEUE} tasks wait (by default 1,000). Its threads are daemons named {@code cpu-<n>}, and end after a
 * minute without work.
 */
public final class Cpu {
    /** The system property that says how many threads compute: 1 to 1,000; by default one per processor. */
    public static final String THREADS = "dev.plainweave.cpu.threads";
    /** The system property that says how many tasks may wait for a thread: 1 to 1,000,000; by default 1,000. */
    public static final String QUEUE = "dev.plainweave.cpu.queue";

    private static final LongAdder REFUSED = new LongAdder();
    private static final ThreadPoolExecutor POOL =
            pool(setting(THREADS, Runtime.getRuntime().availableProcessors(), 1_000), setting(QUEUE, 1_000, 1_000_000));

    private Cpu() {}

    /**
     * Has the work done on the pool and waits for its result. From within such work it runs at once, on the same thread.
     *
     * <p>An interrupt while waiting gives up: work that has not begun will not begin, work that has begun is interrupted in
     * its turn and left to itself.
     *
     * @throws Exception what the work has thrown, itself and not wrapped
     * @throws InterruptedException when the waiting thread was interrupted
     * @throws RejectedExecutionException when as many tasks wait already as may
     */
    public static <T> T run(Callable<T> work) throws Exception {
        if (Thread.currentThread() instanceof CpuThread) {
            return work.call();
        }
        FutureTask<T> task = new FutureTask<>(work);
        POOL.execute(task);
        try {
            return task.get();
        } catch (InterruptedException giveUp) {
            task.cancel(true);
            POOL.remove(task);
            throw giveUp;
        } catch (CancellationException impossible) {
            throw new IllegalStateException(impossible);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Error error) {
                throw error;
            }
            throw failed.getCause() instanceof Exception own ? own : failed;
        }
    }

    /** Threads that compute now. */
    public static int active() {
        return POOL.getActiveCount();
    }

    /** Tasks that wait for a thread now. */
    public static int waiting() {
        return POOL.getQueue().size();
    }

    /** Tasks refused so far, since too many were waiting. */
    public static long refused() {
        return REFUSED.sum();
    }

    /** How many may compute at a time. */
    public static int threads() {
        return POOL.getMaximumPoolSize();
    }

    static ThreadPoolExecutor pool(int threads, int queue) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads,
                threads,
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(queue),
                CpuThread::new,
                (task, full) -> {
                    REFUSED.increment();
                    throw new RejectedExecutionException("all " + threads + " cpu threads are busy and " + queue
                            + " tasks wait already (system properties " + THREADS + " and " + QUEUE + ")");
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    static int setting(String property, int standard, int most) {
        String text = System.getProperty(property, Integer.toString(standard));
        try {
            int value = Integer.parseInt(text.strip());
            if (value >= 1 && value <= most) {
                return value;
            }
        } catch (NumberFormatException notOne) {
            // the same answer as for one out of range
        }
        throw new IllegalArgumentException(property + " must be a number from 1 to " + most + ", was '" + text + "'");
    }

    /** A thread of the pool, known by its type. */
    private static final class CpuThread extends Thread {
        private static final java.util.concurrent.atomic.AtomicInteger COUNT =
                new java.util.concurrent.atomic.AtomicInteger();

        CpuThread(Runnable work) {
            super(work, "cpu-" + COUNT.incrementAndGet());
            setDaemon(true);
        }
    }
}
