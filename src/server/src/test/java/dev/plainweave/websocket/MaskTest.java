package dev.plainweave.websocket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MaskTest {
    @Test
    void masksLikeTheFormulaOfRfc6455Section53() {
        Random random = new Random(53);
        for (int length = 0; length < 70; length++) {
            byte[] key = new byte[4];
            byte[] bytes = new byte[length + 7];
            random.nextBytes(key);
            random.nextBytes(bytes);
            int from = random.nextInt(7);
            byte[] expected = bytes.clone();
            int seen = 0;
            for (int i = 0; i < length; i++) {
                expected[from + i] ^= key[i % 4];
                seen |= expected[from + i];
            }
            byte[] whole = bytes.clone();
            long high = Mask.apply(whole, from, from + length, Mask.key(key, 0)) & Utf8.HIGH_BITS;
            assertArrayEquals(expected, whole);
            assertEquals(seen < 0, high != 0);

            int cut = random.nextInt(length + 1);
            byte[] pieces = bytes.clone();
            Mask.apply(pieces, from, from + cut, Mask.key(key, 0));
            Mask.apply(pieces, from + cut, from + length, Mask.after(Mask.key(key, 0), cut));
            assertArrayEquals(expected, pieces);
        }
    }

    @Test
    void oneByteBeyondAsciiIsSeenWhereverItIs() {
        for (int length = 1; length < 40; length++) {
            for (int at = 0; at < length; at++) {
                byte[] bytes = new byte[length];
                bytes[at] = (byte) 0x80;
                assertEquals(true, (Mask.apply(bytes, 0, length, 0) & Utf8.HIGH_BITS) != 0);
                assertEquals(0, Mask.apply(bytes, 0, at, 0) & Utf8.HIGH_BITS);
            }
        }
    }
}
