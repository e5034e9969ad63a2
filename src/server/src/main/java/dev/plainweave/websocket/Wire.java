package dev.plainweave.websocket;

import dev.plainweave.connector.BlockingEndPoint;
import dev.plainweave.connector.TimeSlice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * A session's bytes as blocking reads and writes, over either connector, plain or encrypted. Reading is for one thread at
 * a time, and so is writing; closing is for any. An interrupt while reading or writing ends the connection, as the JDK has
 * it for a channel, over either connector.
 */
final class Wire {
    /** How long an end of stream waits for what a thread that is writing has to say of it. */
    private static final int WRITER_MILLIS = 50;

    private final EndPoint endPoint;
    private final ByteBufferPool pool;
    private final SessionStats stats;
    /** The blocking endpoint at the bottom, null over a selector. */
    private final @Nullable BlockingEndPoint bottom;

    private volatile @Nullable IOException writeFailure;

    // For the clock: plain fields, exact enough for a tick.
    private boolean writing;
    private long handedOver;
    private ByteBuffer @Nullable [] inFlight;
    /** Over a selector, where a write or a read that need not wait does not give up the carrier either. */
    private short spent;

    Wire(EndPoint endPoint, ByteBufferPool pool, SessionStats stats) {
        this.endPoint = endPoint;
        this.pool = pool;
        this.stats = stats;
        bottom = BlockingEndPoint.under(endPoint);
    }

    EndPoint endPoint() {
        return endPoint;
    }

    SessionStats stats() {
        return stats;
    }

    /** Whether the blocking connector made this connection. */
    boolean blocking() {
        return bottom != null;
    }

    /** Whether waiting before the first fill saves a fill: nothing but the socket can have bytes. */
    boolean waitsFirst() {
        return endPoint == bottom;
    }

    /** A heap buffer to read into, empty. */
    RetainableByteBuffer borrow(int size) {
        return pool.acquire(size, false);
    }

    /** What is there now: the bytes added to the buffer, 0 for none, -1 at the end of the stream. */
    int fill(ByteBuffer buffer) throws IOException {
        int count = endPoint.fill(buffer);
        if (count < 0 && bottom != null) {
            heedWriter();
        }
        stats.bytesReceived(Math.max(count, 0));
        spend(count);
        return count;
    }

    private void spend(long bytes) {
        if (bottom == null) {
            spent = (short) TimeSlice.spend(spent, bytes);
        }
    }

    /** The system tells one thread of a reset: where a writer was told, the reader meets an end of stream. */
    private void heedWriter() throws IOException {
        for (int i = 0; writing && writeFailure == null && i < WRITER_MILLIS; i++) {
            LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(1));
        }
        IOException reset = writeFailure;
        if (reset != null) {
            throw reset;
        }
    }

    /** Waits until {@link #fill} is worth calling. */
    void awaitReadable() throws IOException {
        if (bottom != null && !handshaking()) {
            bottom.awaitReadable();
        } else {
            Waiter readable = new Waiter();
            endPoint.fillInterested(readable);
            if (!endPoint.isOpen()) {
                // Closed before the interest was there: Jetty's selector tells nobody.
                readable.failed(new ClosedChannelException());
            }
            readable.await();
        }
    }

    /** TLS that has something to say itself before it can read on must be driven by Jetty's own interest. */
    private boolean handshaking() {
        return endPoint instanceof SslConnection.SslEndPoint tls
                && switch (tls.getSslConnection().getSSLEngine().getHandshakeStatus()) {
                    case NEED_WRAP, NEED_TASK -> true;
                    default -> false;
                };
    }

    /** Returns when the bytes are the kernel's, or, under TLS on the blocking connector, in its bounded buffer. */
    void write(ByteBuffer... buffers) throws IOException {
        writing = true;
        stats.bytesSent(BufferUtil.remaining(buffers));
        try {
            if (bottom != null && waitsFirst()) {
                bottom.writeBlocking(buffers);
            } else {
                writeThrough(buffers);
            }
        } catch (IOException lost) {
            writeFailure = lost;
            throw lost;
        } finally {
            writing = false;
        }
    }

    private void writeThrough(ByteBuffer... buffers) throws IOException {
        long size = BufferUtil.remaining(buffers);
        handedOver += size;
        inFlight = buffers;
        try {
            Waiter written = new Waiter();
            endPoint.write(written, buffers);
            written.await();
        } finally {
            inFlight = null;
        }
        spend(size);
    }

    /** Whether a write is going on. */
    boolean writing() {
        return writing;
    }

    /** A number that grows while a write makes progress. */
    long progress() {
        if (bottom != null) {
            return bottom.bytesWritten();
        }
        ByteBuffer[] buffers = inFlight;
        return handedOver - (buffers == null ? 0 : BufferUtil.remaining(buffers));
    }

    /**
     * Over a selector, has a write that waits tried again: there may be room, of which the system tells only when it is a
     * third of the send buffer. The blocking connector sees to that itself.
     */
    void nudge() {
        EndPoint socket = endPoint;
        while (socket instanceof EndPoint.Wrapper wrapper) {
            socket = wrapper.unwrap();
        }
        if (bottom == null && socket instanceof AbstractEndPoint selected) {
            Thread.ofVirtual().name("nudge").start(selected.getWriteFlusher()::completeWrite);
        }
    }

    boolean open() {
        return endPoint.isOpen();
    }

    boolean secure() {
        return endPoint instanceof SslConnection.SslEndPoint;
    }

    /** Tells the peer that nothing more comes, where that can be said without closing: not under TLS. */
    void shutdownOutput() {
        if (!secure()) {
            endPoint.shutdownOutput();
        }
    }

    /** Closes the connection, when what was written is out; under TLS with its goodbye. */
    void close() {
        endPoint.close();
    }

    /** Closes the connection at once: nobody at the other end reads any more. */
    void cut() {
        endPoint.close();
        if (bottom != null && bottom.getTransport() instanceof Channel channel) {
            try {
                channel.close();
            } catch (IOException gone) {
                // The descriptor is released all the same.
            }
        }
    }

    /** Runs the session once the handshake's stack has unwound: on the connection's own thread where it has one. */
    boolean takeOver(Runnable session) {
        if (bottom == null) {
            return false;
        }
        bottom.takeOver(session);
        return true;
    }

    /** A thread that waits for Jetty to call back. */
    private static final class Waiter implements Callback {
        private static final Object SUCCEEDED = new Object();

        private final Thread thread = Thread.currentThread();
        private volatile @Nullable Object result;

        @Override
        public void succeeded() {
            result = SUCCEEDED;
            LockSupport.unpark(thread);
        }

        @Override
        public void failed(Throwable failure) {
            result = failure;
            LockSupport.unpark(thread);
        }

        @Override
        public InvocationType getInvocationType() {
            return InvocationType.NON_BLOCKING;
        }

        void await() throws IOException {
            while (result == null) {
                if (thread.isInterrupted()) {
                    throw new ClosedByInterruptException();
                }
                LockSupport.park(this);
            }
            if (result instanceof Throwable failure) {
                throw failure instanceof IOException lost ? lost : new IOException(failure);
            }
        }
    }
}
