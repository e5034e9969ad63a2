package dev.plainweave.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way out, encoded once however many sessions it goes to: as it is, and compressed for those sessions
 * that agreed to compression. Racing threads may encode it twice; they get the same bytes.
 */
final class Outgoing {
    private final int opcode;
    private final ByteBuffer payload;
    private volatile @Nullable ByteBuffer compressed; // by others than the one that made it

    private Outgoing(int opcode, ByteBuffer payload) {
        this.opcode = opcode;
        this.payload = payload;
    }

    static Outgoing of(Message message) {
        return switch (message) {
            case Message.Text text -> of(text.text());
            case Message.Binary binary -> of(binary.data());
        };
    }

    static Outgoing of(String text) {
        return new Outgoing(FrameWriter.TEXT, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    static Outgoing of(ByteBuffer data) {
        return new Outgoing(FrameWriter.BINARY, data.slice());
    }

    int opcode() {
        return opcode;
    }

    /** Payload bytes before compression. */
    int length() {
        return payload.remaining();
    }

    /** The payload; the caller's own view. */
    ByteBuffer payload() {
        return payload.duplicate();
    }

    boolean worthCompressing() {
        return payload.remaining() >= Compression.THRESHOLD;
    }

    /** The payload as permessage-deflate has it; the caller's own view. */
    ByteBuffer compressed() {
        ByteBuffer known = compressed;
        if (known == null) {
            known = ByteBuffer.wrap(Compression.deflate(payload.duplicate()));
            compressed = known;
        }
        return known.duplicate();
    }
}
