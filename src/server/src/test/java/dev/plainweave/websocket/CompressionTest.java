package dev.plainweave.websocket;

import static dev.plainweave.websocket.ClientFrames.FIN;
import static dev.plainweave.websocket.ClientFrames.RSV1;
import static dev.plainweave.websocket.ClientFrames.octets;
import static dev.plainweave.websocket.ClientFrames.utf8;
import static dev.plainweave.websocket.FrameWriter.BINARY;
import static dev.plainweave.websocket.FrameWriter.TEXT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compressed messages, in and out (RFC 7692, section 7.2). */
class CompressionTest {
    private static final int LIMIT = 1 << 20;

    private static List<String> events(ClientFrames frames) {
        return Feed.events(LIMIT, true, frames.bytes());
    }

    private static ClientFrames compressed(int opcode, byte[] payload) {
        return new ClientFrames().frame(FIN | RSV1 | opcode, payload);
    }

    /** Something between noise and monotony. */
    private static byte[] sample(Random random, int length, int alphabet) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) random.nextInt(alphabet);
        }
        return bytes;
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Test
    void readsTheExamplesOfRfc7692Section723() {
        byte[] one = octets(0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00);
        assertEquals(List.of("text Hello"), events(compressed(TEXT, one)));
        ClientFrames fragments = new ClientFrames()
                .frame(RSV1 | TEXT, octets(0xf2, 0x48, 0xcd))
                .ping("between")
                .frame(FIN, octets(0xc9, 0xc9, 0x07, 0x00));
        assertEquals(List.of("ping between", "text Hello"), events(fragments));
        byte[] stored = octets(0x00, 0x05, 0x00, 0xfa, 0xff, 0x48, 0x65, 0x6c, 0x6c, 0x6f, 0x00);
        assertEquals(List.of("text Hello"), events(compressed(TEXT, stored)));
        byte[] finalBlock = octets(0xf3, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00, 0x00);
        assertEquals(List.of("text Hello"), events(compressed(TEXT, finalBlock)));
        byte[] twoBlocks = octets(0xf2, 0x48, 0x05, 0x00, 0x00, 0x00, 0xff, 0xff, 0xca, 0xc9, 0xc9, 0x07, 0x00);
        assertEquals(List.of("text Hello"), events(compressed(TEXT, twoBlocks)));
    }

    @Test
    void readsEmptyMessagesAndFinalBlocks() {
        assertEquals(List.of("text "), events(compressed(TEXT, octets(0))));
        assertEquals(List.of("text "), events(compressed(TEXT, new byte[0])));
        byte[] finished = ClientFrames.deflated(utf8("Hello"), 9, true);
        assertEquals(List.of("text Hello"), events(compressed(TEXT, finished)));
        byte[] twice = Arrays.copyOf(finished, 2 * finished.length);
        System.arraycopy(finished, 0, twice, finished.length, finished.length);
        assertEquals(List.of("text HelloHello"), events(compressed(TEXT, twice)));
    }

    @Test
    void plainMessagesMayComeBetween() {
        ClientFrames frames = new ClientFrames()
                .text("plain")
                .frame(FIN | RSV1 | BINARY, Compression.deflate(utf8("packed")))
                .text("plain")
                .frame(FIN | RSV1 | TEXT, Compression.deflate(utf8("packed")));
        assertEquals(List.of("text plain", "binary packed", "text plain", "text packed"), events(frames));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 127, 128, 4096, 8191, 8192, 8193, 70_000, 300_000})
    void roundTrips(int length) {
        Random random = new Random(length);
        for (int alphabet : new int[] {1, 4, 60, 256}) {
            byte[] data = sample(random, length, alphabet);
            byte[] packed = Compression.deflate(data);
            assertEquals(List.of("binary " + latin(data)), events(compressed(BINARY, packed)));
            ClientFrames fragments = new ClientFrames();
            for (int from = 0; from < packed.length; from += 1000) {
                int to = Math.min(packed.length, from + 1000);
                int first = (from == 0 ? RSV1 | BINARY : 0) | (to == packed.length ? FIN : 0);
                fragments.frame(first, Arrays.copyOfRange(packed, from, to));
            }
            assertEquals(List.of("binary " + latin(data)), events(fragments));
        }
    }

    @Test
    void deflatesWhatLiesBetweenPositionAndLimit() {
        assertArrayEquals(octets(0), Compression.deflate(new byte[0]));
        ByteBuffer direct =
                ByteBuffer.allocateDirect(20).put(utf8("--Hello--")).position(2).limit(7);
        assertArrayEquals(Compression.deflate(utf8("Hello")), Compression.deflate(direct));
        assertEquals(2, direct.position());
        assertEquals(7, direct.limit());
        byte[] packed = Compression.deflate(utf8("Hello"));
        assertArrayEquals(packed, Compression.deflate(utf8("Hello")), "each message stands for itself");
    }

    @Test
    void theLimitCountsInflatedBytes() {
        String expected = "1009 message is larger than 1000 bytes";
        for (int opcode : new int[] {TEXT, BINARY}) {
            ClientFrames fits = compressed(opcode, Compression.deflate(new byte[1000]));
            String kind = opcode == TEXT ? "text " : "binary ";
            assertEquals(List.of(kind + "\0".repeat(1000)), Feed.events(1000, true, fits.bytes()));
            ClientFrames over = compressed(opcode, Compression.deflate(new byte[1001]));
            assertEquals(List.of(expected), Feed.events(1000, true, over.bytes()));
        }
        byte[] noise = sample(new Random(1), 1000, 256);
        byte[] stored = ClientFrames.deflated(noise, Deflater.NO_COMPRESSION, false);
        assertTrue(stored.length > 1000);
        assertEquals(
                List.of("binary " + latin(noise)),
                Feed.events(1000, true, compressed(BINARY, stored).bytes()));
        byte[] header = new ClientFrames().header(FIN | RSV1 | BINARY, 1200).bytes();
        assertEquals(List.of(expected), Feed.events(1000, true, header));
        assertEquals(
                List.of("binary "),
                Feed.events(0, true, compressed(BINARY, octets(0)).bytes()));
    }

    @Test
    void aBombIsStoppedAtTheLimit() {
        byte[] bomb = Compression.deflate(new byte[64 << 20]);
        assertTrue(bomb.length < 70_000);
        byte[] bytes = compressed(BINARY, bomb).bytes();
        assertEquals(List.of("1009 message is larger than 100000 bytes"), Feed.events(100_000, true, bytes));
        byte[] start = Arrays.copyOf(bytes, 200);
        assertEquals(List.of("1009 message is larger than 100000 bytes"), Feed.events(100_000, true, start));
    }

    @Test
    void endlessEmptyBlocksAreStopped() {
        ClientFrames frames = new ClientFrames().frame(RSV1 | BINARY, octets(0, 0, 0, 0xff, 0xff));
        for (int i = 0; i < 50; i++) {
            frames.frame(0, octets(0, 0, 0, 0xff, 0xff));
        }
        assertEquals(List.of("1009 message is larger than 100 bytes"), Feed.events(100, true, frames.bytes()));
    }

    @Test
    void inflatedTextIsValidatedAsItArrives() {
        byte[] packed = Compression.deflate(octets('a', 'b', 0xed, 0xa0, 0x80, 'c'));
        assertEquals(List.of("1007 text is not UTF-8"), events(compressed(TEXT, packed)));
        byte[] cut = Compression.deflate(octets('a', 0xe2, 0x82));
        assertEquals(List.of("1007 text is not UTF-8"), events(compressed(TEXT, cut)));
        byte[] stored = ClientFrames.deflated(octets('a', 0xff, 'b', 'c'), Deflater.NO_COMPRESSION, false);
        byte[] start =
                new ClientFrames().frame(RSV1 | TEXT, Arrays.copyOf(stored, 7)).bytes();
        assertEquals(List.of("1007 text is not UTF-8"), events(new ClientFrames().raw(start)));
    }

    @Test
    void corruptAndTruncatedDataIsRefused() {
        assertEquals(List.of("1007 compressed message is corrupt"), events(compressed(TEXT, octets(0xff, 0xff, 0xff))));
        assertEquals(List.of("1007 compressed message is corrupt"), events(compressed(TEXT, octets(0x06))));
        byte[] cutFinalBlock = octets(0xf3, 0x48, 0xcd, 0xc9, 0xc9, 0x07);
        assertEquals(List.of("1007 compressed message is truncated"), events(compressed(TEXT, cutFinalBlock)));
        byte[] packed = Compression.deflate(sample(new Random(2), 500, 60));
        for (int length = 1; length < packed.length - 1; length++) {
            List<String> events = events(compressed(BINARY, Arrays.copyOf(packed, length)));
            assertTrue(events.getFirst().startsWith("1007 "), () -> events.toString());
        }
    }

    @Test
    void randomCompressedBytesNeverDoWorse() {
        Random random = new Random(7692);
        for (int round = 0; round < 2_000; round++) {
            byte[] payload = Compression.deflate(sample(random, random.nextInt(400), 1 + random.nextInt(256)));
            for (int faults = random.nextInt(3); faults > 0; faults--) {
                payload[random.nextInt(payload.length)] = (byte) random.nextInt();
            }
            byte[] bytes =
                    compressed(random.nextBoolean() ? TEXT : BINARY, payload).bytes();
            String event = Feed.codes(300, true, bytes).getLast();
            assertTrue(event.matches("(?s)text .*|binary .*|1007|1009"), event);
        }
    }

    @Test
    void thePoolKeepsNoMoreThanItMay() {
        AtomicInteger ended = new AtomicInteger();
        AtomicInteger reset = new AtomicInteger();
        CompressorPool<Object> pool =
                new CompressorPool<>(1, Object::new, o -> reset.incrementAndGet(), o -> ended.incrementAndGet());
        Object first = pool.borrow();
        Object second = pool.borrow();
        assertNotSame(first, second);
        pool.giveBack(first);
        pool.giveBack(second);
        assertEquals(2, reset.get());
        assertEquals(1, ended.get());
        assertSame(first, pool.borrow());
        assertFalse(pool.idle() > 0);
    }
}
