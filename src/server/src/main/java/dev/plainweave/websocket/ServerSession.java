package dev.plainweave.websocket;

import dev.plainweave.connector.ConnectionLostException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The session of a server: its end, and the two halves that read and write. */
final class ServerSession implements WebSocketSession {
    private static final Logger LOGGER = LoggerFactory.getLogger(WebSocketSession.class);
    private static final AtomicLong IDS = new AtomicLong();
    private static final VarHandle END;
    /** Guards the lists of callbacks and waiters, which few sessions have and none for long. */
    private static final ReentrantLock CALLBACKS = new ReentrantLock();

    static {
        try {
            END = MethodHandles.lookup().findVarHandle(ServerSession.class, "end", End.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final long id = IDS.incrementAndGet();
    private final long opened = System.nanoTime();
    private final Handshake handshake;
    private final WebSocketOptions options;
    private final SessionStats stats;
    private final Wire wire;
    private final Reader reader;
    private final Sender sender;
    private final Deadlines deadlines;

    private volatile @Nullable End end;
    private volatile boolean transportDone;
    private volatile boolean shuttingDown;
    private @Nullable List<Consumer<? super End>> callbacks;
    private @Nullable List<Thread> waiters;

    ServerSession(Handshake handshake, WebSocketOptions options, SessionStats stats, Wire wire) {
        this.handshake = handshake;
        this.options = options;
        this.stats = stats;
        this.wire = wire;
        reader = new Reader(this, wire, handshake.compressed());
        sender = new Sender(this, wire, handshake.compressed());
        deadlines = new Deadlines(this, wire);
    }

    // ---- the interface

    @Override
    public long id() {
        return id;
    }

    @Override
    public Handshake handshake() {
        return handshake;
    }

    @Override
    public Message receive() {
        Message message = reader.receive(Long.MAX_VALUE);
        return message != null ? message : neverNull();
    }

    private Message neverNull() {
        throw new IllegalStateException("a receive without a timeout ended without a message in session " + id);
    }

    @Override
    public Optional<Message> receive(Duration timeout) {
        return Optional.ofNullable(reader.receive(Math.max(0, Math.min(timeout.toNanos(), Long.MAX_VALUE / 2))));
    }

    @Override
    public String receiveText() {
        return switch (receive()) {
            case Message.Text text -> text.text();
            case Message.Binary binary -> throw unacceptable("text expected");
        };
    }

    @Override
    public ByteBuffer receiveBinary() {
        return switch (receive()) {
            case Message.Binary binary -> binary.data();
            case Message.Text text -> throw unacceptable("binary expected");
        };
    }

    private DisconnectedException unacceptable(String reason) {
        endAndClose(End.Reason.PROTOCOL_ERROR, 1003, reason, End.Operation.READ, null, false);
        return disconnected();
    }

    @Override
    public void send(String text) {
        send(Outgoing.of(text));
    }

    @Override
    public void send(ByteBuffer data) {
        send(Outgoing.of(data));
    }

    @Override
    public void send(Message message) {
        send(Outgoing.of(message));
    }

    private void send(Outgoing message) {
        try {
            sender.send(message);
        } catch (IOException lost) {
            lost(End.Operation.WRITE, lost);
            throw disconnected();
        }
    }

    @Override
    public Offer offer(Message message) {
        return sender.offer(null, Outgoing.of(message));
    }

    @Override
    public Offer offer(Object key, Message message) {
        return sender.offer(key, Outgoing.of(message));
    }

    @Override
    public Iterator<Message> iterator() {
        return new Iterator<>() {
            private @Nullable Message next;

            @Override
            public boolean hasNext() {
                try {
                    next = next == null ? receive() : next;
                    return true;
                } catch (DisconnectedException over) {
                    if (over.session() == ServerSession.this && over.reason() == End.Reason.PEER_CLOSED) {
                        return false;
                    }
                    throw over;
                }
            }

            @Override
            public Message next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("session " + id + " has ended");
                }
                Message message = next;
                next = null;
                return message != null ? message : neverNull();
            }
        };
    }

    @Override
    public Optional<End> end() {
        return Optional.ofNullable(end);
    }

    @Override
    public End awaitEnd() {
        Thread caller = Thread.currentThread();
        CALLBACKS.lock();
        try {
            waiters = waiters == null ? new ArrayList<>(1) : waiters;
            waiters.add(caller);
        } finally {
            CALLBACKS.unlock();
        }
        End known = end;
        while (known == null) {
            if (shuttingDown) {
                endForShutdown();
            } else {
                LockSupport.park(this);
                if (Thread.interrupted()) {
                    endAndClose(End.Reason.SERVER_CLOSED, 1001, "interrupted", End.Operation.CLOSE, null, true);
                }
            }
            known = end;
        }
        return known;
    }

    @Override
    public Registration onEnd(Consumer<? super End> once) {
        CALLBACKS.lock();
        try {
            if (end == null) {
                callbacks = callbacks == null ? new ArrayList<>(1) : callbacks;
                callbacks.add(once);
                return () -> remove(once);
            }
        } finally {
            CALLBACKS.unlock();
        }
        call(once, ended());
        return () -> {};
    }

    private void remove(Consumer<? super End> callback) {
        CALLBACKS.lock();
        try {
            if (callbacks != null) {
                callbacks.remove(callback);
            }
        } finally {
            CALLBACKS.unlock();
        }
    }

    @Override
    public void close() {
        close(1000, "");
    }

    @Override
    public void close(int code, String reason) {
        FrameWriter.checkClose(code, reason);
        if (shuttingDown) {
            endForShutdown();
        }
        endAndClose(End.Reason.SERVER_CLOSED, code, reason, End.Operation.CLOSE, null, true);
    }

    // ---- the end

    void opened() {
        stats.open();
    }

    @Nullable
    End ended() {
        return end;
    }

    DisconnectedException disconnected() {
        End known = end;
        if (known == null) {
            throw new IllegalStateException("session " + id + " has not ended");
        }
        return new DisconnectedException(this, known);
    }

    void checkOpen() {
        if (end != null) {
            throw disconnected();
        }
    }

    /** Before waiting for a message: a server that shuts down has no more for this session. */
    void checkReceiving() {
        if (shuttingDown) {
            endForShutdown();
        }
        checkOpen();
    }

    /** Settles the end, if none is settled; true for the one that did. */
    boolean end(End.Reason reason, int code, String text, End.Operation operation, @Nullable Throwable cause) {
        Duration lasted = Duration.ofNanos(System.nanoTime() - opened);
        End candidate = new End(reason, code, text, operation, lasted, Optional.ofNullable(cause));
        if (!END.compareAndSet(this, null, candidate)) {
            return false;
        }
        List<Consumer<? super End>> toCall;
        List<Thread> toWake;
        CALLBACKS.lock();
        try {
            toCall = callbacks;
            toWake = waiters;
            callbacks = null;
            waiters = null;
        } finally {
            CALLBACKS.unlock();
        }
        stats.ended(candidate);
        reader.wake();
        if (toWake != null) {
            toWake.forEach(LockSupport::unpark);
        }
        if (toCall != null) {
            toCall.forEach(callback -> call(callback, candidate));
        }
        return true;
    }

    private void call(Consumer<? super End> callback, @Nullable End known) {
        try {
            if (known != null) {
                callback.accept(known);
            }
        } catch (Throwable failed) {
            LOGGER.warn("a callback for the end of session {} failed", id, failed);
        }
    }

    /** Settles the end and says goodbye; the peer has the close timeout to answer. */
    void endAndClose(
            End.Reason reason,
            int code,
            String text,
            End.Operation operation,
            @Nullable Throwable cause,
            boolean afterOutbox) {
        if (end(reason, code, text, operation, cause)) {
            deadlines.closing();
            sender.close(code, text, afterOutbox);
        }
    }

    /** The peer said goodbye: it gets an answer, unless this is the answer, and the connection is done. */
    void peerClosed(int code, String reason) {
        if (end(End.Reason.PEER_CLOSED, code, reason, End.Operation.READ, null)) {
            deadlines.closing();
            sender.close(code == FrameWriter.NO_CODE ? 1000 : code, "", false);
        }
        sender.finishAfterClose(this::finishTransport);
    }

    /** The stream ended without a goodbye. */
    void endOfStream() {
        end(End.Reason.EOF, 1006, "", End.Operation.READ, null);
        finishTransport();
    }

    /** The peer broke the protocol: say which rule, then read on until it leaves, so that it can read the answer. */
    void violated(ProtocolException violation) {
        End.Reason reason =
                violation.code() == ProtocolException.TOO_LARGE ? End.Reason.TOO_LARGE : End.Reason.PROTOCOL_ERROR;
        endAndClose(reason, violation.code(), violation.reason(), End.Operation.READ, violation, false);
        sender.finishAfterClose(wire::shutdownOutput);
    }

    /** A read or a write failed. */
    void lost(End.Operation operation, IOException failure) {
        End.Reason reason = End.Reason.RESET;
        ConnectionLostException lost = find(failure, ConnectionLostException.class);
        if (find(failure, ClosedByInterruptException.class) != null) {
            reason = End.Reason.SERVER_CLOSED;
        } else if (lost != null && lost.place() == ConnectionLostException.Place.STALLED_WRITE) {
            reason = End.Reason.WRITE_TIMEOUT;
        } else if (lost == null && !wire.open()) {
            reason = shuttingDown ? End.Reason.SHUTDOWN : End.Reason.SERVER_CLOSED;
        }
        end(reason, 1006, "", operation, failure);
        finishTransport();
    }

    private static <T extends Throwable> @Nullable T find(Throwable thrown, Class<T> type) {
        for (Throwable link = thrown; link != null; link = link.getCause()) {
            if (type.isInstance(link)) {
                return type.cast(link);
            }
        }
        return null;
    }

    /** The outbox is full and its policy is to close. */
    void endSlow() {
        endAndClose(End.Reason.SLOW_CONSUMER, 1008, "too slow", End.Operation.WRITE, null, false);
    }

    /** The handler threw something of its own. */
    void fail(Throwable thrown) {
        endAndClose(End.Reason.HANDLER_FAILED, 1011, "", End.Operation.CLOSE, thrown, true);
    }

    /** The server shuts down: at once for a session that waits, for a busy one when it comes back. */
    void shutdown() {
        shuttingDown = true;
        if (reader.receiverWaits() || awaited()) {
            endForShutdown();
        }
    }

    private boolean awaited() {
        CALLBACKS.lock();
        try {
            return waiters != null;
        } finally {
            CALLBACKS.unlock();
        }
    }

    void endForShutdown() {
        endAndClose(End.Reason.SHUTDOWN, 1001, "", End.Operation.CLOSE, null, true);
    }

    // ---- the connection

    /** Nothing more is read or written. */
    boolean transportDone() {
        return transportDone;
    }

    /** Closes the connection; the end is settled. */
    void finishTransport() {
        transportDone = true;
        sender.dropOutbox();
        wire.close();
        reader.wake();
        LockSupport.unpark(finishing);
    }

    private volatile @Nullable Thread finishing;

    void parkUntilTransportDone() {
        finishing = Thread.currentThread();
        while (!transportDone && !reader.seatFree()) {
            LockSupport.park(this);
        }
        finishing = null;
    }

    /** The last act of the session's thread: completes the closing handshake. */
    void finish() {
        try {
            reader.drainToClose();
        } finally {
            finishTransport();
            reader.releaseIfFree();
        }
    }

    /** The connection was closed beneath the session. */
    void connectionClosed(@Nullable Throwable cause) {
        if (end == null) {
            end(shuttingDown ? End.Reason.SHUTDOWN : End.Reason.SERVER_CLOSED, 1006, "", End.Operation.CLOSE, cause);
        }
        finishTransport();
        reader.releaseIfFree();
    }

    void tick(long now) {
        deadlines.tick(now);
    }

    // ---- for the parts

    WebSocketOptions options() {
        return options;
    }

    Reader reader() {
        return reader;
    }

    Sender sender() {
        return sender;
    }

    boolean shuttingDown() {
        return shuttingDown;
    }

    @Override
    public String toString() {
        End known = end;
        return "session " + id + " " + handshake.path() + (known == null ? "" : " ended " + known.reason());
    }
}
