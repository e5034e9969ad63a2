package dev.plainweave.websocket;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** Limits and agreements of the sessions of one route. Set before the server starts; every setter returns this. */
public final class WebSocketOptions {
    private long maxMessageBytes = 1 << 20;
    private Outbox outbox = Outbox.DEFAULT;
    private Origins origins = Origins.same();
    private Admission admission = Admission.all();
    private List<String> subprotocols = List.of();
    private boolean compression = true;
    private Duration pingInterval = Duration.ofSeconds(20);
    private Duration pongTimeout = Duration.ofSeconds(20);
    private Duration idleTimeout = Duration.ZERO;
    private Duration frameDeadline = Duration.ofSeconds(10);
    private Duration stalledWrite = Duration.ofSeconds(10);
    private Duration closeTimeout = Duration.ofSeconds(5);

    /** The defaults. */
    public WebSocketOptions() {}

    /** The largest message received, in bytes, after decompression; a larger one ends the session with 1009. 1 MiB. */
    public WebSocketOptions maxMessageBytes(long bytes) {
        if (bytes < 1 || bytes > Integer.MAX_VALUE - 64) {
            throw new IllegalArgumentException("maxMessageBytes must be from 1 to about 2 GiB, was " + bytes);
        }
        maxMessageBytes = bytes;
        return this;
    }

    /** How much may wait when messages are offered. {@link Outbox#DEFAULT}. */
    public WebSocketOptions outbox(Outbox value) {
        outbox = Objects.requireNonNull(value, "outbox");
        return this;
    }

    /** Which web pages may connect. {@link Origins#same()}. */
    public WebSocketOptions origins(Origins value) {
        origins = Objects.requireNonNull(value, "origins");
        return this;
    }

    /**
     * Has the last word on a handshake that is otherwise in order, before the upgrade: is there such a room, is it full, may
     * this principal in? {@link Admission#all()}.
     */
    public WebSocketOptions admit(Admission value) {
        admission = Objects.requireNonNull(value, "admission");
        return this;
    }

    /**
     * The subprotocols spoken here, best first; the first that the client offers too is agreed on. None by default. A
     * client that offers only others is served without one, as RFC 6455, section 4.2.2, has it.
     */
    public WebSocketOptions subprotocols(String... names) {
        subprotocols = List.of(names);
        return this;
    }

    /** Whether to agree to permessage-deflate (RFC 7692), always without context takeover. True. */
    public WebSocketOptions compression(boolean wanted) {
        compression = wanted;
        return this;
    }

    /** How long the peer may be silent before it is pinged. 20 seconds; zero for never. */
    public WebSocketOptions pingInterval(Duration interval) {
        pingInterval = notNegative(interval, "pingInterval");
        return this;
    }

    /**
     * How long the answer to a ping may take, before {@link End.Reason#PING_TIMEOUT}. 20 seconds. A peer that is taking a
     * large message is alive, though the ping waits behind it.
     */
    public WebSocketOptions pongTimeout(Duration timeout) {
        pongTimeout = positive(timeout, "pongTimeout");
        return this;
    }

    /**
     * How long no message may come or go, before {@link End.Reason#IDLE_TIMEOUT}. One that is on its way counts. Zero, the
     * default, for no limit.
     */
    public WebSocketOptions idleTimeout(Duration timeout) {
        idleTimeout = notNegative(timeout, "idleTimeout");
        return this;
    }

    /**
     * How long a message that arrives may make no progress, before {@link End.Reason#READ_TIMEOUT}. Below 1 KiB a second
     * over three times that duration counts as no progress too. 10 seconds.
     */
    public WebSocketOptions frameDeadline(Duration timeout) {
        frameDeadline = positive(timeout, "frameDeadline");
        return this;
    }

    /**
     * How long a message that leaves may make no progress, before {@link End.Reason#WRITE_TIMEOUT}. Below 1 KiB a second
     * over three times that duration counts as no progress too. 10 seconds. The blocking connector has a stall timeout of
     * its own for writes, 10 seconds too: the shorter one counts.
     */
    public WebSocketOptions stalledWrite(Duration timeout) {
        stalledWrite = positive(timeout, "stalledWrite");
        return this;
    }

    /** Sets {@link #frameDeadline} and {@link #stalledWrite}. */
    public WebSocketOptions stallTimeout(Duration timeout) {
        return frameDeadline(timeout).stalledWrite(timeout);
    }

    /**
     * How long the peer's answer to our Close is waited for before the connection is cut. 5 seconds; what was offered
     * before the Close has its own time.
     */
    public WebSocketOptions closeTimeout(Duration timeout) {
        closeTimeout = positive(timeout, "closeTimeout");
        return this;
    }

    long maxMessageBytes() {
        return maxMessageBytes;
    }

    Outbox outbox() {
        return outbox;
    }

    Origins origins() {
        return origins;
    }

    Admission admission() {
        return admission;
    }

    List<String> subprotocols() {
        return subprotocols;
    }

    boolean compression() {
        return compression;
    }

    Duration pingInterval() {
        return pingInterval;
    }

    Duration pongTimeout() {
        return pongTimeout;
    }

    Duration idleTimeout() {
        return idleTimeout;
    }

    Duration frameDeadline() {
        return frameDeadline;
    }

    Duration stalledWrite() {
        return stalledWrite;
    }

    Duration closeTimeout() {
        return closeTimeout;
    }

    private static Duration notNegative(Duration value, String name) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative, was " + value);
        }
        return value;
    }

    private static Duration positive(Duration value, String name) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(name + " must be positive, was " + value);
        }
        return value;
    }
}
