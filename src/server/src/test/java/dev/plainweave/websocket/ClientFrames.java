package dev.plainweave.websocket;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;

/** Bytes as a client writes them, right or wrong. */
final class ClientFrames {
    static final int FIN = 0x80;
    static final int RSV1 = 0x40;
    static final int RSV2 = 0x20;
    static final int RSV3 = 0x10;
    static final byte[] KEY = {0x37, (byte) 0xfa, 0x21, 0x3d};

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** A masked frame whose first byte is that. */
    ClientFrames frame(int first, byte[] payload) {
        header(first, payload.length);
        for (int i = 0; i < payload.length; i++) {
            out.write(payload[i] ^ KEY[i & 3]);
        }
        return this;
    }

    ClientFrames frame(int first, String payload) {
        return frame(first, utf8(payload));
    }

    /** A header with its mask, and nothing behind it. */
    ClientFrames header(int first, long length) {
        out.write(first);
        ByteBuffer extended = ByteBuffer.allocate(8);
        if (length <= 125) {
            out.write(0x80 | (int) length);
        } else if (length <= 0xffff) {
            out.write(0x80 | 126);
            extended.putShort((short) length);
        } else {
            out.write(0x80 | 127);
            extended.putLong(length);
        }
        out.write(extended.array(), 0, extended.position());
        return raw(KEY);
    }

    ClientFrames text(String text) {
        return frame(FIN | FrameWriter.TEXT, text);
    }

    ClientFrames ping(String payload) {
        return frame(FIN | FrameWriter.PING, payload);
    }

    ClientFrames close(int code, String reason) {
        return frame(FIN | FrameWriter.CLOSE, FrameWriter.closePayload(code, reason));
    }

    ClientFrames raw(byte... bytes) {
        out.writeBytes(bytes);
        return this;
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The bytes that the ints' lowest eight bits spell. */
    static byte[] octets(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    /** Raw deflate data, ended as asked, by the JDK and not by the code under test. */
    static byte[] deflated(byte[] data, int level, boolean finish) {
        Deflater deflater = new Deflater(level, true);
        try {
            deflater.setInput(data);
            if (finish) {
                deflater.finish();
            }
            byte[] out = new byte[data.length + 1024];
            int size = deflater.deflate(out, 0, out.length, finish ? Deflater.NO_FLUSH : Deflater.SYNC_FLUSH);
            return Arrays.copyOf(out, finish ? size : size - 4);
        } finally {
            deflater.end();
        }
    }
}
