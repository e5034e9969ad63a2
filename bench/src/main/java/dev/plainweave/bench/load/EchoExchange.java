package dev.plainweave.bench.load;

import java.nio.ByteBuffer;

/**
 * Text frames of one size, a few different ones in turn, each expected back unmasked, whole and in order.
 *
 * <p>Frames differ by connection and by turn: an echo that went astray, came twice or overtook another is a wrong byte.
 */
public final class EchoExchange implements Exchange {
    private static final int SLOTS = 4;

    private final ByteBuffer[] requests = new ByteBuffer[SLOTS];
    private final ByteBuffer[] answers = new ByteBuffer[SLOTS];
    private final int connection;
    private volatile long sent;
    private volatile long answered;
    private int offset;

    public EchoExchange(int connection, int payloadSize) {
        this.connection = connection;
        for (int slot = 0; slot < SLOTS; slot++) {
            byte[] payload = Frames.payload(connection, slot, payloadSize);
            int mask = 0x9E3779B9 * (connection * SLOTS + slot + 1);
            requests[slot] = direct(Frames.masked(Frames.TEXT, payload, mask));
            answers[slot] = direct(Frames.plain(Frames.TEXT, payload));
        }
    }

    @Override
    public ByteBuffer next() {
        long number = sent;
        sent = number + 1;
        return requests[(int) (number % SLOTS)].clear();
    }

    @Override
    public int received(ByteBuffer chunk) {
        int completed = 0;
        while (chunk.hasRemaining()) {
            long number = answered;
            if (number >= sent) {
                throw new LoadException("connection " + connection + ": " + chunk.remaining()
                        + " bytes that nobody asked for after answer " + number);
            }
            ByteBuffer expected = answers[(int) (number % SLOTS)];
            int length = Math.min(expected.capacity() - offset, chunk.remaining());
            expected.limit(offset + length).position(offset);
            int end = chunk.limit();
            chunk.limit(chunk.position() + length);
            int wrong = expected.mismatch(chunk);
            if (wrong >= 0) {
                throw new LoadException("connection " + connection + ", answer " + number + ": "
                        + difference(
                                offset + wrong,
                                chunk.get(chunk.position() + wrong) & 0xFF,
                                expected.get(offset + wrong) & 0xFF));
            }
            chunk.position(chunk.limit()).limit(end);
            offset += length;
            if (offset == expected.capacity()) {
                offset = 0;
                answered = number + 1;
                completed++;
            }
        }
        return completed;
    }

    private static String difference(int at, int is, int wanted) {
        return at == 0 && is == (0x80 | Frames.PING)
                ? "lost: the server has waited for a message so long that it sent a ping"
                : "byte " + at + " is " + is + " instead of " + wanted;
    }

    @Override
    public long outstanding() {
        return sent - answered;
    }

    private static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }
}
