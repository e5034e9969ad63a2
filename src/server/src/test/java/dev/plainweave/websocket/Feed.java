package dev.plainweave.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Feeds bytes to a reader in pieces, and tells what came of it, one line an event. */
final class Feed {
    private static final int MARGIN = 3;

    /** How a refusal is told: its code and its reason. */
    private static final String FAILURE = "10\\d\\d.*";

    private final FrameReader reader;
    private final UnaryOperator<String> seen;
    private final List<String> events = new ArrayList<>();

    private Feed(FrameReader reader, UnaryOperator<String> seen) {
        this.reader = reader;
        this.seen = seen;
    }

    /** The events of the bytes, fed whole, byte by byte and at random splits: always the same ones. */
    static List<String> events(long limit, boolean deflate, byte[] bytes) {
        return events(limit, deflate, bytes, UnaryOperator.identity());
    }

    /** As {@link #events}, but where bytes break two rules with one code, either may be the one found first. */
    static List<String> codes(long limit, boolean deflate, byte[] bytes) {
        return events(limit, deflate, bytes, line -> line.matches(FAILURE) ? line.substring(0, 4) : line);
    }

    private static List<String> events(long limit, boolean deflate, byte[] bytes, UnaryOperator<String> seen) {
        List<String> whole = new Feed(new FrameReader(limit, deflate), seen).pieces(bytes, Math.max(1, bytes.length));
        assertEquals(whole, new Feed(new FrameReader(limit, deflate), seen).pieces(bytes, 1), "byte by byte");
        Random random = new Random(bytes.length);
        for (int round = 0; round < 5; round++) {
            int most = 1 + random.nextInt(1 + bytes.length);
            Feed feed = new Feed(new FrameReader(limit, deflate), seen);
            for (int from = 0; from < bytes.length && !feed.failed(); ) {
                int to = Math.min(bytes.length, from + random.nextInt(most + 1));
                feed.piece(Arrays.copyOfRange(bytes, from, to));
                from = to;
            }
            assertEquals(whole, feed.done(), "at random splits");
        }
        return whole;
    }

    private List<String> pieces(byte[] bytes, int size) {
        for (int from = 0; from < bytes.length && !failed(); from += size) {
            piece(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + size)));
        }
        return done();
    }

    /** Feeds one piece, surrounded by bytes that must stay as they are, and takes all events it completes. */
    private void piece(byte[] bytes) {
        byte[] array = new byte[bytes.length + 2 * MARGIN];
        Arrays.fill(array, (byte) 0x5a);
        System.arraycopy(bytes, 0, array, MARGIN, bytes.length);
        ByteBuffer input = ByteBuffer.wrap(array, 1, array.length - 1).slice();
        input.position(MARGIN - 1).limit(MARGIN - 1 + bytes.length);
        try {
            Incoming event = reader.read(input, false);
            while (event != null) {
                events.add(line(event));
                event = reader.read(input, false);
            }
            assertEquals(0, input.remaining(), "left unread");
        } catch (ProtocolException e) {
            events.add(seen.apply(e.code() + " " + e.reason()));
        }
        assertEquals(MARGIN - 1 + bytes.length, input.limit());
        for (int i = 0; i < MARGIN; i++) {
            assertEquals(0x5a, array[i]);
            assertEquals(0x5a, array[array.length - 1 - i]);
        }
    }

    /** The events, and a last line when something is unfinished. Releases the reader. */
    private List<String> done() {
        if (reader.midMessage()) {
            events.add("unfinished");
        }
        reader.release();
        return events;
    }

    private boolean failed() {
        return !events.isEmpty() && events.getLast().matches(FAILURE);
    }

    static String line(@Nullable Incoming event) {
        return switch (event) {
            case null -> "nothing";
            case Incoming.Data(Message.Text(String text)) -> "text " + text;
            case Incoming.Data(Message.Binary(ByteBuffer data)) -> "binary " + latin(data);
            case Incoming.Ping(ByteBuffer payload) -> "ping " + latin(payload);
            case Incoming.Pong(ByteBuffer payload) -> "pong " + latin(payload);
            case Incoming.Close(int code, String reason) -> "close " + code + " " + reason;
        };
    }

    private static String latin(ByteBuffer data) {
        return StandardCharsets.ISO_8859_1.decode(data.duplicate()).toString();
    }
}
