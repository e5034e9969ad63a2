package dev.plainweave.bench.load;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramesTest {
    private static final byte[] HELLO = "Hello".getBytes(StandardCharsets.US_ASCII);

    @Test
    void framesAreThoseOfTheExamplesInRfc6455Section5_7() {
        assertArrayEquals(
                HexFormat.of().parseHex("818537fa213d7f9f4d5158"), Frames.masked(Frames.TEXT, HELLO, 0x37fa213d));
        assertArrayEquals(HexFormat.of().parseHex("810548656c6c6f"), Frames.plain(Frames.TEXT, HELLO));
        assertArrayEquals(
                HexFormat.of().parseHex("898537fa213d7f9f4d5158"), Frames.masked(Frames.PING, HELLO, 0x37fa213d));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 64, 125, 126, 65_535, 65_536})
    void maskingTwiceGivesThePayloadBack(int size) {
        byte[] payload = Frames.payload(7, 3, size);
        byte[] masked = Frames.masked(Frames.TEXT, payload, 0xCAFEBABE);
        byte[] plain = Frames.plain(Frames.TEXT, payload);
        assertEquals(plain.length + 4, masked.length);
        int start = masked.length - size;
        assertEquals(0xCAFEBABE, ByteBuffer.wrap(masked).getInt(start - 4));
        byte[] unmasked = Arrays.copyOfRange(masked, start, masked.length);
        for (int i = 0; i < size; i++) {
            unmasked[i] ^= masked[start - 4 + i % 4];
        }
        assertArrayEquals(payload, unmasked);
        assertArrayEquals(payload, Arrays.copyOfRange(plain, plain.length - size, plain.length));
    }

    @Test
    void payloadsDifferByConnectionAndSlot() {
        assertEquals(64, Frames.payload(1, 0, 64).length);
        assertFalse(Arrays.equals(Frames.payload(1, 0, 64), Frames.payload(1, 1, 64)));
        assertFalse(Arrays.equals(Frames.payload(1, 0, 64), Frames.payload(2, 0, 64)));
    }
}
