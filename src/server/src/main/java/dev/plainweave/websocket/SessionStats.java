package dev.plainweave.websocket;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts sessions and how they ended. Safe for any thread. */
public final class SessionStats {
    private static final Logger LOGGER = LoggerFactory.getLogger(WebSocketSession.class);

    private final LongAdder opened = new LongAdder();
    private final LongAdder handlerFailures = new LongAdder();
    private final LongAdder tooManyBytes = new LongAdder();
    private final LongAdder messagesReceived = new LongAdder();
    private final LongAdder messagesSent = new LongAdder();
    private final LongAdder bytesReceived = new LongAdder();
    private final LongAdder bytesSent = new LongAdder();
    private final Map<End.Reason, LongAdder> ended = new EnumMap<>(End.Reason.class);

    private volatile @Nullable Consumer<? super SessionSummary> audience;

    SessionStats() {
        for (End.Reason reason : End.Reason.values()) {
            ended.put(reason, new LongAdder());
        }
    }

    void open() {
        opened.increment();
    }

    void ended(End end) {
        count(end.reason()).increment();
    }

    void handlerFailed() {
        handlerFailures.increment();
    }

    void tooManyBytes() {
        tooManyBytes.increment();
    }

    void tell(Consumer<? super SessionSummary> listener) {
        audience = listener;
    }

    /** A session's connection has closed. */
    void closed(ServerSession session) {
        Consumer<? super SessionSummary> listener = audience;
        End end = session.ended();
        if (listener != null && end != null) {
            try {
                listener.accept(new SessionSummary(
                        session.id(),
                        session.handshake(),
                        end,
                        session.reader().messages(),
                        session.sender().messages()));
            } catch (RuntimeException failed) {
                LOGGER.warn("a listener for sessions that have closed failed", failed);
            }
        }
    }

    void messageReceived() {
        messagesReceived.increment();
    }

    void messageSent() {
        messagesSent.increment();
    }

    void bytesReceived(long count) {
        bytesReceived.add(count);
    }

    void bytesSent(long count) {
        bytesSent.add(count);
    }

    /** Sessions opened since the start. */
    public long opened() {
        return opened.sum();
    }

    /** Sessions open now. */
    public long openNow() {
        return opened() - ended();
    }

    /** Sessions that have ended since the start. */
    public long ended() {
        return ended.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** Sessions that have ended for that reason since the start. */
    public long ended(End.Reason reason) {
        return count(reason).sum();
    }

    /** Handlers that have thrown something of their own since the start. */
    public long handlerFailures() {
        return handlerFailures.sum();
    }

    /** Of those ended as {@link End.Reason#SLOW_CONSUMER}, the ones for whom too many bytes waited, not messages. */
    public long tooManyBytesWaited() {
        return tooManyBytes.sum();
    }

    /** Messages that sessions have received since the start. */
    public long messagesReceived() {
        return messagesReceived.sum();
    }

    /** Messages that sessions have begun to send since the start. */
    public long messagesSent() {
        return messagesSent.sum();
    }

    /** Bytes that sessions have received since the start: frames as they travel, without the TLS around them. */
    public long bytesReceived() {
        return bytesReceived.sum();
    }

    /** Bytes that sessions have begun to send since the start; see {@link #bytesReceived()}. */
    public long bytesSent() {
        return bytesSent.sum();
    }

    private LongAdder count(End.Reason reason) {
        LongAdder count = ended.get(reason);
        if (count == null) {
            throw new IllegalStateException("no counter for " + reason);
        }
        return count;
    }
}
