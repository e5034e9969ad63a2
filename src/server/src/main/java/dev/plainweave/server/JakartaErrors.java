package dev.plainweave.server;

import jakarta.websocket.DecodeException;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.ee11.websocket.jakarta.common.JakartaWebSocketSession;
import org.eclipse.jetty.util.ConstantThrowable;
import org.eclipse.jetty.util.Utf8StringBuilder;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.exception.BadPayloadException;
import org.eclipse.jetty.websocket.core.exception.CloseException;
import org.eclipse.jetty.websocket.core.exception.MessageTooLargeException;
import org.eclipse.jetty.websocket.core.exception.ProtocolException;
import org.eclipse.jetty.websocket.core.exception.WebSocketException;
import org.eclipse.jetty.websocket.core.exception.WebSocketTimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the end of a Jakarta session, which its close code has told, from a failure of the application. */
final class JakartaErrors {
    private JakartaErrors() {}

    /**
     * The error method of an endpoint that has none: WARN for the application's failure, DEBUG for a disconnect
     * and for a message that could not be decoded, which its sender has been told with the close code.
     */
    static void unhandled(Object endpoint, Session session, Throwable failure) {
        CoreSession core = ((JakartaWebSocketSession) session).getCoreSession();
        Logger log = LoggerFactory.getLogger(endpoint.getClass());
        if (isFromConnection(failure, session)
                || failure instanceof DecodeException
                || (!core.isOutputOpen() && followsFrom(null, failure))) {
            log.debug("Session {} ended", session.getId(), failure);
        } else {
            log.warn(
                    "Unhandled exception in an endpoint without an error method, session {}", session.getId(), failure);
        }
    }

    /**
     * Whether Jetty's connection, and not the application, is where this was thrown. What the connection throws arrives
     * here bare, and after the session was closed; what the application throws arrives bare while it is open, and
     * wrapped later on.
     */
    private static boolean isFromConnection(Throwable failure, Session session) {
        return failure instanceof ProtocolException
                || failure instanceof BadPayloadException
                || failure instanceof MessageTooLargeException
                || failure instanceof WebSocketTimeoutException
                || failure instanceof Utf8StringBuilder.Utf8CharacterCodingException
                || isClosedByUs(failure)
                || (!session.isOpen() && (failure instanceof IOException || failure instanceof TimeoutException));
    }

    /** Jetty reports a close with an abnormal code, such as 1001 at a stop, as an exception that has no cause. */
    private static boolean isClosedByUs(Throwable failure) {
        return failure instanceof WebSocketException && failure.getCause() == null;
    }

    /**
     * Whether the endpoint's error method has had this already: when a message method or a decoder throws, Jetty first
     * tells what was thrown, then closes the session with 1003 and tells a CloseException around it.
     */
    static boolean isToldBefore(Throwable failure) {
        return failure.getClass() == CloseException.class
                && failure.getCause() != null
                && !(failure.getCause() instanceof WebSocketException);
    }

    /**
     * Whether a failure met after the end of a session is only the end again: the very exception that ended it, what
     * Jetty throws for an operation on a closed session (its extensions throw a ConstantThrowable), or any of them as
     * somebody's cause.
     *
     * @param end what ended the session, if that was an exception
     */
    @SuppressWarnings("ReferenceEquality") // the same exception, not one that looks like it
    static boolean followsFrom(@Nullable Throwable end, Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t == end || t instanceof ClosedChannelException || t instanceof ConstantThrowable || isClosedByUs(t)) {
                return true;
            }
        }
        return false;
    }
}
