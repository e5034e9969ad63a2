package dev.plainweave.orders;

import java.util.concurrent.Semaphore;
import org.jetbrains.lincheck.Lincheck;

/**
 * A story told in every order that its threads may take, as far as a model checker gets in so many runs.
 *
 * <p>Three things Lincheck does not see, each of which would make a test that cannot fail. What is handed to a thread of the
 * JDK's own class: it keeps its task where Lincheck does not look, so that a race over what only the task knows is never
 * found; therefore {@link Actor}. A call of {@code join} on anything but a {@code Thread}: Lincheck does not take it for
 * one, and hangs. A wake-up that is lost: to Lincheck every {@code LockSupport.park} may end by itself, as the JDK allows;
 * therefore {@link #park}.
 */
public final class EveryOrder {
    /** How many times as thorough as {@code mvn test} has time for: {@code -Dplainweave.orders}. */
    public static final int THOROUGH = Integer.getInteger("plainweave.orders", 1);

    private EveryOrder() {}

    /** What is checked: it makes all its objects anew, and ends when all its threads have ended. */
    public interface Story {
        void tell() throws InterruptedException;
    }

    /** A thread of a story. */
    public static final class Actor extends Thread {
        private final Runnable task;
        private final Semaphore permit = new Semaphore(0);

        private Actor(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            task.run();
        }
    }

    public static Thread actor(Runnable task) {
        return new Actor(task);
    }

    /** Tells it, until it fails or all orders have been tried or there were so many runs. */
    public static void of(int runs, Story story) {
        Lincheck.runConcurrentTest(runs, () -> {
            try {
                story.tell();
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        });
    }

    /** Runs them side by side, to their ends. */
    public static void together(Runnable... tasks) throws InterruptedException {
        Thread[] actors = new Thread[tasks.length];
        for (int at = 0; at < tasks.length; at++) {
            actors[at] = actor(tasks[at]);
        }
        for (Thread actor : actors) {
            actor.start();
        }
        for (Thread actor : actors) {
            actor.join();
        }
    }

    /** As {@code LockSupport.park} of an actor, except that it never ends by itself. */
    public static void park() {
        if (!Thread.currentThread().isInterrupted()) {
            permit(Thread.currentThread()).acquireUninterruptibly();
        }
    }

    /** As {@code LockSupport.parkNanos} of an actor whose time is over at once; false if it was. */
    public static boolean parkBriefly() {
        return permit(Thread.currentThread()).tryAcquire();
    }

    /** As {@code LockSupport.unpark}. */
    public static void unpark(Thread actor) {
        Semaphore permit = permit(actor);
        permit.release();
        if (permit.availablePermits() > 1) {
            permit.tryAcquire();
        }
    }

    /** As {@code Thread.interrupt}. */
    public static void interrupt(Thread actor) {
        actor.interrupt();
        unpark(actor);
    }

    private static Semaphore permit(Thread actor) {
        return ((Actor) actor).permit;
    }

    public static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
