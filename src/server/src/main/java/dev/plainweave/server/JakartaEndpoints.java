package dev.plainweave.server;

import jakarta.servlet.ServletException;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.websocket.jakarta.server.JakartaWebSocketServerContainer;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;

/**
 * Unmodified Jakarta WebSocket endpoints in a servlet context, under the log promise: a client that vanishes leaves no
 * log line at INFO or above, one {@code @OnClose} per opened session and nothing behind; what the application itself
 * throws is always told, to its {@code @OnError} method or as a WARN with the stack trace to its class's logger.
 *
 * <p>Jetty's own endpoint code runs; only the two places where it decides what to tell are replaced, through its public
 * extension points ({@link JakartaMappings}, {@link JakartaHandlers}). An endpoint added later, by way of the
 * {@link ServerContainer} in the servlet context, is treated alike, except that a client which offers it only
 * subprotocols that it does not speak is worth a WARN to Jetty.
 */
final class JakartaEndpoints {
    private JakartaEndpoints() {}

    /**
     * Limits of every endpoint of a context. An endpoint may set its own, by {@code @OnMessage(maxMessageSize)} or on
     * its session.
     *
     * @param maxTextMessageBytes the largest whole text message taken, in bytes of UTF-8; more ends the session with
     *     close code 1009
     * @param maxBinaryMessageBytes the same for binary messages
     * @param idleTimeout a session without traffic in either direction for so long ends with 1001; zero is never
     * @param asyncSendTimeout a send of the asynchronous remote that takes longer ends the session; zero is never
     * @param maxPendingFrames data frames waiting to be written per session; a send beyond them fails with
     *     {@link java.nio.channels.WritePendingException} (Jetty has no bound of its own: a reader that stalls would
     *     cost memory without end)
     */
    record Limits(
            int maxTextMessageBytes,
            int maxBinaryMessageBytes,
            Duration idleTimeout,
            Duration asyncSendTimeout,
            int maxPendingFrames) {
        /** 64 KiB a message, 5 minutes idle, 10 seconds for an asynchronous send, 1,024 frames waiting. */
        static final Limits DEFAULT = new Limits(65_536, 65_536, Duration.ofMinutes(5), Duration.ofSeconds(10), 1_024);

        /** The server's own. Nobody pings these sessions, so that one without a time limit gets the default. */
        static Limits of(dev.plainweave.server.Limits server) {
            return new Limits(
                    server.messageBytes(),
                    server.messageBytes(),
                    server.sessionIdle().isZero() ? DEFAULT.idleTimeout() : server.sessionIdle(),
                    server.stalledWrite(),
                    server.outboxMessages());
        }
    }

    /**
     * Adds the endpoints to a context that has not been started.
     *
     * @param annotated public classes with {@link jakarta.websocket.server.ServerEndpoint}
     * @param programmatic configurations of endpoints without annotations
     * @throws IllegalStateException if the context is started; at its start, if Jakarta WebSocket was already
     *     initialised in it by somebody else
     */
    static void configure(
            ServletContextHandler context,
            Limits limits,
            List<Class<?>> annotated,
            List<ServerEndpointConfig> programmatic) {
        List<Class<?>> classes = List.copyOf(annotated);
        List<ServerEndpointConfig> configs = List.copyOf(programmatic);
        context.addServletContainerInitializer((types, servletContext) -> {
            JakartaMappings mappings = JakartaMappings.install(context, limits.maxPendingFrames());
            ServerContainer container = container(context, mappings, limits);
            try {
                for (Class<?> endpoint : classes) {
                    ServerEndpoint annotation = endpoint.getAnnotation(ServerEndpoint.class);
                    if (annotation != null) {
                        mappings.expect(annotation.value(), JakartaSubprotocols.of(endpoint, annotation));
                    }
                    container.addEndpoint(endpoint);
                }
                for (ServerEndpointConfig config : configs) {
                    mappings.expect(config.getPath(), JakartaSubprotocols.of(config));
                    container.addEndpoint(config);
                }
            } catch (DeploymentException e) {
                throw new ServletException(e);
            }
        });
    }

    private static ServerContainer container(ServletContextHandler context, JakartaMappings mappings, Limits limits) {
        ServerContainer container = JakartaWebSocketServletContainerInitializer.initialize(context);
        mappings.use(new JakartaHandlers((JakartaWebSocketServerContainer) container));
        container.setDefaultMaxTextMessageBufferSize(limits.maxTextMessageBytes());
        container.setDefaultMaxBinaryMessageBufferSize(limits.maxBinaryMessageBytes());
        container.setDefaultMaxSessionIdleTimeout(limits.idleTimeout().toMillis());
        container.setAsyncSendTimeout(limits.asyncSendTimeout().toMillis());
        return container;
    }
}
