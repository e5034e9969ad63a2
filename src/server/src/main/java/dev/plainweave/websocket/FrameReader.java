package dev.plainweave.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Turns the client's bytes into messages and control frames: RFC 6455, sections 5 to 8, from the server's side, with
 * permessage-deflate (RFC 7692). Does no IO; used by one thread at a time.
 *
 * <p>What has arrived is consumed, whole or not: between messages the reader holds no buffer and costs 32 bytes. The
 * events do not depend on how the bytes were cut into pieces. The first violation is final: every later call throws it
 * again.
 */
final class FrameReader {
    /** The largest array that every JVM can make. */
    private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

    private static final int WHOLE_TEXT = 0x80 | FrameWriter.TEXT;
    private static final int WHOLE_BINARY = 0x80 | FrameWriter.BINARY;
    private static final int MIN_HEADER = 6;

    private final int maxMessageBytes;
    private final boolean deflate;
    private boolean heldBack;
    private @Nullable FrameHead head;
    private @Nullable MessageAssembly message;
    private @Nullable ProtocolException failure;

    /**
     * A reader at the start of a connection's first frame.
     *
     * @param maxMessageBytes the limit for one message, all its fragments and inflated; at least 0
     * @param deflate whether permessage-deflate was agreed on
     */
    FrameReader(long maxMessageBytes, boolean deflate) {
        this.maxMessageBytes = (int) Math.min(maxMessageBytes, MAX_ARRAY);
        this.deflate = deflate;
    }

    /**
     * Reads up to the end of the next event.
     *
     * @param input a heap buffer that is not read-only; bytes are consumed from its position, and may be unmasked in place.
     *     Nothing of it is kept.
     * @param controlOnly whether to stop before data: nothing is then consumed of a data frame, and {@link #heldBack()} is
     *     true
     * @return the event, or null when all input is consumed without completing one, or when data is held back
     * @throws ProtocolException when the peer broke the protocol or the limit: at the first byte that shows it
     */
    @Nullable
    Incoming read(ByteBuffer input, boolean controlOnly) throws ProtocolException {
        if (failure != null) {
            throw failure;
        }
        heldBack = false;
        try {
            Incoming whole = head == null && message == null && !controlOnly ? wholeFrame(input) : null;
            return whole == null ? readOn(input, controlOnly) : whole;
        } catch (ProtocolException e) {
            failure = e;
            release();
            throw e;
        }
    }

    /** Whether the last read stopped before a data frame, because only control frames were wanted. */
    boolean heldBack() {
        return heldBack;
    }

    /**
     * Whether that looks like a Close and nothing else: the answer of a client that waits for us to close the connection.
     * To be mistaken here only means not to wait for more.
     */
    static boolean isClose(ByteBuffer bytes) {
        int length = bytes.remaining() - MIN_HEADER;
        return length >= 0
                && length <= FrameWriter.MAX_CONTROL_PAYLOAD
                && bytes.get(bytes.position()) == (byte) (0x80 | FrameWriter.CLOSE)
                && bytes.get(bytes.position() + 1) == (byte) (0x80 | length);
    }

    /** Whether a frame or a message has begun and the peer still owes its end. */
    boolean midMessage() {
        return head != null || message != null;
    }

    /** Gives back what is borrowed and forgets what has partly arrived. To be called when reading ends. Repeatable. */
    void release() {
        if (message != null) {
            message.release();
        }
        head = null;
        message = null;
    }

