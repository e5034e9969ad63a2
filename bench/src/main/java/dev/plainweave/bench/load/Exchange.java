package dev.plainweave.bench.load;

import java.nio.ByteBuffer;

/**
 * The conversation of one connection: what to send next, and whether the bytes that came back are the right ones.
 *
 * <p>{@link #next} may run on another thread than {@link #received}; each is called by one thread only.
 */
public interface Exchange {

    /** The next request, ready to be written; the buffer is reused. */
    ByteBuffer next();

    /**
     * Takes all bytes of {@code chunk} and compares them with what had to come.
     *
     * @return how many answers were completed by this chunk
     * @throws LoadException at the first wrong byte, or one that nobody asked for
     */
    int received(ByteBuffer chunk);

    /** Requests handed out whose answer is not complete yet. */
    long outstanding();
}
