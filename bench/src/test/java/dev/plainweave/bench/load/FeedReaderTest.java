package dev.plainweave.bench.load;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FeedReaderTest {
    private static final int SIZE = 64;
    private static final byte[] THERE = "there?".getBytes(StandardCharsets.US_ASCII);

    private final FeedReader reader = new FeedReader(SIZE, FeedReaderTest::payload);

    private static byte[] payload(int number, int size) {
        return Frames.payload(number, 0, size);
    }

    private static byte[] message(int number) {
        return Frames.plain(Frames.TEXT, payload(number, SIZE));
    }

    private static byte[] join(byte[]... frames) {
        ByteBuffer all = ByteBuffer.allocate(1_000);
        for (byte[] frame : frames) {
            all.put(frame);
        }
        byte[] bytes = new byte[all.flip().remaining()];
        all.get(bytes);
        return bytes;
    }

    @Test
    void pingsBetweenMessagesAreNoMessages() {
        byte[] stream = join(
                Frames.plain(Frames.PING, new byte[0]),
                message(3),
                Frames.plain(Frames.PING, THERE),
                Frames.plain(Frames.PING, new byte[0]),
                message(4),
                message(5));
        for (int cut = 1; cut <= stream.length; cut++) {
            FeedReader fresh = new FeedReader(SIZE, FeedReaderTest::payload);
            int messages = 0;
            for (int at = 0; at < stream.length; at += cut) {
                messages += fresh.received(ByteBuffer.wrap(stream, at, Math.min(cut, stream.length - at)), 10);
            }
            assertEquals(3, messages, "cut into pieces of " + cut);
            assertEquals(6, fresh.next());
            assertEquals(0, fresh.ping().orElseThrow().length);
            assertArrayEquals(THERE, fresh.ping().orElseThrow());
            assertEquals(0, fresh.ping().orElseThrow().length);
            assertEquals(Optional.empty(), fresh.ping());
        }
    }

    @Test
    void aMessageThatIsMissingIsCaught() {
        assertEquals(1, reader.received(ByteBuffer.wrap(message(3)), 10));
        assertThrows(LoadException.class, () -> reader.received(ByteBuffer.wrap(message(5)), 10));
    }

    @Test
    void aMessageThatComesTwiceIsCaught() {
        byte[] twice = join(message(3), message(3));
        assertThrows(LoadException.class, () -> reader.received(ByteBuffer.wrap(twice), 10));
    }

    @Test
    void whoWaitsForWhatIsKnownOnceTheFirstHasCome() {
        assertTrue(!reader.waitsFor(9), "it may have joined later");
        reader.received(ByteBuffer.wrap(message(3)), 10);
        assertTrue(reader.waitsFor(4));
        assertTrue(!reader.waitsFor(3));
    }
}
