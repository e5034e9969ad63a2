package dev.plainweave.server;

import dev.plainweave.access.Authenticator;
import dev.plainweave.connector.ConnectionClock;
import dev.plainweave.websocket.Origins;
import dev.plainweave.websocket.SessionHandler;
import dev.plainweave.websocket.WebSocketOptions;
import dev.plainweave.websocket.WebSocketRoutes;
import java.net.URI;
import java.security.Principal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.Graceful;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running web server.
 *
 * <pre>{@code
 * WebServer.builder().websocket("/echo", session -> {
 *     while (true) session.send(session.receive());
 * }).start(8080);
 * }</pre>
 *
 * <p>All methods may be called from any thread. It stops by {@link #stop}, {@link #close}, or when the JVM is asked to
 * leave (Ctrl-C, SIGTERM).
 */
public final class WebServer implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(WebServer.class);
    /** After the grace: how long goodbyes may take before the connections are cut. */
    private static final Duration GOODBYE = Duration.ofMillis(500);

    private final Server server;
    private final AbstractNetworkConnector connector;
    private final WebSocketRoutes sockets;
    private final Duration grace;
    private final boolean secure;
    private final String basePath;
    private final Stats stats;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicReference<@Nullable StopReport> report = new AtomicReference<>();
    private final AtomicReference<@Nullable Thread> hook = new AtomicReference<>();

    WebServer(ServerBuilder builder, Server server, AbstractNetworkConnector connector, WebSocketRoutes sockets) {
        this.server = server;
        this.connector = connector;
        this.sockets = sockets;
        grace = builder.grace();
        secure = builder.secure();
        basePath = builder.basePath();
        stats = new Stats(connector, sockets.stats(), ConnectionClock.of(server));
    }

    /** A builder with every default: blocking IO, all interfaces, no TLS, sockets from the same origin. */
    public static Builder builder() {
        return new ServerBuilder();
    }

    void start() throws Exception {
        try {
            server.start();
        } catch (Exception failed) {
            server.stop();
            throw failed;
        }
        Thread stopper = new Thread(this::close, "shutdown");
        hook.set(stopper);
        Runtime.getRuntime().addShutdownHook(stopper);
    }

    /** The port it listens on: the one asked for, or, for 0, the one the system chose. */
    public int port() {
        return connector.getLocalPort();
    }

    /** Where it can be reached from this machine. */
    public URI uri() {
        String host = connector.getHost();
        String name = host == null || host.equals("0.0.0.0") || host.equals("::") ? "localhost" : host;
        return URI.create((secure ? "https" : "http") + "://" + (name.contains(":") ? "[" + name + "]" : name) + ":"
                + port() + basePath + "/");
    }

    /** Figures, fresh at every call. */
    public Stats stats() {
        return stats;
    }

    /**
     * Stops: no new connections; sessions waiting in {@code receive} get 1001 at once; requests and busy sessions may
     * finish within the grace; then sessions get 1001 too, and what is still open half a second later is cut. Blocks until
     * that is done. A second call waits for the first and returns its report.
     */
    public StopReport stop(Duration within) {
        Thread stopper = hook.getAndSet(null);
        if (stopper == null) {
            return awaitReport();
        }
        if (stopper != Thread.currentThread()) {
            unhook(stopper);
        }
        long started = System.nanoTime();
        boolean inTime = drain(within);
        int cut = connector.getConnectedEndPoints().size();
        try {
            server.stop();
        } catch (Exception failed) {
            LOGGER.warn("stopping failed", failed);
        }
        StopReport result = new StopReport(inTime, cut, Duration.ofNanos(System.nanoTime() - started));
        report.set(result);
        stopped.countDown();
        return result;
    }

    private boolean drain(Duration within) {
        connector.setShutdownIdleTimeout(-1); // a request may be slow until the grace ends
        CompletableFuture<Void> drained = Graceful.shutdown(server);
        sockets.shutdownSessions();
        if (await(drained, within)) {
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

    private static void unhook(Thread stopper) {
        try {
            Runtime.getRuntime().removeShutdownHook(stopper);
        } catch (IllegalStateException leaving) {
            LOGGER.debug("the JVM is leaving already", leaving);
        }
    }

    private StopReport awaitReport() {
        awaitStop();
        StopReport result = report.get();
        return result != null ? result : new StopReport(false, 0, Duration.ZERO);
    }

    /** Waits until the server has stopped. */
    public void awaitStop() {
        boolean interrupted = false;
        while (true) {
            try {
                stopped.await();
                break;
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops with the builder's grace. */
    @Override
    public void close() {
        stop(grace);
    }

    /** Collects what a server shall do. Every method returns the builder; {@link #start} may be called once. */
    public interface Builder {
        /** How connections wait for bytes. {@link IoPolicy#BLOCKING}, or what {@code PLAINWEAVE_IO} names. */
        Builder io(IoPolicy policy);

        /** The address to listen on. All interfaces by default. */
        Builder host(String address);

        /** Serves TLS instead of plain text. */
        Builder tls(Tls tls);

        /**
         * Which web pages may open WebSockets here, native and Jakarta. {@link Origins#same()}; a route's own options can
         * say otherwise.
         */
        Builder origins(Origins allowed);

        /**
         * How to find out who a request or a handshake comes from. Handlers then see {@code request.getUserPrincipal()},
         * sessions {@code handshake().principal()}, Jakarta sessions {@code getUserPrincipal()}.
         */
        Builder authenticate(Authenticator authenticator);

        /** Only who is known may go there: 401 for anybody else. */
        default Builder requires(String path) {
            return requires(path, principal -> true);
        }

        /**
         * Only who is known (else 401) and allowed (else 403) may go there. It holds for whatever answers: routes, files,
         * servlets, event streams, and sockets of both kinds, before the upgrade. Where several match, all must be met.
         *
         * @param path {@code /exact} (with or without a slash at the end), {@code /below/*} ({@code /below} too), or a
         *     template {@code /item/{id}}; below the base path
         * @param allowed asked on the connection's thread, may block
         */
        Builder requires(String path, Predicate<? super Principal> allowed);

        /**
         * The proxies in front of this server, whose forwarding headers are believed. None by default: anybody can send
         * such headers, and they decide what the client's address is, whether cookies are secure, and which origin is our
         * own.
         *
         * <p>Read are X-Forwarded-For (the right-most address that is no trusted proxy), -Proto, -Host, -Port and -Prefix, or
         * instead of all but the last RFC 7239's Forwarded. Both kinds at once, or malformed ones, are answered with 400:
         * a proxy has to remove what it does not set.
         *
         * @param trusted addresses, blocks ({@code 10.0.0.0/8}, {@code fd00::/8}), {@code loopback}, or {@code private} for
         *     the private and link-local blocks of both families
         * @throws IllegalArgumentException for anything else
         */
        Builder trustedProxies(String... trusted);

        /**
         * What all paths begin with, routes, sockets and rules alike: with {@code /app}, {@code get("/hello", ...)} answers
         * {@code /app/hello}. For a proxy that passes paths on as they are; one that takes a prefix off says so in
         * X-Forwarded-Prefix. In both cases {@code request.getContextPath()} is what links begin with.
         *
         * @throws IllegalArgumentException unless it is made of plain segments, each after a slash
         */
        Builder basePath(String path);

        /** How long requests and sessions may take to finish when the server stops. 10 seconds. */
        Builder shutdownGrace(Duration grace);

        /** Answers GET, and HEAD without the body. */
        default Builder get(String path, HttpHandler handler) {
            return route("GET", path, handler);
        }

        /** Answers POST. */
        default Builder post(String path, HttpHandler handler) {
            return route("POST", path, handler);
        }

        /** Answers PUT. */
        default Builder put(String path, HttpHandler handler) {
            return route("PUT", path, handler);
        }

        /** Answers DELETE. */
        default Builder delete(String path, HttpHandler handler) {
            return route("DELETE", path, handler);
        }

        /** Answers PATCH. */
        default Builder patch(String path, HttpHandler handler) {
            return route("PATCH", path, handler);
        }

        /**
         * Answers that method.
         *
         * @param path {@code /exact}, {@code /below/*}, or a template {@code /item/{id}}
         */
        Builder route(String method, String path, HttpHandler handler);

        /** Serves WebSocket sessions with default options. */
        default Builder websocket(String path, SessionHandler handler) {
            return websocket(path, options -> {}, handler);
        }

        /** Serves WebSocket sessions. The path is exact, or a template: {@code /chat/{room}}. */
        Builder websocket(String path, Consumer<WebSocketOptions> options, SessionHandler handler);

        /** Serves an unmodified Jakarta {@code @ServerEndpoint} class. */
        Builder endpoint(Class<?> jakartaEndpoint);

        /**
         * Starts listening.
         *
         * @param port 1 to 65535, or 0 for any free one
         * @throws java.io.UncheckedIOException when the port cannot be bound
         * @throws IllegalStateException when something is required and nobody could sign in
         */
        WebServer start(int port);
    }
}
