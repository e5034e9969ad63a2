package dev.plainweave.http;

import dev.plainweave.connector.ConnectionLostException;
import jakarta.servlet.ServletRequest;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.ee11.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;

/** Tells a client that has gone from a failure of the application: by type and place, never by a text. */
final class Vanished {
    private Vanished() {}

    /**
     * Whether that was thrown because the request's own connection is gone. The blocking connector says so by a type of its
     * own; Jetty's types may come from elsewhere too, such as a client that the handler uses, so there the connection has
     * to agree.
     */
    static boolean explains(Throwable thrown, ServletRequest request) {
        boolean input = false;
        boolean output = false;
        Throwable link = thrown;
        for (int depth = 0; link != null && depth < FailureFilter.MAX_CAUSES; depth++) {
            if (link instanceof ConnectionLostException) {
                return true;
            }
            input |= link instanceof IOException || link instanceof TimeoutException;
            output |= link instanceof EofException || link instanceof TimeoutException; // a client that does not read
            link = link.getCause();
        }
        ServletContextRequest entered = ServletContextRequest.getServletContextRequest(request);
        return (input && isDown(entered)) || (output && isBroken(entered));
    }

    private static boolean isDown(ServletContextRequest request) {
        EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        return !endPoint.isOpen() || endPoint.isOutputShutdown() || endPoint.isInputShutdown();
    }

    /** Whether a write has failed: Jetty closes the output then, a moment before it closes the connection. */
    private static boolean isBroken(ServletContextRequest request) {
        return request.getServletContextResponse().getHttpOutput().isClosed();
    }
}
