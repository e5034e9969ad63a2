package dev.plainweave.websocket;

import dev.plainweave.connector.BlockingEndPoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/**
 * A session's bytes as blocking reads and writes, over either connector, plain or encrypted. Reading is for one thread at
 * a time, and so is writing; closing is for any.
 */
final class Wire {
    private final EndPoint endPoint;
    private final ByteBufferPool pool;
    /** The blocking endpoint at the bottom, null over a selector. */
    private final @Nullable BlockingEndPoint bottom;

    private volatile ByteBuffer @Nullable [] inFlight;

    Wire(EndPoint endPoint, ByteBufferPool pool) {
        this.endPoint = endPoint;
        this.pool = pool;
        bottom = BlockingEndPoint.under(endPoint);
    }

    EndPoint endPoint() {
        return endPoint;
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
        return endPoint.fill(buffer);
    }

    /** Waits until {@link #fill} is worth calling. */
    void awaitReadable() throws IOException {
        if (bottom != null && !handshaking()) {
            bottom.awaitReadable();
        } else {
            try (Blocker.Callback readable = Blocker.callback()) {
                endPoint.fillInterested(readable);
                readable.block();
            }
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
        if (waitsFirst()) {
            endPoint.flush(buffers);
            return;
        }
        inFlight = buffers;
        try (Blocker.Callback written = Blocker.callback()) {
            endPoint.write(written, buffers);
            written.block();
        } finally {
            inFlight = null;
        }
    }

    /** Bytes of the write under way that are still to go, or -1 when none is, or when the endpoint watches by itself. */
    long pending() {
        ByteBuffer[] buffers = inFlight;
        return buffers == null || bottom != null ? -1 : BufferUtil.remaining(buffers);
    }

    boolean open() {
        return endPoint.isOpen();
    }

    /** Tells the peer that nothing more comes, where that can be said without closing: not under TLS. */
    void shutdownOutput() {
        if (!(endPoint instanceof SslConnection.SslEndPoint)) {
            endPoint.shutdownOutput();
        }
    }

    /** Closes the connection; under TLS with its goodbye. */
    void close() {
        endPoint.close();
    }

    /** Runs the session once the handshake's stack has unwound: on the connection's own thread where it has one. */
    boolean takeOver(Runnable session) {
        if (bottom == null) {
            return false;
        }
        bottom.takeOver(session);
        return true;
    }
}
