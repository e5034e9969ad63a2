package dev.plainweave.server;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A limit of a {@link WebServer}: its name in configuration and metrics, its unit, and its default. What somebody gets who
 * exceeds it is said at each.
 */
public enum Limit {
    /**
     * Connections open at a time, of all clients. One more is answered 503 (over TLS: nothing) and closed at once. 16,000:
     * of the 20,000 descriptors that a process may commonly have, the rest is left to the application.
     */
    CONNECTIONS("connections", Unit.COUNT, 16_000, 1, 10_000_000),
    /**
     * Connections open at a time of one address; of IPv6, of one /64 network. One more is answered 429 (over TLS: nothing)
     * and closed at once. 1,000: many people may share an address. Zero for no limit. Connections from this machine
     * (loopback) are not counted: they may come from a proxy.
     */
    CONNECTIONS_PER_ADDRESS("connectionsPerAddress", Unit.COUNT, 1_000, 0, 10_000_000),
    /**
     * Handshakes of one address in one second, TLS and WebSocket each for themselves. A TLS connection beyond is closed at
     * once; a WebSocket handshake beyond is answered 429. 200; zero for no limit. Loopback is not counted.
     */
    HANDSHAKE_RATE("handshakeRate", Unit.PER_SECOND, 200, 0, 1_000_000),
    /** The request line and all header fields together. More is answered 431. 8 KiB. */
    HEADER_BYTES("headerBytes", Unit.BYTES, 8 << 10, 256, 1 << 20),
    /** A request's path and query. More is answered 414. 8,000 bytes, which RFC 9110, section 4.1, wants supported. */
    URI_BYTES("uriBytes", Unit.BYTES, 8_000, 16, 1 << 20),
    /**
     * A request's body, as it travels. More is answered 413: at once where Content-Length says so, else when as much has
     * been read. 8 MiB.
     */
    BODY_BYTES("bodyBytes", Unit.BYTES, 8 << 20, 0, Long.MAX_VALUE),
    /** The body of a {@code multipart/form-data} request, in place of {@link #BODY_BYTES}. More is answered 413. 32 MiB. */
    UPLOAD_BYTES("uploadBytes", Unit.BYTES, 32 << 20, 0, Long.MAX_VALUE),
    /** A WebSocket message, after decompression. A larger one ends its session with 1009. 1 MiB. */
    MESSAGE_BYTES("messageBytes", Unit.BYTES, 1 << 20, 1, Integer.MAX_VALUE - 64),
    /** How long an HTTP connection may be silent between two requests before it is closed. 30 seconds. */
    IDLE("idle", Unit.TIME, Duration.ofSeconds(30)),
    /**
     * How long a WebSocket session may go without a message, before it ends with 1001. Zero, the default, for no limit:
     * native sessions are pinged, those of Jakarta endpoints then have 5 minutes.
     */
    SESSION_IDLE("sessionIdle", Unit.TIME, 0, 0, Unit.LONGEST),
    /** From a request's first byte to the end of its header. Later is answered 408. 10 seconds. */
    HEADER_DEADLINE("headerDeadline", Unit.TIME, Duration.ofSeconds(10)),
    /**
     * How long a request's body that is being read may make no progress, or stay below 1 KiB a second over three times
     * that. Later is answered 408. 10 seconds.
     */
    BODY_STALL("bodyStall", Unit.TIME, Duration.ofSeconds(10)),
    /** How long a request's body may take as a whole. Later is answered 408. 10 minutes. */
    BODY_DEADLINE("bodyDeadline", Unit.TIME, Duration.ofMinutes(10)),
    /**
     * How long a WebSocket message that has begun may make no progress, or stay below 1 KiB a second over three times
     * that. Then its session ends with 1008. 10 seconds.
     */
    FRAME_DEADLINE("frameDeadline", Unit.TIME, Duration.ofSeconds(10)),
    /**
     * How long a write may make no progress, or stay below 1 KiB a second over three times that. Then the connection is
     * cut. 10 seconds.
     */
    STALLED_WRITE("stalledWrite", Unit.TIME, Duration.ofSeconds(10)),
    /** Messages that may wait for one WebSocket session. One more ends it with 1008. 256. */
    OUTBOX_MESSAGES("outboxMessages", Unit.COUNT, 256, 1, 1 << 20),
    /** Bytes of payload that may wait for one WebSocket session. More end it with 1008. 1 MiB. */
    OUTBOX_BYTES("outboxBytes", Unit.BYTES, 1 << 20, 1, Long.MAX_VALUE),
    /** How long requests and sessions may go on when the server stops; then they are cut. 10 seconds. */
    SHUTDOWN_GRACE("shutdownGrace", Unit.TIME, Duration.ofSeconds(10).toNanos(), 0, Unit.LONGEST);

    /** What a limit counts. */
    public enum Unit {
        /** A plain number. */
        COUNT,
        /** A number in each second. */
        PER_SECOND,
        /** Bytes. */
        BYTES,
        /** A time, kept in nanoseconds. */
        TIME;

        static final long LONGEST = Duration.ofDays(365).toNanos();
    }

    private final String key;
    private final Unit unit;
    private final long standard;
    private final long least;
    private final long most;

    Limit(String key, Unit unit, Duration standard) {
        this(key, unit, standard.toNanos(), Duration.ofMillis(1).toNanos(), Unit.LONGEST);
    }

    Limit(String key, Unit unit, long standard, long least, long most) {
        this.key = key;
        this.unit = unit;
        this.standard = standard;
        this.least = least;
        this.most = most;
    }

    /** Its name in configuration and metrics: {@code headerBytes}. */
    public String key() {
        return key;
    }

    /** What it counts. */
    public Unit unit() {
        return unit;
    }

    /** The value where none is set: a number, bytes, or nanoseconds. */
    long standard() {
        return standard;
    }

    long checked(long value) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(key + " must be " + range() + ", was " + Quantity.text(unit, value));
        }
        return value;
    }

    private String range() {
        String from = Quantity.text(unit, least);
        return most == Long.MAX_VALUE ? "at least " + from : "from " + from + " to " + Quantity.text(unit, most);
    }

    /** The value that the text gives: {@code 100}, {@code 64KiB}, {@code 10s}. */
    long parse(String text) {
        return checked(Quantity.parse(key, unit, text));
    }

    static Optional<Limit> named(String key) {
        return Arrays.stream(values()).filter(limit -> limit.key.equals(key)).findFirst();
    }

    static String names() {
        return Arrays.stream(values()).map(Limit::key).collect(Collectors.joining(", "));
    }
}
