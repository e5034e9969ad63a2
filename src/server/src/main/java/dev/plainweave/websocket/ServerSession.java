package dev.plainweave.websocket;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The session of a server: its end, and the two halves that read and write. */
final class ServerSession implements WebSocketSession {
    private static final Logger LOGGER = LoggerFactory.getLogger(WebSocketSession.class);
    private static final AtomicLong IDS = new AtomicLong();
    private static final Duration LONGEST = Duration.ofDays(36_500);
    private static final VarHandle END;

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
    /** Few have one; touched by {@link EndAudience} alone. */
    @Nullable
    EndAudience audience;

    ServerSession(Handshake handshake, WebSocketOptions options, SessionStats stats, Wire wire) {
        this.handshake = handshake;
        this.options = options;
        this.stats = stats;
        this.wire = wire;
        reader = new Reader(this, wire, handshake.compressed());
        sender = new Sender(this, wire);
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
        return Objects.requireNonNull(reader.receive(Long.MAX_VALUE));
    }

    @Override
    public Optional<Message> receive(Duration timeout) {
        long nanos = timeout.compareTo(LONGEST) < 0 ? Math.max(0, timeout.toNanos()) : LONGEST.toNanos();
        return Optional.ofNullable(reader.receive(nanos));
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
        return new MessageIterator(this);
    }

    @Override
    public Optional<End> end() {
        return Optional.ofNullable(end);
    }

    @Override
    public End awaitEnd() {
        End known = end;
        if (known == null) {
            EndAudience.addWaiter(this, Thread.currentThread());
            known = end;
        }
        while (known == null) {
            if (shuttingDown) {
                endForShutdown();
            } else if (Thread.currentThread().isInterrupted()) {
                interrupted(End.Operation.CLOSE);
            } else {
                LockSupport.park(this);
            }
            known = end;
        }
        return known;
    }

    @Override
    public Registration onEnd(Consumer<? super End> once) {
        if (EndAudience.add(this, once)) {
            return () -> EndAudience.remove(this, once);
        }
        EndAudience.tell(this, once);
        return () -> {};
    }

    @Override
    public void close() {
        if (shuttingDown) {
            endForShutdown();
        } else {
            close(1000, "");
        }
    }

    @Override
    public void close(int code, String reason) {
        FrameWriter.checkClose(code, reason);
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
        stats.ended(candidate);
        reader.wake();
        EndAudience.tellAll(this);
        return true;
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
            sender.close(code, "", false);
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

    /** The peer began a message and does not go on: nothing that it may still say can be understood. */
    void readStalled() {
        endAndClose(End.Reason.READ_TIMEOUT, 1008, "message stalled", End.Operation.CLOCK, null, false);
        sender.finishAfterClose(wire::shutdownOutput);
    }

    /** A read or a write failed. */
    void lost(End.Operation operation, IOException failure) {
        End.Reason reason = Losses.reason(failure, wire.blocking(), shuttingDown);
        boolean overdue = reason == End.Reason.WRITE_TIMEOUT; // the clock met it, whoever hears of it first
        end(reason, 1006, "", overdue ? End.Operation.CLOCK : operation, failure);
        finishTransport();
    }

    /** The thread that waits was interrupted. */
    void interrupted(End.Operation operation) {
        endAndClose(End.Reason.SERVER_CLOSED, 1001, "interrupted", operation, null, false);
    }

    /** A thread of the session's own failed: it ran out of memory, or there is a defect here. */
    void broken(Throwable failure) {
        if (end(End.Reason.HANDLER_FAILED, 1011, "", End.Operation.READ, failure)) {
            stats.handlerFailed();
        }
        LOGGER.warn("{} failed", this, failure);
        cutTransport();
    }

    /** The handler threw something of its own. */
    void fail(Throwable thrown) {
        endAndClose(End.Reason.HANDLER_FAILED, 1011, "", End.Operation.CLOSE, thrown, true);
    }

    /** The server shuts down: at once for a session that waits, for a busy one when it comes back. */
    void shutdown() {
        shuttingDown = true;
        if (reader.receiverWaits() || EndAudience.hasWaiters(this)) {
            endForShutdown();
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
        reader.transportIsDone();
    }

    /** Closes the connection of a peer that does not read any more; the end is settled. */
    void cutTransport() {
        transportDone = true;
        wire.cut();
        finishTransport();
    }

    /** The last act of the session's thread: completes the closing handshake. */
    void finish() {
        try {
            reader.drainToClose();
        } finally {
            finishTransport();
        }
    }

    /** The connection was closed beneath the session: by a stop, or by Jetty's own connector, for a failed write. */
    void connectionClosed(@Nullable Throwable cause) {
        if (shuttingDown) {
            end(End.Reason.SHUTDOWN, 1006, "", End.Operation.CLOSE, cause);
        } else if (wire.blocking()) {
            end(End.Reason.SERVER_CLOSED, 1006, "", End.Operation.CLOSE, cause);
        } else {
            end(End.Reason.RESET, 1006, "", wire.writing() ? End.Operation.WRITE : End.Operation.READ, cause);
        }
        finishTransport();
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

    @Override
    public String toString() {
        End known = end;
        return "session " + id + " " + handshake.path() + (known == null ? "" : " ended " + known.reason());
    }
}
