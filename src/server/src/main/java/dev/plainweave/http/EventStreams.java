package dev.plainweave.http;

import dev.plainweave.websocket.End;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.ee11.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.component.Graceful;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The streams that are open, and the one place that catches what their handlers throw. */
final class EventStreams extends AbstractLifeCycle implements Graceful {
    private static final Logger LOGGER = LoggerFactory.getLogger(EventStream.class);

    private final Set<ServerEventStream> open = ConcurrentHashMap.newKeySet();
    private volatile boolean shuttingDown;

    /** Serves one stream, as long as its handler runs. */
    void serve(HttpServletRequest request, HttpServletResponse response, EventsOptions options, EventsHandler handler)
            throws IOException {
        response.setContentType("text/event-stream");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no"); // nginx would collect events
        response.setHeader("X-Content-Type-Options", "nosniff");
        if ("HEAD".equals(request.getMethod())) {
            return;
        }
        response.flushBuffer(); // the browser's onopen
        EndPoint endPoint = ServletContextRequest.getServletContextRequest(request)
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint();
        ServerEventStream stream = new ServerEventStream(
                request, response.getOutputStream(), endPoint::isInputShutdown, options.heartbeat());
        open.add(stream);
        try {
            if (shuttingDown) {
                stream.end(End.Reason.SHUTDOWN, End.Operation.CLOSE, null); // opened too late to have been told
            } else {
                Thread.ofVirtual().name("heartbeat").start(stream::beat);
                run(stream, handler);
            }
        } finally {
            stream.handlerDone();
            open.remove(stream);
        }
    }

    private static void run(ServerEventStream stream, EventsHandler handler) {
        try {
            handler.handle(stream);
            stream.close();
        } catch (Throwable thrown) {
            if (stream.isOwnEnd(thrown)) {
                LOGGER.debug("{}: {}", stream, thrown.toString());
            } else {
                stream.end(End.Reason.HANDLER_FAILED, End.Operation.CLOSE, thrown);
                LOGGER.warn("the handler of {} failed", stream, thrown);
            }
        }
    }

    int count() {
        return open.size();
    }

    @Override
    protected void doStart() {
        shuttingDown = false;
    }

    @Override
    protected void doStop() {
        endAll();
    }

    /** Ends them at once; the connector waits for their connections. */
    @Override
    public CompletableFuture<Void> shutdown() {
        endAll();
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public boolean isShutdown() {
        return shuttingDown;
    }

    private void endAll() {
        shuttingDown = true;
        for (ServerEventStream stream :
                open) { // each on its own: one that is being written to would hold up the others
            Thread.ofVirtual()
                    .name("events-shutdown")
                    .start(() -> stream.end(End.Reason.SHUTDOWN, End.Operation.CLOSE, null));
        }
    }
}
