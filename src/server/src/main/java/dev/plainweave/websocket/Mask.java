package dev.plainweave.websocket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The masking of client frames (RFC 6455, section 5.3). A key is an int whose lowest byte is the next key byte to apply,
 * so that the key of a payload's later piece is the {@link #after rotated} one.
 */
final class Mask {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private Mask() {}

    /** The key in the four bytes at that index. */
    static int key(byte[] bytes, int index) {
        return (int) INTS.get(bytes, index);
    }

    /** The key for what follows after that many bytes. */
    static int after(int key, int bytes) {
        return Integer.rotateRight(key, (bytes & 3) << 3);
    }

    /**
     * Masks or unmasks in place, eight bytes at a time.
     *
     * @return all resulting bytes or-ed together, in some order: no bit of {@link Utf8#HIGH_BITS} is set when all of them
     *     are ASCII
     */
    static long apply(byte[] bytes, int from, int to, int key) {
        long wide = ((long) key << 32) | (key & 0xffffffffL);
        long seen = 0;
        int index = from;
        for (; index + Long.BYTES <= to; index += Long.BYTES) {
            long plain = (long) LONGS.get(bytes, index) ^ wide;
            LONGS.set(bytes, index, plain);
            seen |= plain;
        }
        for (; index < to; index++, wide >>>= Byte.SIZE) {
            byte plain = (byte) (bytes[index] ^ wide);
            bytes[index] = plain;
            seen |= plain;
        }
        return seen;
    }
}
