package dev.plainweave.server;

import dev.plainweave.websocket.WebSocketRoutes;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.Graceful;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a server stops, step by step. Used once, by one thread. */
final class Stopping {
    private static final Logger LOGGER = LoggerFactory.getLogger(Stopping.class);
    /** After the grace: how long goodbyes may take before the connections are cut. */
    private static final Duration GOODBYE = Duration.ofMillis(500);

    private final Server server;
    private final AbstractNetworkConnector connector;
    private final WebSocketRoutes sockets;
    private final Operation operation;

    Stopping(Server server, AbstractNetworkConnector connector, WebSocketRoutes sockets, Operation operation) {
        this.server = server;
        this.connector = connector;
        this.sockets = sockets;
        this.operation = operation;
    }

    StopReport stop(Duration grace) {
        long started = System.nanoTime();
        turnAway();
        boolean inTime = drain(grace);
        int cut = connector.getConnectedEndPoints().size();
        try {
            server.stop();
        } catch (Exception failed) {
            LOGGER.warn("stopping failed", failed);
        }
        operation.stopped();
        return new StopReport(inTime, cut, Duration.ofNanos(System.nanoTime() - started));
    }

    private void turnAway() {
        try {
            operation.stopping();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean drain(Duration grace) {
        connector.setShutdownIdleTimeout(-1); // a request may be slow until the grace ends
        CompletableFuture<Void> drained = Graceful.shutdown(server);
        sockets.shutdownSessions();
        if (await(drained, grace)) {
            return true;
        }
        sockets.endSessions();
        await(drained, GOODBYE);
        return false;
    }

    private boolean await(CompletableFuture<Void> drained, Duration limit) {
        long started = System.nanoTime();
        for (long left = limit.toNanos(); left > 0; left = limit.toNanos() - (System.nanoTime() - started)) {
            IdleConnections.close(connector);
            try {
                drained.get(Math.min(left, IdleConnections.LOOK_NANOS), TimeUnit.NANOSECONDS);
                return true;
            } catch (TimeoutException notYet) {
                LOGGER.trace("still draining");
            } catch (ExecutionException failed) {
                LOGGER.warn("draining failed", failed);
                return false;
            } catch (InterruptedException hurry) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return false;
    }
}
