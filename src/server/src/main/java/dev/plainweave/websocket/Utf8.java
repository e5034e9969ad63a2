package dev.plainweave.websocket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Validates UTF-8 as it arrives (RFC 6455, section 8.1), rejecting at the first byte after which no text can be valid.
 *
 * <p>A state machine over the byte sequences of RFC 3629, section 4: overlong forms, surrogates and everything above
 * U+10FFFF are refused by their second byte. Stateless: the caller keeps the state between pieces.
 */
final class Utf8 {
    /** The initial state, and the state after each whole character: the text may end here. */
    static final int ACCEPT = 0;

    /** Not UTF-8, whatever follows. */
    static final int REJECT = 8;

    /** The high bits of eight bytes: none is set when all eight are ASCII. */
    static final long HIGH_BITS = 0x8080808080808080L;

    // One continuation byte is missing, two, three.
    private static final int ONE = 1;
    private static final int TWO = 2;
    private static final int THREE = 3;
    // After a lead byte that restricts its second byte.
    private static final int AFTER_E0 = 4;
    private static final int AFTER_ED = 5;
    private static final int AFTER_F0 = 6;
    private static final int AFTER_F4 = 7;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** The next state by state and byte: {@code NEXT[state << 8 | byte]}. */
    private static final byte[] NEXT = transitions();

    private Utf8() {}

    /**
     * The state after more bytes.
     *
     * @param state {@link #ACCEPT} at the start of a text, else what the previous call returned
     * @param bytes holds the bytes
     * @param from the first byte's index
     * @param to one past the last byte's index
     * @return {@link #ACCEPT} after a whole character, {@link #REJECT} (for good) when the bytes are not UTF-8, another
     *     value inside a character
     */
    static int advance(int state, byte[] bytes, int from, int to) {
        int next = state;
        int index = from;
        while (index < to && next != REJECT) {
            if (next == ACCEPT && bytes[index] >= 0) {
                while (index + Long.BYTES <= to && ((long) LONGS.get(bytes, index) & HIGH_BITS) == 0) {
                    index += Long.BYTES;
                }
                if (index == to) {
                    break;
                }
            }
            next = NEXT[(next << 8) | (bytes[index++] & 0xff)];
        }
        return next;
    }

    private static byte[] transitions() {
        byte[] next = new byte[(REJECT + 1) << 8];
        Arrays.fill(next, (byte) REJECT);
        on(next, ACCEPT, 0x00, 0x7f, ACCEPT);
        on(next, ACCEPT, 0xc2, 0xdf, ONE);
        on(next, ACCEPT, 0xe0, 0xe0, AFTER_E0);
        on(next, ACCEPT, 0xe1, 0xec, TWO);
        on(next, ACCEPT, 0xed, 0xed, AFTER_ED);
        on(next, ACCEPT, 0xee, 0xef, TWO);
        on(next, ACCEPT, 0xf0, 0xf0, AFTER_F0);
        on(next, ACCEPT, 0xf1, 0xf3, THREE);
        on(next, ACCEPT, 0xf4, 0xf4, AFTER_F4);
        on(next, ONE, 0x80, 0xbf, ACCEPT);
        on(next, TWO, 0x80, 0xbf, ONE);
        on(next, THREE, 0x80, 0xbf, TWO);
        on(next, AFTER_E0, 0xa0, 0xbf, ONE);
        on(next, AFTER_ED, 0x80, 0x9f, ONE);
        on(next, AFTER_F0, 0x90, 0xbf, TWO);
        on(next, AFTER_F4, 0x80, 0x8f, TWO);
        return next;
    }

    private static void on(byte[] next, int state, int first, int last, int then) {
        Arrays.fill(next, (state << 8) | first, ((state << 8) | last) + 1, (byte) then);
    }
}
