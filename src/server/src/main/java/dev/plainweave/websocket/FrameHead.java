package dev.plainweave.websocket;

import static dev.plainweave.websocket.ProtocolException.violation;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One frame of the peer that has begun: its header, read byte by byte and refused at the first byte that is wrong (RFC
 * 6455, section 5.2), then how much of its payload is still to come. Lives no longer than its frame.
 */
final class FrameHead {
    private final boolean deflate;
    private final int maxMessageBytes;
    private final @Nullable MessageAssembly message;

    private int seen;
    private int first;
    private int lengthBytes;
    private int headerBytes = 2;
    private long length;
    private int key;
    private byte[] control = {};

    /**
     * A frame of which nothing is read yet.
     *
     * @param deflate whether messages may be compressed
     * @param maxMessageBytes the limit for a whole message
     * @param message the fragmented message that awaits its continuation, or null
     */
    FrameHead(boolean deflate, int maxMessageBytes, @Nullable MessageAssembly message) {
        this.deflate = deflate;
        this.maxMessageBytes = maxMessageBytes;
        this.message = message;
    }

    /** Whether that first byte of a frame announces data: a text, binary or continuation frame. */
    static boolean isData(int first) {
        return (first & 0x0f) <= FrameWriter.BINARY;
    }

    /**
     * Reads on in the header.
     *
     * @return whether it is complete
     */
    boolean read(ByteBuffer input) throws ProtocolException {
        while (!complete() && input.hasRemaining()) {
            int next = input.get() & 0xff;
            if (seen == 0) {
                first(next);
            } else if (seen == 1) {
                second(next);
            } else if (seen < 2 + lengthBytes) {
                length = (length << 8) | next;
                if (seen == 2 + lengthBytes - 1) {
                    checkExtendedLength();
                }
            } else {
                key |= next << ((seen - 2 - lengthBytes) * Byte.SIZE);
            }
            seen++;
        }
        return complete();
    }

    private void first(int next) throws ProtocolException {
        first = next;
        int opcode = opcode();
        if ((opcode > FrameWriter.BINARY && opcode < FrameWriter.CLOSE) || opcode > FrameWriter.PONG) {
            throw violation("reserved opcode " + opcode);
        }
        if ((next & 0x30) != 0) {
            throw violation("RSV2 or RSV3 set");
        }
        if (rsv1() && !(deflate && (opcode == FrameWriter.TEXT || opcode == FrameWriter.BINARY))) {
            throw violation("RSV1 set");
        }
        if (!isData() && !fin()) {
            throw violation("fragmented control frame");
        }
        if (opcode == FrameWriter.CONTINUATION && message == null) {
            throw violation("continuation of nothing");
        }
        if (isData() && opcode != FrameWriter.CONTINUATION && message != null) {
            throw violation("new message inside a fragmented one");
        }
    }

    private void second(int next) throws ProtocolException {
        if (next < 0x80) {
            throw violation("frame is not masked");
        }
        length = next & 0x7f;
        if (!isData() && length > FrameWriter.MAX_CONTROL_PAYLOAD) {
            throw violation("control frame of more than 125 bytes");
        }
        lengthBytes = length == 126 ? 2 : length == 127 ? 8 : 0;
        headerBytes = 2 + lengthBytes + 4;
        if (!isData()) {
            control = new byte[(int) length];
        }
        if (lengthBytes == 0) {
            checkLimit();
        } else {
            length = 0; // the extended one follows
        }
    }

    private void checkExtendedLength() throws ProtocolException {
        if (length < 0) {
            throw violation("frame length has its top bit set");
        }
        if (lengthBytes == 2 ? length <= 125 : length <= 0xffff) {
            throw violation("frame length is not in its shortest form");
        }
        checkLimit();
    }

    private void checkLimit() throws ProtocolException {
        if (isData() && length > (message == null ? MessageAssembly.room(maxMessageBytes, rsv1()) : message.room())) {
            throw ProtocolException.tooLarge(maxMessageBytes);
        }
    }

    /** Whether the whole header has been read. */
    boolean complete() {
        return seen == headerBytes;
    }

    /** Whether this is a text, binary or continuation frame; known from its first byte on. */
    boolean isData() {
        return isData(first);
    }

    /** Whether this is the last frame of its message. */
    boolean fin() {
        return (first & 0x80) != 0;
    }

    /** Whether this frame starts a compressed message. */
    boolean rsv1() {
        return (first & 0x40) != 0;
    }

    int opcode() {
        return first & 0x0f;
    }

    /** The bytes of payload that are still to come, once the header is complete. */
    long remaining() {
        return length;
    }

    /** Consumes what is there of the payload, for that message, or for {@link #control()} where there is none. */
    void take(ByteBuffer input, @Nullable MessageAssembly target) throws ProtocolException {
        int count = (int) Math.min(length, input.remaining());
        byte[] bytes = input.array();
        int from = input.arrayOffset() + input.position();
        Mask.apply(bytes, from, from + count, key);
        key = Mask.after(key, count);
        length -= count;
        input.position(input.position() + count);
        if (target == null) {
            System.arraycopy(bytes, from, control, control.length - (int) length - count, count);
        } else {
            target.append(bytes, from, count);
        }
    }

    /** A control frame's payload, once all of it has been taken. */
    byte[] control() {
        return control;
    }
}
