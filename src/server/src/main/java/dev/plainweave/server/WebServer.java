package dev.plainweave.server;

import dev.plainweave.access.Authenticator;
import dev.plainweave.http.CachePolicy;
import dev.plainweave.http.Cors;
import dev.plainweave.http.ErrorHandler;
import dev.plainweave.http.EventsHandler;
import dev.plainweave.http.EventsOptions;
import dev.plainweave.http.HttpHandler;
import dev.plainweave.http.HttpRoutes;
import dev.plainweave.http.Sessions;
import dev.plainweave.http.Uploads;
import dev.plainweave.websocket.Origins;
import dev.plainweave.websocket.SessionHandler;
import dev.plainweave.websocket.WebSocketOptions;
import dev.plainweave.websocket.WebSocketRoutes;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import java.net.URI;
import java.nio.file.Path;
import java.security.Principal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.SslConnectionFactory;
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

    private final Server server;
    private final AbstractNetworkConnector connector;
    private final Limits limits;
    private final boolean secure;
    private final String basePath;
    private final Stopping stopping;
    private final Stats stats;
    private final Operation operation;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicReference<@Nullable StopReport> report = new AtomicReference<>();
    private final AtomicReference<@Nullable Thread> hook = new AtomicReference<>();
    private int port;

    WebServer(
            Server server,
            AbstractNetworkConnector connector,
            WebSocketRoutes sockets,
            Limits limits,
            Stats stats,
            String basePath,
            Operation operation) {
        this.server = server;
        this.connector = connector;
        this.limits = limits;
        secure = connector.getConnectionFactory(SslConnectionFactory.class) != null;
        this.stats = stats;
        this.basePath = basePath;
        this.operation = operation;
        stopping = new Stopping(server, connector, sockets, operation);
    }

    /** A builder with every default: blocking IO, all interfaces, no TLS, sockets from the same origin. */
    public static Builder builder() {
        return new ServerBuilder();
    }

    void start() throws Exception {
        try {
            server.start();
            port = connector.getLocalPort();
            operation.started(stats);
        } catch (Exception failed) {
            server.stop();
            throw failed;
        }
        Thread stopper = new Thread(this::close, "shutdown");
        hook.set(stopper);
        Runtime.getRuntime().addShutdownHook(stopper);
    }

    /** The port it listens on, or listened on until it stopped: the one asked for, or, for 0, the one the system chose. */
    public int port() {
        return port;
    }

    /** Where it can be reached from this machine. */
    public URI uri() {
        String host = connector.getHost();
        String name = host == null || host.equals("0.0.0.0") || host.equals("::") ? "localhost" : host;
        return URI.create((secure ? "https" : "http") + "://" + (name.contains(":") ? "[" + name + "]" : name) + ":"
                + port() + basePath + "/");
    }

    /** The limits it holds its clients to. */
    public Limits limits() {
        return limits;
    }

    /** Figures, fresh at every call. */
    public Stats stats() {
        return stats;
    }

    /**
     * Loads the certificate's files anew, at once; connections from now on get what they hold.
     *
     * @throws IllegalArgumentException when a file cannot be read or used, saying which and why; the old certificate stays
     * @throws IllegalStateException when this server was built without TLS
     */
    public void reloadTls() {
        operation.reloadTls();
    }

    /**
     * Stops: readiness turns first, and stays the only change for the readiness delay; then no new connections; sessions waiting in {@code receive} get 1001 at once; requests and busy sessions may
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
        StopReport result = stopping.stop(within);
        LOGGER.info("stopped: {}", result);
        report.set(result);
        stopped.countDown();
        return result;
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

    /** Stops with the grace of its {@linkplain Limit#SHUTDOWN_GRACE limits}. */
    @Override
    public void close() {
        stop(limits.shutdownGrace());
    }

    /** Collects what a server shall do. Every method returns the builder; {@link #start} may be called once. */
    public interface Builder {
        /** How connections wait for bytes. {@link IoPolicy#BLOCKING}, or what {@code PLAINWEAVE_IO} names. */
        Builder io(IoPolicy policy);

        /** The address as it is set now: by {@link #host(String)}, or else by configuration. */
        Optional<String> host();

        /** The policy as it is set now: by {@link #io(IoPolicy)}, or else by configuration. */
        IoPolicy io();

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
         * Changes limits: {@code limits(limit -> limit.connections(500).bodyBytes(1 << 20))}. They hold for every route; a
         * WebSocket's own options win.
         */
        Builder limits(Consumer<Limits.Builder> edit);

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

        /**
         * Reads settings from a file: lines of {@code name = value}, {@code #} for comments, UTF-8.
         *
         * <p>Of a setting in several places this counts: what code says ({@code io(...)}, {@code limits(...)}), else what
         * {@link #configure(Map)} was given, else the environment (always read: {@code PLAINWEAVE_PORT}, {@code
         * PLAINWEAVE_LIMITS_HEADER_BYTES}), else the file, else the default; in whatever order the methods are called.
         *
         * @throws IllegalArgumentException for an unknown name or a bad value, with the file, the line, and what is expected
         */
        Builder configure(Path file);

        /**
         * Takes settings by name, such as a command line gives them.
         *
         * @throws IllegalArgumentException for an unknown name or a bad value, saying what is expected
         */
        Builder configure(Map<String, String> settings);

        /**
         * Answers at that path whether the server is up, as JSON with 200 or 503: {@code path/live} whether the process
         * answers at all, {@code path/ready} whether clients should be sent here, and the path itself the same.
         */
        Builder health(String path);

        /** Adds to readiness a check that may take 2 seconds. */
        default Builder ready(String name, Callable<Boolean> check) {
            return ready(name, Duration.ofSeconds(2), check);
        }

        /**
         * Adds a check to readiness: the server is ready when all return true in time. It runs on a virtual thread of its
         * own, whenever readiness is asked for, but once at a time. Changes are logged, with what was thrown.
         */
        Builder ready(String name, Duration timeout, Callable<Boolean> check);

        /** How long {@link WebServer#stop} goes on accepting after readiness has turned, for a balancer to notice. Zero. */
        Builder readinessDelay(Duration delay);

        /** Shows figures of this server and the JVM at that path to Prometheus, as text or OpenMetrics. */
        Builder metrics(String path);

        /** Registers this server's meters with a Micrometer registry of yours. */
        Builder meterRegistry(MeterRegistry registry);

        /** Adds meters of yours to the server's: where {@link #metrics} shows them, and in each {@link #meterRegistry}. */
        Builder meters(MeterBinder more);

        /** Whether and how to log every request. {@link AccessLog#OFF}. */
        Builder accessLog(AccessLog format);

        /** How long requests and sessions may take to finish when the server stops. 10 seconds. */
        default Builder shutdownGrace(Duration grace) {
            return limits(limit -> limit.shutdownGrace(grace));
        }

        /** What is at which path: routes, files, events, filters, servlets, errors, sessions, CORS, compression. */
        Builder http(Consumer<HttpRoutes> edit);

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

        /** Answers HEAD, instead of GET's handler without the body. */
        default Builder head(String path, HttpHandler handler) {
            return route("HEAD", path, handler);
        }

        /** Answers OPTIONS, instead of the list of methods there are. */
        default Builder options(String path, HttpHandler handler) {
            return route("OPTIONS", path, handler);
        }

        /** {@link HttpRoutes#route} */
        default Builder route(String method, String path, HttpHandler handler) {
            return http(http -> http.route(method, path, handler));
        }

        /** {@link HttpRoutes#events}, with a heartbeat every 15 seconds. */
        default Builder events(String path, EventsHandler handler) {
            return events(path, options -> {}, handler);
        }

        /** {@link HttpRoutes#events} */
        default Builder events(String path, Consumer<EventsOptions> options, EventsHandler handler) {
            return http(http -> http.events(path, options, handler));
        }

        /** {@link HttpRoutes#files(String, Path, CachePolicy)}, cached {@linkplain CachePolicy#byName by name}. */
        default Builder files(String path, Path root) {
            return http(http -> http.files(path, root, CachePolicy.byName()));
        }

        /** {@link HttpRoutes#files(String, String, CachePolicy)}, cached {@linkplain CachePolicy#byName by name}. */
        default Builder files(String path, String classPathDirectory) {
            return http(http -> http.files(path, classPathDirectory, CachePolicy.byName()));
        }

        /** {@link HttpRoutes#webjars} */
        default Builder webjars() {
            return http(HttpRoutes::webjars);
        }

        /** {@link HttpRoutes#filter} */
        default Builder filter(String path, Filter filter) {
            return http(http -> http.filter(path, filter));
        }

        /** {@link HttpRoutes#servlet}, without init parameters. */
        default Builder servlet(String path, Servlet servlet) {
            return http(http -> http.servlet(path, servlet, Map.of()));
        }

        /** {@link HttpRoutes#context} */
        default Builder context(Consumer<ServletContextHandler> edit) {
            return http(http -> http.context(edit));
        }

        /** {@link HttpRoutes#onError} */
        default Builder onError(ErrorHandler handler) {
            return http(http -> http.onError(handler));
        }

        /** {@link HttpRoutes#uploads} */
        default Builder uploads(Uploads limits) {
            return http(http -> http.uploads(limits));
        }

        /** {@link HttpRoutes#sessions} */
        default Builder sessions(Sessions settings) {
            return http(http -> http.sessions(settings));
        }

        /** {@link HttpRoutes#cors} */
        default Builder cors(String path, Cors rule) {
            return http(http -> http.cors(path, rule));
        }

        /** {@link HttpRoutes#compression} */
        default Builder compression(boolean wanted) {
            return http(http -> http.compression(wanted));
        }

        /** Serves WebSocket sessions with default options. */
        default Builder websocket(String path, SessionHandler handler) {
            return websocket(path, options -> {}, handler);
        }

        /** Serves WebSocket sessions. The path is exact, or a template: {@code /chat/{room}}. */
        Builder websocket(String path, Consumer<WebSocketOptions> options, SessionHandler handler);

        /** Serves an unmodified Jakarta {@code @ServerEndpoint} class. */
        Builder endpoint(Class<?> jakartaEndpoint);

        /**
         * Starts listening on the port that is configured, 8080 where none is.
         *
         * @throws IllegalArgumentException for a setting that will not do
         * @throws java.io.UncheckedIOException when the port cannot be bound
         */
        WebServer start();

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
