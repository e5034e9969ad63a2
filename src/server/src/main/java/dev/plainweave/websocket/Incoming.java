package dev.plainweave.websocket;

import java.nio.ByteBuffer;

/** What a {@link FrameReader} makes of the peer's frames. */
sealed interface Incoming {
    /** A whole message. */
    record Data(Message message) implements Incoming {}

    /** A Ping, to be answered by a Pong with the same payload (RFC 6455, section 5.5.2). */
    record Ping(ByteBuffer payload) implements Incoming {}

    /** A Pong, asked for or not. */
    record Pong(ByteBuffer payload) implements Incoming {}

    /**
     * A Close. Nothing that follows it on the connection means anything (RFC 6455, section 5.5.1).
     *
     * @param code the peer's close code, 1005 where the frame carried none
     * @param reason the peer's reason, empty where there was none
     */
    record Close(int code, String reason) implements Incoming {}
}