    /**
     * The usual case: a short message in one frame, all of it there. Allocates nothing but its result.
     *
     * @return null, with nothing consumed, when it is not that case, or when something is wrong with the header
     */
    private @Nullable Incoming wholeFrame(ByteBuffer input) throws ProtocolException {
        int available = input.remaining();
        if (available < MIN_HEADER) {
            return null;
        }
        byte[] bytes = input.array();
        int start = input.arrayOffset() + input.position();
        int first = bytes[start] & 0xff;
        int length = (bytes[start + 1] & 0xff) ^ 0x80;
        int header = MIN_HEADER;
        if (length == 126 && available >= MIN_HEADER + 2) {
            length = ((bytes[start + 2] & 0xff) << 8) | (bytes[start + 3] & 0xff);
            header = MIN_HEADER + 2;
            if (length <= 125) {
                return null;
            }
        } else if (length > 125) {
            return null;
        }
        if ((first != WHOLE_TEXT && first != WHOLE_BINARY) || header + length > available || length > maxMessageBytes) {
            return null;
        }
        int from = start + header;
        int to = from + length;
        long seen = Mask.apply(bytes, from, to, Mask.key(bytes, from - 4));
        input.position(input.position() + header + length);
        return new Incoming.Data(
                first == WHOLE_BINARY
                        ? new Message.Binary(ByteBuffer.wrap(Arrays.copyOfRange(bytes, from, to)))
                        : new Message.Text(text(bytes, from, to, (seen & Utf8.HIGH_BITS) == 0)));
    }

    private static String text(byte[] bytes, int from, int to, boolean ascii) throws ProtocolException {
        if (ascii) {
            return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        }
        if (Utf8.advance(Utf8.ACCEPT, bytes, from, to) != Utf8.ACCEPT) {
            throw MessageAssembly.notUtf8();
        }
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    private @Nullable Incoming readOn(ByteBuffer input, boolean controlOnly) throws ProtocolException {
        while (true) {
            FrameHead frame = head;
            if (frame == null) {
                if (!input.hasRemaining()) {
                    return null;
                }
                if (controlOnly && FrameHead.isData(input.get(input.position()))) {
                    heldBack = true;
                    return null;
                }
                frame = new FrameHead(deflate, maxMessageBytes, message);
                head = frame;
            } else if (controlOnly && frame.isData()) {
                heldBack = true;
                return null;
            }
            if (!frame.complete()) {
                if (!frame.read(input)) {
                    return null;
                }
                if (frame.isData()) {
                    begin(frame);
                }
            }
            frame.take(input, frame.isData() ? message : null);
            if (frame.remaining() > 0) {
                return null;
            }
            head = null;
            Incoming event = end(frame);
            if (event != null) {
                return event;
            }
        }
    }

    /** Makes ready for a data frame's payload. */
    private void begin(FrameHead frame) {
        MessageAssembly target = message;
        if (target == null) {
            target = new MessageAssembly(frame.opcode() == FrameWriter.TEXT, frame.rsv1(), maxMessageBytes);
            message = target;
        }
        target.expect(frame.remaining(), frame.fin());
    }

    private @Nullable Incoming end(FrameHead frame) throws ProtocolException {
        MessageAssembly data = message;
        if (frame.isData() && data != null) {
            if (!frame.fin()) {
                return null;
            }
            Incoming whole = new Incoming.Data(data.finish());
            message = null;
            return whole;
        }
        return switch (frame.opcode()) {
            case FrameWriter.PING -> new Incoming.Ping(ByteBuffer.wrap(frame.control()));
            case FrameWriter.PONG -> new Incoming.Pong(ByteBuffer.wrap(frame.control()));
            default -> close(frame.control());
        };
    }

    private static Incoming close(byte[] payload) throws ProtocolException {
        if (payload.length == 0) {
            return new Incoming.Close(FrameWriter.NO_CODE, "");
        }
        if (payload.length == 1) {
            throw ProtocolException.violation("Close payload of one byte");
        }
        int code = ((payload[0] & 0xff) << 8) | (payload[1] & 0xff);
        if (!FrameWriter.validCode(code)) {
            throw ProtocolException.violation("invalid close code " + code);
        }
        if (Utf8.advance(Utf8.ACCEPT, payload, 2, payload.length) != Utf8.ACCEPT) {
            throw ProtocolException.invalid("close reason is not UTF-8");
        }
        return new Incoming.Close(code, new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8));
    }
}
