package dev.plainweave.websocket;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/**
 * The reading half of a session: one seat, and who sits on it.
 *
 * <p>A thread that calls {@code receive} takes the seat and reads the socket itself, without a hand-over. When nobody has
 * sat there for a while, the clock sends an <i>attendant</i>, a virtual thread that answers pings, takes pongs and the
 * Close, meets the end of the stream or a reset, and holds back at most one message. A {@code receive} that finds the
 * attendant on the seat waits for what it reads; the attendant leaves at the first occasion. A {@code receive} with a
 * timeout always has an attendant read, since a blocked read of a socket cannot be given up.
 */
final class Reader {
    private static final int FREE = 0;
    private static final int RECEIVER = 1;
    private static final int ATTENDANT = 2;
    private static final int BUFFER = 4 * 1024;
    private static final int LARGE_BUFFER = 32 * 1024;
    private static final VarHandle SEAT;
    private static final VarHandle RECEIVING;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            SEAT = lookup.findVarHandle(Reader.class, "seat", int.class);
            RECEIVING = lookup.findVarHandle(Reader.class, "receiving", Thread.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final ServerSession session;
    private final Wire wire;
    private final FrameReader frames;

    private volatile int seat;
    private volatile @Nullable Message held;
    /** The thread inside {@code receive}. */
    private volatile @Nullable Thread receiving;

    private volatile @Nullable Thread attendant;
    /** Whether the receiving thread comes back with a timeout, so that the attendant may as well stay. */
    private volatile boolean timed;

    /** Bytes read but not yet parsed, of whoever sits on the seat. */
    private @Nullable RetainableByteBuffer buffer;

    /** After a violation what comes is not understood any more, only dropped. */
    private boolean deaf;

    private long bytes;
    private long messages;

    Reader(ServerSession session, Wire wire, boolean deflate) {
        this.session = session;
        this.wire = wire;
        frames = new FrameReader(session.options().maxMessageBytes(), deflate);
    }

    // ---- receiving

    /** The next message; null when none came before the deadline. {@code Long.MAX_VALUE} nanoseconds wait for ever. */
    @Nullable
    Message receive(long timeoutNanos) {
        Thread caller = Thread.currentThread();
        if (!RECEIVING.compareAndSet(this, null, caller)) {
            throw new IllegalStateException("another thread is receiving from this session: " + receiving);
        }
        try {
            return timeoutNanos == Long.MAX_VALUE ? receiveNow() : receiveBefore(System.nanoTime() + timeoutNanos);
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
            session.checkReceiving();
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
                LockSupport.park(this);
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
            session.checkReceiving();
            attend();
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return takeHeld();
            }
            LockSupport.parkNanos(this, left);
            checkInterrupt();
        }
    }

    private @Nullable Message takeHeld() {
        Message message = held;
        if (message != null) {
            held = null;
            LockSupport.unpark(attendant); // it may wait for the place
        }
        return message;
    }

    private void checkInterrupt() {
        if (Thread.currentThread().isInterrupted()) {
            session.interrupted(End.Operation.READ);
        }
    }

    // ---- the attendant

    /** Sends an attendant to the seat, if it is free. */
    void attend() {
        if (SEAT.compareAndSet(this, FREE, ATTENDANT)) {
            Thread thread = Thread.ofVirtual().name("attend-" + session.id()).unstarted(this::serve);
            attendant = thread;
            thread.start();
        }
    }

    private void serve() {
        try {
            boolean on = true;
            while (on) {
                on = session.ended() != null ? drain() : held == null ? readAndHold() : readControls();
            }
        } catch (Throwable failed) {
            session.broken(failed);
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
            LockSupport.unpark(waiting);
        }
        return waiting == null || timed; // a handler that waits without a timeout is back to read for itself
    }

    /** While a message is held back: reads on as long as only control frames come; false when the attendant shall go. */
    private boolean readControls() {
        Incoming incoming = next(true);
        if (incoming != null) {
            accept(incoming);
        } else if (session.ended() == null) {
            while (held != null && session.ended() == null) {
                LockSupport.park(this);
            }
            return timed || session.ended() != null;
        }
        return true;
    }

    /** After the end: reads and drops what still comes, until the connection is done. Always false. */
    private boolean drain() {
        while (!session.transportDone()) {
            accept(next(false));
        }
        return false;
    }

    // ---- on the seat

    /** Reads until there is a message; null when the session has ended. */
    private @Nullable Message readMessage() {
        Message message = null;
        while (message == null && session.ended() == null) {
            message = accept(next(false));
        }
        return session.ended() == null ? message : null;
    }

