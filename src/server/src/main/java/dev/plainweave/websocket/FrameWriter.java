package dev.plainweave.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The server's side of framing (RFC 6455, section 5.2): headers without a mask, and Close payloads. Stateless. */
final class FrameWriter {
    static final int CONTINUATION = 0x0;
    static final int TEXT = 0x1;
    static final int BINARY = 0x2;
    static final int CLOSE = 0x8;
    static final int PING = 0x9;
    static final int PONG = 0xa;

    /** What a control frame may carry (RFC 6455, section 5.5). */
    static final int MAX_CONTROL_PAYLOAD = 125;

    /** The longest header that this side writes. */
    static final int MAX_HEADER = 10;

    /** "No code": stands for an empty Close payload and is never sent (RFC 6455, section 7.4.1). */
    static final int NO_CODE = 1005;

    private static final int MAX_REASON = MAX_CONTROL_PAYLOAD - 2;

    private FrameWriter() {}

    /** The bytes that the header of a frame with that payload takes: 2, 4 or 10. */
    static int headerLength(long payloadLength) {
        return payloadLength <= 125 ? 2 : payloadLength <= 0xffff ? 4 : 10;
    }

    /**
     * Writes a frame's header.
     *
     * @param out where {@link #headerLength} bytes have room; big endian, as new buffers are
     * @param opcode one of this class's opcodes
     * @param fin whether this is the message's last frame
     * @param rsv1 whether the message is compressed: on its first frame only (RFC 7692, section 6)
     * @param length of the payload
     */
    static void putHeader(ByteBuffer out, int opcode, boolean fin, boolean rsv1, long length) {
        out.put((byte) ((fin ? 0x80 : 0) | (rsv1 ? 0x40 : 0) | opcode));
        if (length <= 125) {
            out.put((byte) length);
        } else if (length <= 0xffff) {
            out.put((byte) 126).putShort((short) length);
        } else {
            out.put((byte) 127).putLong(length);
        }
    }

    /**
     * The payload of a Close frame (RFC 6455, section 5.5.1).
     *
     * @param code the code, or 1005 for an empty payload: the answer to a Close that had none
     * @param reason at most 123 bytes in UTF-8
     * @throws IllegalArgumentException when the reason is longer
     */
    static byte[] closePayload(int code, String reason) {
        if (code == NO_CODE) {
            return new byte[0];
        }
        byte[] text = reasonBytes(reason);
        return ByteBuffer.allocate(2 + text.length)
                .putShort((short) code)
                .put(text)
                .array();
    }

    /** Whether a Close frame may carry that code (RFC 6455, sections 7.4.1 and 7.4.2, and IANA's registry). */
    static boolean validCode(int code) {
        return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
    }

    /**
     * Checks what an application wants to close with.
     *
     * @throws IllegalArgumentException for a code other than 1000 to 1003, 1007 to 1014 and 3000 to 4999, or a reason of
     *     more than 123 bytes in UTF-8
     */
    static void checkClose(int code, String reason) {
        if (!validCode(code)) {
            throw new IllegalArgumentException("close code must be 1000 to 1003, 1007 to 1014 or 3000 to 4999, was "
                    + code + "; an application's own codes are 4000 to 4999");
        }
        reasonBytes(reason);
    }

    private static byte[] reasonBytes(String reason) {
        byte[] bytes = reason.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_REASON) {
            throw new IllegalArgumentException("close reason must be at most " + MAX_REASON + " bytes in UTF-8, was "
                    + bytes.length + ": " + reason);
        }
        return bytes;
    }
}
