package dev.plainweave.bench.load;

import java.nio.charset.StandardCharsets;

/** WebSocket frames as bytes (RFC 6455, section 5.2), built once and sent many times. */
public final class Frames {
    public static final int TEXT = 0x1;
    public static final int CLOSE = 0x8;
    public static final int PING = 0x9;
    public static final int PONG = 0xA;

    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;

    private Frames() {}

    /** One whole, final frame as a client sends it. */
    public static byte[] masked(int opcode, byte[] payload, int mask) {
        byte[] frame = frame(opcode, payload.length, MASKED, 4);
        int start = frame.length - payload.length;
        for (int i = 0; i < 4; i++) {
            frame[start - 4 + i] = maskByte(mask, i);
        }
        for (int i = 0; i < payload.length; i++) {
            frame[start + i] = (byte) (payload[i] ^ maskByte(mask, i));
        }
        return frame;
    }

    /** One whole, final frame as a server sends it: the only encoding of an echo this generator accepts. */
    public static byte[] plain(int opcode, byte[] payload) {
        byte[] frame = frame(opcode, payload.length, 0, 0);
        System.arraycopy(payload, 0, frame, frame.length - payload.length, payload.length);
        return frame;
    }

    /** A masked Close with status 1000. */
    public static byte[] closeNormally(int mask) {
        return masked(CLOSE, new byte[] {0x03, (byte) 0xE8}, mask);
    }

    /** Printable text of exactly {@code size} bytes that names its connection and slot, so that a mixed-up echo shows. */
    public static byte[] payload(int connection, int slot, int size) {
        StringBuilder text = new StringBuilder(size);
        text.append('c').append(connection).append('s').append(slot).append(':');
        for (int i = 0; text.length() < size; i++) {
            text.append((char) ('a' + (connection + slot * 7 + i) % 26));
        }
        text.setLength(size);
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] frame(int opcode, int length, int maskBit, int maskLength) {
        int lengthBytes = length < 126 ? 0 : length < 65_536 ? 2 : 8;
        byte[] frame = new byte[2 + lengthBytes + maskLength + length];
        frame[0] = (byte) (FINAL | opcode);
        frame[1] = (byte) (maskBit | (lengthBytes == 0 ? length : lengthBytes == 2 ? 126 : 127));
        for (int i = 0; i < lengthBytes; i++) {
            frame[2 + i] = (byte) ((long) length >>> (8 * (lengthBytes - 1 - i)));
        }
        return frame;
    }

    private static byte maskByte(int mask, int index) {
        return (byte) (mask >>> (8 * (3 - index % 4)));
    }
}
