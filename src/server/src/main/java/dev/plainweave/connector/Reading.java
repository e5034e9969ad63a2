package dev.plainweave.connector;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Who reads a connection's socket, when: carries out what its {@link ReadTurn} decides, with the loop's thread, with a
 * helper where the loop is busy, or with an owner that has taken the connection over.
 */
final class Reading {
    private final BlockingEndPoint endPoint;
    private final ReadTurn turn = new ReadTurn();
    private @Nullable Thread loop;
    private @Nullable Runnable owner;
    private boolean unwinding;

    Reading(BlockingEndPoint endPoint) {
        this.endPoint = endPoint;
    }

    ReadTurn turn() {
        return turn;
    }

    /** The thread that the connection lives on from now on. */
    void loop(Thread thread) {
        loop = thread;
    }

    @Nullable
    Thread loop() {
        return loop;
    }

    /** Takes what is there, unless somebody else is reading; -1 at the end of the stream. */
    int fill(ByteBuffer buffer) throws IOException {
        if (turn.quiet()) {
            return endPoint.drain(buffer);
        }
        // Somebody waits for bytes: look only if no read is under way.
        if (!turn.claimToDrain()) {
            return endPoint.inputEnded() ? -1 : 0;
        }
        try {
            return endPoint.drain(buffer);
        } finally {
            summon(turn.drained());
        }
    }

    /** What registers now is the last thing before the stack unwinds: whether that is the loop's own stack. */
    boolean beginLastInterest() {
        if (Thread.currentThread() != loop) {
            return false;
        }
        unwinding = true;
        return true;
    }

    void endLastInterest(boolean own) {
        if (own) {
            unwinding = false;
        }
    }

    /** Interest has been registered. */
    void wanted() {
        summon(turn.interest(Thread.currentThread() == loop && unwinding));
    }

    private void summon(ReadTurn.Summon summon) {
        switch (summon) {
            case NOBODY -> {}
            case LOOP -> LockSupport.unpark(loop);
            case HELPER -> endPoint.start("read", this::help);
        }
    }

    /** Does the one read that the busy loop cannot do. */
    private void help() {
        if (turn.claimByHelper()) {
            endPoint.awaitReadable();
            if (turn.finishedByHelper()) {
                LockSupport.unpark(loop);
            } else {
                endPoint.getFillInterest().fillable();
            }
        }
    }

    /** Lets it run on the connection's own thread when the stack that is there now has unwound. */
    void takeOver(Runnable newOwner) {
        owner = newOwner;
        if (turn.own()) {
            LockSupport.unpark(loop);
        }
    }

    /** What shall run on the connection's thread from now on, once. */
    @Nullable
    Runnable takeOwner() {
        Runnable taken = owner;
        owner = null;
        return taken;
    }

    /** The connection is closed: the loop shall see it. */
    void close() {
        if (turn.close()) {
            LockSupport.unpark(loop);
        }
    }
}
