package dev.plainweave.server;

import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.AbstractConnector;

/** Kept-alive HTTP connections between two requests: a server that stops need not wait for them. */
final class IdleConnections {
    /** Silence after which a connection that owes no answer counts as idle. */
    private static final long QUIET_MILLIS = 50;
    /** Time between two looks. */
    static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

    private IdleConnections() {}

    /** Closes those that have answered every request, wait for the next, and have been silent for a moment. */
    static void close(AbstractConnector connector) {
        for (EndPoint endPoint : connector.getConnectedEndPoints()) {
            if (endPoint instanceof AbstractEndPoint bottom
                    && bottom.getIdleFor() >= QUIET_MILLIS
                    && idle(bottom, bottom.getConnection())) {
                endPoint.close();
            }
        }
    }

    private static boolean idle(AbstractEndPoint endPoint, Connection connection) {
        if (connection instanceof SslConnection tls) {
            return idle(tls.getSslEndPoint(), tls.getSslEndPoint().getConnection());
        }
        // HTTP, which can become something else. A WebSocket is none: it is told that the server leaves, and then
        // closed.
        return connection instanceof Connection.UpgradeFrom
                && endPoint.isFillInterested()
                && connection.getMessagesIn() == connection.getMessagesOut();
    }
}