    /** The message of a data frame; everything else is dealt with here. */
    private @Nullable Message accept(@Nullable Incoming incoming) {
        return switch (incoming) {
            case null -> null;
            case Incoming.Data data -> {
                messages++;
                wire.stats().messageReceived();
                yield data.message();
            }
            case Incoming.Ping ping -> {
                session.sender().pong(ping.payload());
                yield null;
            }
            case Incoming.Pong pong -> null; // any byte counts as a sign of life
            case Incoming.Close close -> {
                session.peerClosed(close.code(), close.reason());
                yield null;
            }
        };
    }

    /** Waits for the next frame or message; null at the end, or when {@code controlOnly} and a data frame comes. */
    private @Nullable Incoming next(boolean controlOnly) {
        try {
            while (true) {
                RetainableByteBuffer pending = buffer;
                if (pending != null && deaf) {
                    boolean answered = FrameReader.isClose(pending.getByteBuffer());
                    release();
                    if (answered) {
                        session.peerClosed(FrameWriter.NO_CODE, "");
                        return null;
                    }
                } else if (pending != null) {
                    Incoming incoming = frames.read(pending.getByteBuffer(), controlOnly);
                    if (!pending.hasRemaining()) {
                        release();
                    }
                    if (incoming != null) {
                        return incoming;
                    }
                    if (controlOnly && frames.heldBack()) {
                        return null;
                    }
                }
                if (!fill()) {
                    session.endOfStream();
                    return null;
                }
            }
        } catch (ProtocolException violation) {
            deaf = true;
            release();
            session.violated(violation);
            return null;
        } catch (IOException lost) {
            session.lost(End.Operation.READ, lost);
            return null;
        }
    }

    /** Waits for bytes; false at the end of the stream. */
    private boolean fill() throws IOException {
        boolean wait = wire.waitsFirst();
        while (true) {
            if (wait) {
                wire.awaitReadable();
            }
            wait = true;
            RetainableByteBuffer target = wire.borrow(frames.midMessage() ? LARGE_BUFFER : BUFFER);
            int count = 0;
            try {
                count = wire.fill(target.getByteBuffer());
            } finally {
                if (count > 0) {
                    buffer = target;
                } else {
                    target.release();
                }
            }
            if (count != 0) {
                bytes += Math.max(count, 0);
                return count > 0;
            }
        }
    }

    private void leave() {
        boolean done = session.transportDone();
        if (done) {
            giveBack();
        }
        seat = FREE;
        if (session.ended() != null) {
            if (!done && session.transportDone()) {
                releaseIfFree(); // whoever finished it meanwhile has found the seat taken
            }
            session.wakeFinishing();
        }
        Thread waiting = receiving;
        if (waiting != null && waiting != Thread.currentThread()) {
            LockSupport.unpark(waiting);
        }
    }

    private void giveBack() {
        release();
        frames.release();
    }

    private void release() {
        RetainableByteBuffer done = buffer;
        buffer = null;
        if (done != null) {
            done.release();
        }
    }

    /** Bytes that came with the handshake. */
    void prime(ByteBuffer early) {
        RetainableByteBuffer target = wire.borrow(early.remaining());
        BufferUtil.append(target.getByteBuffer(), early.slice());
        bytes += target.remaining();
        buffer = target;
    }

    /** After the end: reads and drops what still comes until the connection is done. */
    void drainToClose() {
        while (!session.transportDone()) {
            if (SEAT.compareAndSet(this, FREE, RECEIVER)) {
                try {
                    drain();
                } finally {
                    leave();
                }
            } else {
                session.parkUntilTransportDone();
            }
        }
    }

    /** The connection is done: gives back what is borrowed, now or when whoever sits on the seat leaves. */
    void releaseIfFree() {
        if (SEAT.compareAndSet(this, FREE, RECEIVER)) {
            giveBack();
            seat = FREE;
        }
    }

    /** Wakes whoever waits in {@code receive} or for the held place: the session has ended. */
    void wake() {
        LockSupport.unpark(receiving);
        LockSupport.unpark(attendant);
    }

    // ---- what the clock sees; plain fields of another thread, exact enough for a tick

    boolean seatFree() {
        return seat == FREE;
    }

    /** Whether somebody reads the socket now, so that silence means something. */
    boolean reading() {
        return seat != FREE && (held == null || !frames.heldBack());
    }

    /** Whether a thread waits in {@code receive} and no message is there for it. */
    boolean receiverWaits() {
        return receiving != null && held == null;
    }

    boolean deaf() {
        return deaf;
    }

    boolean midMessage() {
        return frames.midMessage();
    }

    long bytes() {
        return bytes;
    }

    long messages() {
        return messages;
    }
}
