package dev.plainweave.connector;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** One HTTP connection as {@link RequestDeadlines} sees it: between two requests, amid headers, or serving a request. */
final class RequestWatch {
    private static final byte[] LATE = "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);
    /** After a 408: how long the client may take to read it before the connection is cut. */
    private static final long GOODBYE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Connection connection;
    private volatile boolean serving;
    private volatile @Nullable TimedBody body;
    /** Bytes that had come in when the last request was done. */
    private volatile long settled;
    /** When the clock first saw bytes of a request whose headers are not complete; 0 for none. */
    private long since;
    /** When it was refused; 0 for not. */
    private long refused;

    RequestWatch(Connection connection) {
        this.connection = connection;
    }

    /** A request's headers are complete. */
    void begin(@Nullable TimedBody itsBody) {
        body = itsBody;
        serving = true;
    }

    /** The request is done. */
    void end() {
        settled = connection.getBytesIn();
        body = null;
        serving = false;
    }

    /** On the clock's thread. */
    void tick(long now, RequestDeadlines.Terms terms) {
        TimedBody reading = body;
        if (reading != null) {
            reading.tick(now, terms);
        }
        if (serving) {
            since = 0;
        } else if (connection.getBytesIn() == settled && !inHandshake()) {
            since = 0;
        } else if (since == 0) {
            since = now;
        } else if (refused == 0 && now - since >= terms.headers()) {
            terms.missed().accept(RequestDeadlines.Late.HEADERS);
            refused = now;
            start(connection.getBytesIn() == 0 ? this::close : this::refuse);
        } else if (refused != 0 && now - refused >= GOODBYE_NANOS) {
            start(this::close);
        }
    }

    private boolean inHandshake() {
        return connection.getEndPoint() instanceof SslConnection.SslEndPoint tls
                && "NONE"
                        .equals(tls.getSslConnection()
                                .getSSLEngine()
                                .getSession()
                                .getProtocol());
    }

    private void start(Runnable task) {
        Thread.ofVirtual()
                .name("late " + connection.getEndPoint().getRemoteSocketAddress())
                .start(task);
    }

    private void refuse() {
        EndPoint endPoint = connection.getEndPoint();
        endPoint.write(Callback.from(endPoint::shutdownOutput, failed -> endPoint.close()), ByteBuffer.wrap(LATE));
    }

    private void close() {
        connection.getEndPoint().close();
    }
}
