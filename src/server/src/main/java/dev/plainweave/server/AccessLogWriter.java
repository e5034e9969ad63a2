package dev.plainweave.server;

import dev.plainweave.websocket.Handshake;
import dev.plainweave.websocket.SessionSummary;
import java.net.InetSocketAddress;
import java.security.Principal;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the access log. */
final class AccessLogWriter implements RequestLog {
    private static final Logger LOGGER = LoggerFactory.getLogger(AccessLog.LOGGER);

    private final AccessLog format;

    AccessLogWriter(AccessLog format) {
        this.format = format;
    }

    @Override
    public void log(Request request, Response response) {
        if (LOGGER.isInfoEnabled()) {
            Principal principal = Request.getAuthenticationState(request).getUserPrincipal();
            write(new AccessLogLine(
                    Request.getRemoteAddr(request),
                    Optional.ofNullable(principal).map(Principal::getName),
                    request.getMethod(),
                    Optional.ofNullable(request.getHttpURI().getPathQuery()).orElse("-"),
                    request.getConnectionMetaData().getHttpVersion().asString(),
                    response.getStatus(),
                    Response.getContentBytesWritten(response),
                    Optional.ofNullable(request.getHeaders().get(HttpHeader.REFERER)),
                    Optional.ofNullable(request.getHeaders().get(HttpHeader.USER_AGENT)),
                    Duration.ofNanos(System.nanoTime() - request.getBeginNanoTime()),
                    Optional.empty()));
        }
    }

    /** A native session has ended, and its connection is closed. */
    void log(SessionSummary session) {
        if (LOGGER.isInfoEnabled()) {
            Handshake handshake = session.handshake();
            write(new AccessLogLine(
                    handshake.remote() instanceof InetSocketAddress inet
                            ? inet.getHostString()
                            : handshake.remote().toString(),
                    handshake.principal().map(Principal::getName),
                    "WEBSOCKET",
                    handshake.path(),
                    "HTTP/1.1",
                    session.end().code(),
                    session.messagesSent(),
                    handshake.header("Referer"),
                    handshake.header("User-Agent"),
                    session.end().lasted(),
                    Optional.of(new AccessLogLine.Session(
                            session.messagesReceived(), session.end().reason().name()))));
        }
    }

    private void write(AccessLogLine line) {
        LOGGER.info("{}", format == AccessLog.JSON ? line.json() : line.combined());
    }
}
