package dev.plainweave.connector;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Who reads next: the state of one connection's reading, without a channel and without a thread, so that it can be
 * checked by itself.
 *
 * <p>Three parties meet here. The <i>loop</i> is the connection's own thread. A <i>helper</i> is a short-lived thread that
 * does one read while the loop is busy inside a handler. Any thread may register <i>interest</i>. There is one reader at a
 * time, and every interest is served exactly once: by the loop if it can, else by a helper.
 */
final class ReadTurn {
    /** Somebody wants to be told when there are bytes. */
    private static final int INTEREST = 1;
    /** A read is going on. */
    private static final int READING = 2;
    /** The loop waits for something to do. */
    private static final int PARKED = 4;
    /** A helper has read while the loop waited: the loop delivers. */
    private static final int READY = 8;
    /** A new owner waits to run on the loop's thread, or runs there: nobody else reads from now on. */
    private static final int OWNED = 16;
    /** The connection is closed. */
    private static final int CLOSED = 32;

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(ReadTurn.class, "state", int.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /** What the party that registered interest must do. */
    enum Summon {
        /** Nothing: the loop, or a reader already there, will see it. */
        NOBODY,
        /** Unpark the loop. */
        LOOP,
        /** Start a helper; it may find that the loop was quicker. */
        HELPER
    }

    /** What the loop does next. */
    enum Task {
        /** Read, then {@link #finishedByLoop()}, then deliver. */
        READ,
        /** Deliver what a helper read. */
        DELIVER,
        /** Run the new owner. */
        RUN_OWNER,
        /** Park, then ask again. */
        PARK,
        /** Leave. */
        LEAVE
    }

    @SuppressWarnings("UnusedVariable") // through STATE
    private volatile int state;

    /**
     * Interest has been registered.
     *
     * @param unwinding whether this is the loop's own thread and the last thing it does before it comes back to its loop
     */
    Summon interest(boolean unwinding) {
        while (true) {
            int seen = state;
            if ((seen & PARKED) != 0 && (seen & READING) == 0) {
                if (STATE.compareAndSet(this, seen, (seen | INTEREST) & ~PARKED)) {
                    return Summon.LOOP;
                }
            } else if (STATE.compareAndSet(this, seen, seen | INTEREST)) {
                return unwinding || (seen & (READING | OWNED | CLOSED)) != 0 ? Summon.NOBODY : Summon.HELPER;
            }
        }
    }

    /** The loop asks for its next task. */
    Task next() {
        while (true) {
            int seen = state;
            if ((seen & CLOSED) != 0) {
                return Task.LEAVE;
            }
            if ((seen & (OWNED | READING)) == OWNED) {
                return Task.RUN_OWNER;
            }
            if ((seen & READY) != 0) {
                if (STATE.compareAndSet(this, seen, seen & ~(READY | PARKED))) {
                    return Task.DELIVER;
                }
            } else if ((seen & (INTEREST | READING)) == INTEREST) {
                if (STATE.compareAndSet(this, seen, (seen | READING) & ~PARKED)) {
                    return Task.READ;
                }
            } else if ((seen & PARKED) != 0 || STATE.compareAndSet(this, seen, seen | PARKED)) {
                return Task.PARK;
            }
        }
    }

    /** A helper asks whether there is still a read for it to do. */
    boolean claimByHelper() {
        while (true) {
            int seen = state;
            if ((seen & (INTEREST | READING | OWNED | CLOSED)) != INTEREST) {
                return false;
            }
            if (STATE.compareAndSet(this, seen, seen | READING)) {
                return true;
            }
        }
    }

    /** The loop's read is done; it delivers now. */
    void finishedByLoop() {
        clear(READING | INTEREST);
    }

    /**
     * The helper's read is done.
     *
     * @return true if the loop waits and shall be unparked to deliver; false if the helper delivers, since the loop is busy
     */
    boolean finishedByHelper() {
        while (true) {
            int seen = state;
            int next = seen & ~(READING | INTEREST | PARKED);
            boolean loopWaits = (seen & PARKED) != 0;
            if (STATE.compareAndSet(this, seen, loopWaits ? next | READY : next)) {
                return loopWaits;
            }
        }
    }

    /** Whether bytes may be taken without asking: nobody reads, and nobody is about to. */
    boolean quiet() {
        return (state & (INTEREST | READING)) == 0;
    }

    /** Takes the read for a moment, to drain what is there while interest is registered. */
    boolean claimToDrain() {
        while (true) {
            int seen = state;
            if ((seen & READING) != 0) {
                return false;
            }
            if (STATE.compareAndSet(this, seen, seen | READING)) {
                return true;
            }
        }
    }

    /** Gives back what {@link #claimToDrain()} took; a reader that came meanwhile has gone and must be summoned again. */
    Summon drained() {
        while (true) {
            int seen = state;
            boolean wanted = (seen & (INTEREST | OWNED)) != 0 && (seen & CLOSED) == 0;
            boolean wake = wanted && (seen & PARKED) != 0;
            if (STATE.compareAndSet(this, seen, wake ? seen & ~(READING | PARKED) : seen & ~READING)) {
                return wake ? Summon.LOOP : wanted && (seen & OWNED) == 0 ? Summon.HELPER : Summon.NOBODY;
            }
        }
    }

    /** A new owner shall run on the loop's thread; returns whether the loop must be unparked for it. */
    boolean own() {
        return set(OWNED);
    }

    /** The connection is closed; returns whether the loop must be unparked to see it. */
    boolean close() {
        return set(CLOSED);
    }

    private boolean set(int bit) {
        while (true) {
            int seen = state;
            if (STATE.compareAndSet(this, seen, (seen | bit) & ~PARKED)) {
                return (seen & PARKED) != 0;
            }
        }
    }

    private void clear(int bits) {
        while (true) {
            int seen = state;
            if (STATE.compareAndSet(this, seen, seen & ~bits)) {
                return;
            }
        }
    }
}
