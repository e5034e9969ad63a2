package dev.plainweave.websocket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The seat from which a session's socket is read, and who sits on it; what is done there is its subclass's. It knows
 * neither a socket nor frames, so that it can be checked by itself.
 *
 * <p>A thread that calls {@code receive} takes the seat and reads the socket itself, without a hand-over. When nobody has
 * sat there for a while, the clock sends an <i>attendant</i>, a virtual thread that answers pings, takes pongs and the
 * Close, meets the end of the stream or a reset, and holds back at most one message. A {@code receive} that finds the
 * attendant on the seat waits for what it reads; the attendant leaves at the first occasion. A {@code receive} with a
 * timeout always has an attendant read, since a blocked read of a socket cannot be given up. After the session's end
 * whoever sits there drops what still comes, until the connection is done.
 */
abstract class Seat {
    private static final int FREE = 0;
    private static final int RECEIVER = 1;
    private static final int ATTENDANT = 2;
    private static final VarHandle SEAT;
    private static final VarHandle RECEIVING;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            SEAT = lookup.findVarHandle(Seat.class, "seat", int.class);
            RECEIVING = lookup.findVarHandle(Seat.class, "receiving", Thread.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private volatile int seat;
    private volatile @Nullable Message held;
    /** The thread inside {@code receive}. */
    private volatile @Nullable Thread receiving;

    private volatile @Nullable Thread attendant;
    /** Whether the receiving thread comes back with a timeout, so that the attendant may as well stay. */
    private volatile boolean timed;
    /** The session's thread, when it waits for the connection's end. */
    private volatile @Nullable Thread finishing;

    // ---- what is done on the seat, by whoever sits there

    /** Waits for a message; null when the session has ended. */
    abstract @Nullable Message readMessage();

    /** Waits for a control frame and obeys it; false when what comes is a message, which is left, or the session has ended. */
    abstract boolean readControl();

    /** Waits for what comes after the session's end, and drops it. */
    abstract void readAndDrop();

    /** Gives back what is borrowed for reading: nobody reads any more. Perhaps more than once. */
    abstract void giveBack();

    // ---- what it asks and tells of the session

    /** Whether the session's end is settled. */
    abstract boolean hasEnded();

    /** Whether nothing more is read or written; the end was settled before. */
    abstract boolean transportDone();

    /** Before waiting for a message: throws if the session has ended, or ends now. */
    abstract void checkReceiving();

    /** The receiving thread was interrupted: ends the session. */
    abstract void interrupted();

    /** The attendant failed: ends the session. */
    abstract void broken(Throwable failure);

    /** A thread for the attendant, not yet started. */
    abstract Thread attendant(Runnable task);

    // ---- waiting; a model checker waits in its own way

    void park() {
        LockSupport.park(this);
    }

    void park(long nanos) {
        LockSupport.parkNanos(this, nanos);
    }

    void unpark(@Nullable Thread thread) {
        LockSupport.unpark(thread);
    }

    long nanoTime() {
        return System.nanoTime();
    }

    // ---- receiving

    /** The next message; null when none came before the deadline. {@code Long.MAX_VALUE} nanoseconds wait for ever. */
    final @Nullable Message receive(long timeoutNanos) {
        Thread caller = Thread.currentThread();
        if (!RECEIVING.compareAndSet(this, null, caller)) {
            throw new IllegalStateException("another thread is receiving from this session: " + receiving);
        }
        try {
            return timeoutNanos == Long.MAX_VALUE ? receiveNow() : receiveBefore(nanoTime() + timeoutNanos);
        } finally {
            receiving = null;
        }
    }

    private Message receiveNow() {
        if (timed) {
            timed = false;
        }
        while (true) {
            Message message = takeHeld();
            if (message != null) {
                return message;
            }
            checkReceiving();
            if (SEAT.compareAndSet(this, FREE, RECEIVER)) {
                try {
                    message = takeHeld(); // the attendant may have left one on its way out
                    message = message != null ? message : readMessage();
                } finally {
                    leave();
                }
                if (message != null) {
                    return message;
                }
            } else {
                park();
                checkInterrupt();
            }
        }
    }

    private @Nullable Message receiveBefore(long deadline) {
        timed = true;
        while (true) {
            Message message = takeHeld();
            if (message != null) {
                return message;
            }
            checkReceiving();
            attend();
            long left = deadline - nanoTime();
            if (left <= 0) {
                return takeHeld();
            }
            park(left);
            checkInterrupt();
        }
    }

    private @Nullable Message takeHeld() {
        Message message = held;
        if (message != null) {
            held = null;
            unpark(attendant); // it may wait for the place
        }
        return message;
    }

    private void checkInterrupt() {
        if (Thread.currentThread().isInterrupted()) {
            interrupted();
        }
    }

    // ---- the attendant

    /** Sends an attendant to the seat, if it is free. */
    final void attend() {
        if (SEAT.compareAndSet(this, FREE, ATTENDANT)) {
            try {
                Thread thread = attendant(this::serve);
                attendant = thread;
                thread.start();
            } catch (Throwable noThread) { // for want of memory
                attendant = null;
                leave();
                throw noThread;
            }
        }
    }

    private void serve() {
        try {
            boolean on = true;
            while (on) {
                on = hasEnded() ? drain() : held == null ? readAndHold() : readControls();
            }
        } catch (Throwable failed) {
            broken(failed);
        } finally {
            attendant = null;
            leave();
        }
    }

    /** Reads a message and leaves it for the handler; false when the attendant shall go. */
    private boolean readAndHold() {
        Message message = readMessage();
        Thread waiting = null;
        if (message != null) { // else the session has ended
            held = message;
            waiting = receiving;
            unpark(waiting);
        }
        return waiting == null || timed; // a handler that waits without a timeout is back to read for itself
    }

    /** While a message is held back: reads on as long as only control frames come; false when the attendant shall go. */
    private boolean readControls() {
        if (readControl() || hasEnded()) {
            return true;
        }
        while (held != null && !hasEnded()) {
            park();
        }
        return timed || hasEnded();
    }

    /** After the end: reads and drops what still comes, until the connection is done. Always false. */
    private boolean drain() {
        while (!transportDone()) {
            readAndDrop();
        }
        return false;
    }

    private void leave() {
        boolean done = transportDone();
        if (done) {
            giveBack();
        }
        seat = FREE;
        if (hasEnded()) {
            if (!done && transportDone()) {
                giveBackIfFree(); // whoever finished it meanwhile has found the seat taken
            }
            unpark(finishing);
        }
        Thread waiting = receiving;
        if (waiting != null && waiting != Thread.currentThread()) {
            unpark(waiting);
        }
    }

    // ---- the end

    /** Wakes whoever waits in {@code receive} or for the held place: the session has ended. */
    final void wake() {
        unpark(receiving);
        unpark(attendant);
    }

    /** The connection is done: gives back what is borrowed, now or when whoever sits on the seat leaves. */
    final void transportIsDone() {
        wake();
        giveBackIfFree();
        unpark(finishing);
    }

    private void giveBackIfFree() {
        if (SEAT.compareAndSet(this, FREE, RECEIVER)) {
            giveBack();
            seat = FREE;
        }
    }

    /** The last act of the session's thread: drops what still comes until the connection is done. */
    final void drainToClose() {
        while (!transportDone()) {
            if (SEAT.compareAndSet(this, FREE, RECEIVER)) {
                try {
                    drain();
                } finally {
                    leave();
                }
            } else {
                awaitFree();
            }
        }
    }

    /** Waits until the attendant has brought the connection to its end, or has left the seat. */
    private void awaitFree() {
        finishing = Thread.currentThread();
        while (!transportDone() && seat != FREE) {
            park();
            Thread.interrupted(); // or this would spin
        }
        finishing = null;
    }

    // ---- what the clock sees, exact enough for a tick

    final boolean isFree() {
        return seat == FREE;
    }

    final boolean holdsMessage() {
        return held != null;
    }

    /** Whether a thread waits in {@code receive} and no message is there for it. */
    final boolean receiverWaits() {
        return receiving != null && held == null;
    }
}
