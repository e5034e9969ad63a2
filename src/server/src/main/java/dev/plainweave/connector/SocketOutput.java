package dev.plainweave.connector;

import dev.plainweave.connector.ConnectionLostException.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/**
 * The writing side of a socket: writes block as long as the peer takes bytes. Used by one thread at a time; the clock's
 * thread looks at plain fields to see whether a write has stalled.
 */
final class SocketOutput {
    /** Written at once: the JDK copies a heap buffer into native memory of the same size first. */
    private static final int CHUNK = 64 * 1024;

    private final SocketChannel channel;
    /** Who is writing; null for nobody. */
    private @Nullable Thread writer;

    private long bytes;
    private int spent;
    private volatile @Nullable ConnectionLostException stalled;
    private @Nullable StallMeter meter;

    SocketOutput(SocketChannel channel) {
        this.channel = channel;
    }

    /** Writes all of it. */
    void write(ByteBuffer... buffers) throws IOException {
        boolean interrupted = Thread.interrupted(); // a flag that a handler left behind would close the channel
        writer = Thread.currentThread();
        try {
            if (buffers.length > 1 && BufferUtil.remaining(buffers) <= CHUNK) {
                writeTogether(buffers);
            } else {
                for (ByteBuffer buffer : buffers) {
                    writeInChunks(buffer);
                }
            }
        } catch (IOException lost) {
            ConnectionLostException stall = stalled;
            throw stall != null ? stall : new ConnectionLostException(Place.WRITE, lost);
        } finally {
            writer = null;
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void writeTogether(ByteBuffer... buffers) throws IOException {
        for (long left = BufferUtil.remaining(buffers); left > 0; ) {
            long count = channel.write(buffers);
            bytes += count;
            left -= count;
            spent = TimeSlice.spend(spent, count);
        }
    }

    private void writeInChunks(ByteBuffer buffer) throws IOException {
        int limit = buffer.limit();
        try {
            while (buffer.position() < limit) {
                buffer.limit(Math.min(limit, buffer.position() + CHUNK));
                int count = channel.write(buffer);
                bytes += count;
                spent = TimeSlice.spend(spent, count);
            }
        } finally {
            buffer.limit(limit);
        }
    }

    /** Whether a write is under way. */
    boolean writing() {
        return writer != null;
    }

    /** Bytes that the kernel has taken. */
    long bytes() {
        return bytes;
    }

    /** Why the channel was closed, if it was for a stalled write. */
    @Nullable
    ConnectionLostException stalled() {
        return stalled;
    }

    /**
     * On the clock's thread: true once, when the write that is under way has stalled; the channel shall be closed then.
     *
     * <p>A write that waits is told to try again. Linux wakes it only when a third of the send buffer is free, which for a
     * slow but steady peer may be 1.4 MB away, but it takes bytes as soon as there is any room. The JDK's write copes with
     * being woken early: it tries, and waits on. (Of a virtual thread; a platform thread waits inside the system.)
     */
    boolean hasStalled(long now, long timeoutNanos) {
        Thread waiting = writer;
        if (waiting == null) {
            meter = null;
        } else if (meter == null) {
            meter = new StallMeter(timeoutNanos, now, bytes);
        } else if (stalled == null) {
            if (meter.stalled(now, bytes)) {
                stalled = new ConnectionLostException(Place.STALLED_WRITE, "the peer took too little for too long");
                return true;
            }
            LockSupport.unpark(waiting);
        }
        return false;
    }
}
