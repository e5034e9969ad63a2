package dev.plainweave.server;

import java.nio.channels.SelectableChannel;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.SelectorManager.AcceptListener;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.websocket.core.WebSocketConnection;

/**
 * Counts connections, and the bytes of those that speak HTTP or serve a Jakarta endpoint; native sessions count their own.
 * Nothing is kept for a connection beyond its first request. Safe for any thread.
 */
final class Traffic implements AcceptListener, Connection.Listener {
    private static final String COUNTED = Traffic.class.getName();

    /** What of a connection's bytes has been counted already. Used by the one thread that serves the connection. */
    private static final class Counted {
        long received;
        long sent;
    }

    private final LongAdder accepted = new LongAdder();
    private final LongAdder bytesReceived = new LongAdder();
    private final LongAdder bytesSent = new LongAdder();
    private final LongAdder jakartaOpened = new LongAdder();
    private final LongAdder jakartaEnded = new LongAdder();

    @Override
    public void onAccepted(SelectableChannel channel) {
        accepted.increment();
    }

    @Override
    public void onOpened(Connection connection) {
        if (connection instanceof WebSocketConnection) {
            jakartaOpened.increment();
        }
    }

    @Override
    public void onClosed(Connection connection) {
        if (connection instanceof ConnectionMetaData http) {
            count(http);
        } else if (connection instanceof WebSocketConnection) {
            bytesReceived.add(Math.max(0, connection.getBytesIn()));
            bytesSent.add(Math.max(0, connection.getBytesOut()));
            jakartaEnded.increment();
        }
    }

    /** Counts what has come and gone on an HTTP connection since it was last counted. */
    void count(ConnectionMetaData http) {
        if (http.getAttribute(COUNTED) instanceof Counted counted) {
            count(http.getConnection(), counted);
        } else {
            Counted first = new Counted();
            http.setAttribute(COUNTED, first);
            count(http.getConnection(), first);
        }
    }

    private void count(Connection connection, Counted counted) {
        long received = connection.getBytesIn();
        long sent = connection.getBytesOut();
        bytesReceived.add(received - counted.received);
        bytesSent.add(sent - counted.sent);
        counted.received = received;
        counted.sent = sent;
    }

    long accepted() {
        return accepted.sum();
    }

    long bytesReceived() {
        return bytesReceived.sum();
    }

    long bytesSent() {
        return bytesSent.sum();
    }

    long jakartaOpened() {
        return jakartaOpened.sum();
    }

    long jakartaOpenNow() {
        return Math.max(0, jakartaOpened.sum() - jakartaEnded.sum());
    }
}
