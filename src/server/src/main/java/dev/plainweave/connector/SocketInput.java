package dev.plainweave.connector;

import dev.plainweave.connector.ConnectionLostException.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/**
 * The reading side of a socket: a small buffer that a blocking read fills ahead, and what is known about the bytes behind
 * it. Used by one thread at a time.
 */
final class SocketInput {
    /** Bytes read ahead for HTTP: a browser's request arrives in one read. */
    private static final int AHEAD = 1024;
    /** Bytes read ahead once an owner has taken over: a small WebSocket frame arrives in one read. */
    private static final int OWNED_AHEAD = 112;

    private final SocketChannel channel;
    private ByteBuffer ahead = ByteBuffer.allocate(AHEAD).limit(0);
    private boolean more;
    private boolean ended;
    private long discarded;
    private int spent;
    private @Nullable ConnectionLostException failure;

    SocketInput(SocketChannel channel) {
        this.channel = channel;
    }

    /** Waits until there are bytes, or the stream ends or fails. */
    void await() {
        if (ahead.hasRemaining() || more || ended || failure != null) {
            return;
        }
        ahead.clear();
        try {
            ended = channel.read(ahead) < 0;
            more = !ahead.hasRemaining();
        } catch (IOException lost) {
            failure = new ConnectionLostException(Place.READ, lost);
        } finally {
            ahead.flip();
        }
        spent = TimeSlice.spend(spent, ahead.remaining());
    }

    /** Appends what is known to be there, without waiting; returns how many bytes. The buffer is in Jetty's flush mode. */
    int drain(ByteBuffer buffer) {
        int position = BufferUtil.flipToFill(buffer);
        int start = buffer.position();
        try {
            if (ahead.hasRemaining()) {
                int length = Math.min(ahead.remaining(), buffer.remaining());
                buffer.put(ahead.array(), ahead.position(), length);
                ahead.position(ahead.position() + length);
            }
            if (more && !ahead.hasRemaining() && buffer.hasRemaining()) {
                topUp(buffer);
            }
            return buffer.position() - start;
        } catch (IOException lost) {
            failure = new ConnectionLostException(Place.READ, lost);
            return buffer.position() - start;
        } finally {
            BufferUtil.flipToFlush(buffer, position);
        }
    }

    /** Reads what the kernel says is there: that does not wait. */
    private void topUp(ByteBuffer buffer) throws IOException {
        int available = channel.socket().getInputStream().available();
        more = available > buffer.remaining();
        if (available == 0) {
            return;
        }
        int limit = buffer.limit();
        buffer.limit(buffer.position() + Math.min(available, buffer.remaining()));
        boolean interrupted = Thread.interrupted(); // a flag that a handler left behind would close the channel
        try {
            spent = TimeSlice.spend(spent, channel.read(buffer));
        } finally {
            buffer.limit(limit);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Keeps a smaller buffer from now on. */
    void shrink() {
        ByteBuffer smaller = ByteBuffer.allocate(Math.max(OWNED_AHEAD, ahead.remaining()));
        ahead = smaller.put(ahead).flip();
    }

    /** Reads and drops what the peer still sends, until it closes, or that many bytes have come, or the channel is closed. */
    void discard(long limit) {
        ByteBuffer dropped = ByteBuffer.allocate(8 * 1024);
        try {
            while (!ended && discarded < limit) {
                dropped.clear();
                ended = channel.read(dropped) < 0;
                discarded += dropped.position();
                spent = TimeSlice.spend(spent, dropped.position());
            }
        } catch (IOException lost) {
            failure = new ConnectionLostException(Place.READ, lost);
        }
    }

    /** How many bytes have been dropped. */
    long discarded() {
        return discarded;
    }

    /** Whether the peer has closed its side; bytes may still wait to be drained. */
    boolean ended() {
        return ended;
    }

    /** What ended the reading, if it did not end well. */
    @Nullable
    ConnectionLostException failure() {
        return failure;
    }
}
