package dev.plainweave.websocket;

import java.nio.ByteBuffer;

/** One whole WebSocket message, whatever number of frames it travelled in (RFC 6455, section 5.6). */
public sealed interface Message {
    /**
     * A text message.
     *
     * @param text the text; a surrogate without its partner is sent as {@code ?}, since UTF-8 cannot carry it
     */
    record Text(String text) implements Message {}

    /**
     * A binary message.
     *
     * @param data the bytes between position and limit. The buffer of a received message is the receiver's own. A buffer
     *     that is sent must stay unchanged until {@code send} has returned, or, once offered, until it has been written.
     */
    record Binary(ByteBuffer data) implements Message {}

    /** A text message. */
    static Message text(String text) {
        return new Text(text);
    }

    /** A binary message of the bytes between the buffer's position and limit. */
    static Message binary(ByteBuffer data) {
        return new Binary(data);
    }
}
