package dev.plainweave.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * One message that is arriving in pieces. Text is validated, and compressed data inflated, as they arrive. Memory grows
 * with what has arrived, never by what a header claims.
 */
final class MessageAssembly {
    private static final int FIRST_ALLOCATION = 8 << 10;

    /** What DEFLATE may add to data that it cannot compress, generously. */
    private static final int EXPANSION_SHIFT = 3;

    private static final int EXPANSION_CONSTANT = 64;

    /**
     * What follows a compressed message: the tail that did not travel (RFC 7692, section 7.2.2), and an empty final block
     * of our own, by which the inflater tells a message that ends where a block ends from a truncated one.
     */
    private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff, 3, 0};

    private final boolean text;
    private final int maxBytes;
    private @Nullable Inflater inflater;
    private byte[] bytes = {};
    private int size;
    private int utf8 = Utf8.ACCEPT;
    private long arrived;
    private long expected;
    private boolean lastExpected;

    /**
     * An empty message.
     *
     * @param text whether it is a text message
     * @param compressed whether its payload is to be inflated
     * @param maxBytes the limit for the whole message, inflated
     */
    MessageAssembly(boolean text, boolean compressed, int maxBytes) {
        this.text = text;
        this.maxBytes = maxBytes;
        this.inflater = compressed ? Compression.borrowInflater() : null;
    }

    /**
     * The payload that a new message may have on the wire. Compressed data may be a little longer than the message, and no
     * more, or a peer could send empty blocks for ever.
     */
    static long room(int maxBytes, boolean compressed) {
        return compressed ? maxBytes + ((long) maxBytes >> EXPANSION_SHIFT) + EXPANSION_CONSTANT : maxBytes;
    }

    /** The payload that may follow what was {@linkplain #expect expected} so far. */
    long room() {
        return room(maxBytes, inflater != null) - expected;
    }

    /**
     * Announces a frame.
     *
     * @param payloadBytes its payload, no more than {@link #room()}
     * @param last whether it is the message's last frame
     */
    void expect(long payloadBytes, boolean last) {
        expected += payloadBytes;
        lastExpected = last;
    }

    /** Takes the next piece of payload, unmasked. */
    void append(byte[] from, int offset, int count) throws ProtocolException {
        arrived += count;
        if (inflater == null) {
            ensureRoom(count, lastExpected ? expected : maxBytes);
            System.arraycopy(from, offset, bytes, size, count);
            added(count);
        } else if (count > 0) {
            inflate(inflater, from, offset, count);
        }
    }

    /** The whole message, after its last piece. */
    Message finish() throws ProtocolException {
        if (inflater != null) {
            finishInflating(inflater);
            release();
        }
        if (!text) {
            return new Message.Binary(ByteBuffer.wrap(size == bytes.length ? bytes : Arrays.copyOf(bytes, size)));
        }
        if (utf8 != Utf8.ACCEPT) {
            throw notUtf8();
        }
        return new Message.Text(new String(bytes, 0, size, StandardCharsets.UTF_8));
    }

    /** Gives the inflater back, if there is one. Harmless when repeated. */
    void release() {
        Inflater borrowed = inflater;
        inflater = null;
        if (borrowed != null) {
            Compression.giveBack(borrowed);
        }
    }

    static ProtocolException notUtf8() {
        return ProtocolException.invalid("text is not UTF-8");
    }

    private void finishInflating(Inflater borrowed) throws ProtocolException {
        // Nothing at all, and a final block as the last one, are not what section 7.2.1 produces, but clear in meaning.
        if (arrived == 0 || borrowed.finished()) {
            return;
        }
        borrowed.setInput(TAIL);
        drain(borrowed);
        if (!borrowed.finished() || borrowed.getRemaining() > 0) {
            throw ProtocolException.invalid("compressed message is truncated");
        }
    }

    private void inflate(Inflater borrowed, byte[] from, int offset, int count) throws ProtocolException {
        int rest = count;
        do {
            // Section 7.2.3.4 allows final blocks; to the JDK the stream ends there, and what follows is a new one.
            if (borrowed.finished()) {
                borrowed.reset();
            }
            borrowed.setInput(from, offset + count - rest, rest);
            drain(borrowed);
            rest = borrowed.getRemaining();
        } while (borrowed.finished() && rest > 0);
    }

    private void drain(Inflater borrowed) throws ProtocolException {
        try {
            while (inflateSome(borrowed) > 0) {
                // until all input is used, or the stream ends
            }
        } catch (DataFormatException e) {
            throw ProtocolException.invalid("compressed message is corrupt");
        }
    }

    private int inflateSome(Inflater borrowed) throws ProtocolException, DataFormatException {
        if (size == maxBytes) {
            if (borrowed.inflate(new byte[1]) > 0) {
                throw ProtocolException.tooLarge(maxBytes);
            }
            return 0;
        }
        ensureRoom(1, bytes.length == 0 ? Math.min(FIRST_ALLOCATION, 4 * expected) : maxBytes);
        int inflated = borrowed.inflate(bytes, size, bytes.length - size);
        added(inflated);
        return inflated;
    }

    /** Counts what was put behind {@code size}, and validates it. */
    private void added(int count) throws ProtocolException {
        if (text) {
            utf8 = Utf8.advance(utf8, bytes, size, size + count);
            if (utf8 == Utf8.REJECT) {
                throw notUtf8();
            }
        }
        size += count;
    }

    /**
     * Makes room behind {@code size}, at least doubling, so that the copying stays proportional to the message.
     *
     * @param count the room that must be there
     * @param useful the size beyond which more is not going to be needed soon
     */
    private void ensureRoom(int count, long useful) {
        int needed = size + count;
        if (needed > bytes.length) {
            long doubled = Math.max(FIRST_ALLOCATION, 2L * bytes.length);
            long capacity = Math.min(Math.min(doubled, useful), maxBytes);
            bytes = Arrays.copyOf(bytes, (int) Math.max(needed, capacity));
        }
    }
}
