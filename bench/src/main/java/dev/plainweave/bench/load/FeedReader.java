package dev.plainweave.bench.load;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * What one listener of a broadcast gets: from whatever message it begins with, every one after it, in order. A listener
 * says nothing itself, so a server may ask whether it is still there: pings stand between messages, and want an answer.
 */
final class FeedReader {

    /** The payload of message {@code number}. */
    interface Payload {
        byte[] of(int number, int size);
    }

    private final int size;
    private final Payload payload;
    private final ByteBuffer frame;
    private final Deque<byte[]> pings = new ArrayDeque<>();
    private volatile int next = -1; // written by one thread

    FeedReader(int size, Payload payload) {
        this.size = size;
        this.payload = payload;
        this.frame = ByteBuffer.allocate(Frames.plain(Frames.TEXT, payload.of(0, size)).length);
    }

    /** The message that must come next; 0 before the first. */
    int next() {
        return Math.max(0, next);
    }

    /** Whether that message, or one before it, has not come yet; not before the first one that came. By any thread. */
    boolean waitsFor(int number) {
        int expected = next;
        return expected >= 0 && expected <= number;
    }

    /**
     * Takes all bytes.
     *
     * @param published messages published up to now
     * @return how many messages were completed
     */
    int received(ByteBuffer chunk, int published) {
        int completed = 0;
        while (chunk.hasRemaining()) {
            int length = Math.min(frame.remaining(), chunk.remaining());
            frame.put(frame.position(), chunk, chunk.position(), length);
            frame.position(frame.position() + length);
            chunk.position(chunk.position() + length);
            takePings();
            if (frame.position() >= 4 && (frame.get(0) & 0xFF) == (0x80 | Frames.CLOSE)) {
                throw new LoadException("a listener was closed by the server with " + (frame.getShort(2) & 0xFFFF)
                        + " before message " + next + " of " + published + " published");
            }
            if (!frame.hasRemaining()) {
                take(published);
                completed++;
            }
        }
        return completed;
    }

    /** The payload of a ping that has come and was not answered yet. */
    Optional<byte[]> ping() {
        return Optional.ofNullable(pings.poll());
    }

    private void takePings() {
        while (frame.position() >= 2 && (frame.get(0) & 0xFF) == (0x80 | Frames.PING)) {
            int end = 2 + frame.get(1);
            if (end > frame.capacity()) {
                throw new LoadException("a ping of " + (end - 2) + " bytes: too large for this listener");
            }
            if (frame.position() < end) {
                return;
            }
            byte[] payload = new byte[end - 2];
            frame.get(2, payload);
            pings.add(payload);
            frame.flip().position(end);
            frame.compact();
        }
    }

    private void take(int published) {
        frame.flip();
        int number = next < 0 ? first(published) : next;
        if (number >= published || !frame.equals(expected(number))) {
            throw new LoadException(
                    "a listener did not get message " + number + " next, of " + published + " published");
        }
        next = number + 1;
        frame.clear();
    }

    /** The session may have joined after the first messages. */
    private int first(int published) {
        for (int n = 0; n < published; n++) {
            if (frame.equals(expected(n))) {
                return n;
            }
        }
        throw new LoadException("a listener got a first message that nobody published");
    }

    private ByteBuffer expected(int number) {
        return ByteBuffer.wrap(Frames.plain(Frames.TEXT, payload.of(number, size)));
    }
}
