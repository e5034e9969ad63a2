package dev.plainweave.websocket;

import java.util.Objects;

/**
 * How much may wait for a slow peer, and what happens when more is offered.
 *
 * @param maxMessages messages that may wait; default 256
 * @param maxBytes bytes of payload that may wait (text counts its UTF-8 bytes); default 1 MiB. One message alone may be
 *     larger: it is taken when nothing else waits.
 * @param whenFull what to do with a message for which there is no room
 */
public record Outbox(int maxMessages, long maxBytes, WhenFull whenFull) {
    /** What to do when the outbox is full. */
    public enum WhenFull {
        /** End the session as {@link End.Reason#SLOW_CONSUMER}, close code 1008. */
        CLOSE,
        /** Drop the oldest waiting messages until there is room. */
        DROP_OLDEST
    }

    /** 256 messages, 1 MiB, and a session that cannot keep up is closed. */
    public static final Outbox DEFAULT = new Outbox(256, 1 << 20, WhenFull.CLOSE);

    /** Checks the limits. */
    public Outbox {
        Objects.requireNonNull(whenFull, "whenFull");
        if (maxMessages < 1) {
            throw new IllegalArgumentException("maxMessages must be at least 1, was " + maxMessages);
        }
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes must be at least 1, was " + maxBytes);
        }
    }

    /** A box of that many messages and bytes that closes the session when it is full. */
    public static Outbox closing(int maxMessages, long maxBytes) {
        return new Outbox(maxMessages, maxBytes, WhenFull.CLOSE);
    }

    /** A box of that many messages and bytes that drops the oldest when it is full. */
    public static Outbox droppingOldest(int maxMessages, long maxBytes) {
        return new Outbox(maxMessages, maxBytes, WhenFull.DROP_OLDEST);
    }

    /** A box of one message: only the latest matters. */
    public static Outbox latest() {
        return new Outbox(1, Long.MAX_VALUE, WhenFull.DROP_OLDEST);
    }
}
