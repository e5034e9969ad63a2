package dev.plainweave.server;

import dev.plainweave.access.Authenticator;
import dev.plainweave.connector.BlockingConnector;
import dev.plainweave.connector.RequestDeadlines;
import dev.plainweave.http.HttpRoutes;
import dev.plainweave.http.ServerErrors;
import dev.plainweave.websocket.Origins;
import dev.plainweave.websocket.Outbox;
import dev.plainweave.websocket.SessionHandler;
import dev.plainweave.websocket.WebSocketOptions;
import dev.plainweave.websocket.WebSocketRoutes;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.jspecify.annotations.Nullable;

/** Puts Jetty's parts together. */
final class ServerBuilder implements WebServer.Builder {
    /** Connections that may wait to be accepted. The JDK's default of 50 makes a burst of clients wait for seconds. */
    private static final int ACCEPT_QUEUE = 1024;

    private static final int DEFAULT_PORT = 8080;

    /** A socket as it was declared; what the server sets for all comes first. */
    private record Socket(String path, Consumer<WebSocketOptions> edit, SessionHandler handler) {}

    private final List<Socket> sockets = new ArrayList<>();
    private final HttpRoutes http = new HttpRoutes();
    private final List<Class<?>> endpoints = new ArrayList<>();
    private @Nullable IoPolicy policy;
    private @Nullable String host;
    private @Nullable Tls tls;
    private final Config config = new Config();
    private final Map<String, String> environment;
    private final Operation operation = new Operation();
    private final Limits.Builder limits = Limits.builder();
    private Predicate<InetAddress> sharedAddress = InetAddress::isLoopbackAddress;
    private @Nullable ByteBufferPool bufferPool;
    private Origins origins = Origins.same();
    private final AccessRules rules = new AccessRules();
    private @Nullable Authenticator authenticator;
    private @Nullable TrustedProxies proxies;
    private String basePath = "";

    ServerBuilder() {
        this(System.getenv());
    }

    ServerBuilder(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public WebServer.Builder io(IoPolicy value) {
        policy = Objects.requireNonNull(value, "policy");
        return this;
    }

    @Override
    public IoPolicy io() {
        config.readEnvironment(environment);
        return policy != null ? policy : config.get("io", IoPolicy::parse).orElse(IoPolicy.BLOCKING);
    }

    @Override
    public Optional<String> host() {
        config.readEnvironment(environment);
        return host != null ? Optional.of(host) : config.get("host", Function.identity());
    }

    @Override
    public WebServer.Builder host(String address) {
        host = Objects.requireNonNull(address, "address");
        return this;
    }

    @Override
    public WebServer.Builder tls(Tls value) {
        tls = Objects.requireNonNull(value, "tls");
        return this;
    }

    @Override
    public WebServer.Builder origins(Origins value) {
        origins = Objects.requireNonNull(value, "origins");
        return this;
    }

    @Override
    public WebServer.Builder limits(Consumer<Limits.Builder> edit) {
        edit.accept(limits);
        return this;
    }

    @Override
    public WebServer.Builder configure(Path file) {
        config.readFile(file);
        return this;
    }

    @Override
    public WebServer.Builder configure(Map<String, String> settings) {
        config.add(settings);
        return this;
    }

    @Override
    public WebServer.Builder health(String path) {
        operation.healthPath = Config.path(path);
        return this;
    }

    @Override
    public WebServer.Builder ready(String name, Duration timeout, Callable<Boolean> check) {
        operation.health.add(name, check, timeout);
        return this;
    }

    @Override
    public WebServer.Builder readinessDelay(Duration delay) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("the readiness delay must not be negative, was " + delay);
        }
        operation.readinessDelay = delay;
        return this;
    }

    @Override
    public WebServer.Builder metrics(String path) {
        operation.metricsPath = Config.path(path);
        return this;
    }

    @Override
    public WebServer.Builder meterRegistry(MeterRegistry registry) {
        operation.registries.add(registry);
        return this;
    }

    @Override
    public WebServer.Builder meters(MeterBinder more) {
        operation.meters.add(Objects.requireNonNull(more, "meters"));
        return this;
    }

    @Override
    public WebServer.Builder accessLog(AccessLog format) {
        operation.accessLog = format;
        return this;
    }

    /** Which addresses stand for more than one client, and so are not held to limits per address. Loopback. */
    ServerBuilder sharedAddress(Predicate<InetAddress> shared) {
        sharedAddress = shared;
        return this;
    }

    /** Where buffers are borrowed. A pool of Jetty's own. */
    ServerBuilder bufferPool(ByteBufferPool pool) {
        bufferPool = pool;
        return this;
    }

    @Override
    public WebServer.Builder http(Consumer<HttpRoutes> edit) {
        edit.accept(http);
        return this;
    }

    @Override
    public WebServer.Builder websocket(String path, Consumer<WebSocketOptions> edit, SessionHandler handler) {
        sockets.add(new Socket(
                Objects.requireNonNull(path, "path"),
                Objects.requireNonNull(edit, "options"),
                Objects.requireNonNull(handler, "handler")));
        return this;
    }

    @Override
    public WebServer.Builder endpoint(Class<?> jakartaEndpoint) {
        endpoints.add(jakartaEndpoint);
        return this;
    }

    @Override
    public WebServer.Builder authenticate(Authenticator value) {
        authenticator = Objects.requireNonNull(value, "authenticator");
        return this;
    }

    @Override
    public WebServer.Builder requires(String path, Predicate<? super Principal> allowed) {
        rules.add(path, Objects.requireNonNull(allowed, "allowed"));
        return this;
    }

    @Override
    public WebServer.Builder trustedProxies(String... trusted) {
        proxies = new TrustedProxies(trusted);
        return this;
    }

    @Override
    public WebServer.Builder basePath(String path) {
        basePath = BasePath.checked(path);
        return this;
    }

    @Override
    public WebServer start() {
        config.readEnvironment(environment);
        return start(config.port().orElse(DEFAULT_PORT));
    }

    @Override
    public WebServer start(int port) {
        config.readEnvironment(environment);
        IoPolicy io =
                policy != null ? policy : config.get("io", IoPolicy::parse).orElse(IoPolicy.BLOCKING);
        tls = tls != null ? tls : config.tls().orElse(null);
        operation.configure(config);
        operation.addRoutes(this);
        Limits limit = limits();
        Refusals refusals = new Refusals();
        TrustedProxies trusted = proxies;
        Clients clients = new Clients(trusted == null ? sharedAddress : sharedAddress.or(trusted::trusts));
        Traffic traffic = new Traffic();
        RequestCounts counts = new RequestCounts(refusals, traffic);
        Server server = new Server(threads(io), null, bufferPool);
        AbstractNetworkConnector connector = connector(server, io, limit);
        connector.setHost(host().orElse(null));
        connector.setPort(port);
        connector.addBean(new ConnectionLimits(limit, clients, refusals, tls != null));
        connector.addBean(traffic);
        server.addConnector(connector);
        WebSocketRoutes nativeSockets = nativeSockets(limit);
        ServletContextHandler context = context(limit);
        nativeSockets.guardOthers(origins).setHandler(http.inner(context));
        Handler limited = new RequestLimits(limit, clients, refusals, guarded(nativeSockets, context));
        Handler strict = new StrictRequests(http.methods(), http.outer(limited));
        server.setHandler(deadlines(server, limit, refusals, strict));
        server.setErrorHandler(new BadRequests(new ServerErrors()));
        server.setRequestLog(operation.log(counts, nativeSockets));
        Stats stats = new Stats(connector, nativeSockets, refusals, counts, traffic);
        WebServer running = new WebServer(server, connector, nativeSockets, limit, stats, basePath, operation);
        try {
            running.start();
        } catch (IOException unbound) {
            throw new UncheckedIOException(unbound);
        } catch (RuntimeException failed) {
            throw failed;
        } catch (Exception failed) {
            throw new IllegalStateException("the server could not be started", failed);
        }
        return running;
    }

    private static RequestDeadlines deadlines(Server server, Limits limits, Refusals refusals, Handler handler) {
        return new RequestDeadlines(
                server,
                limits.headerDeadline(),
                limits.bodyStall(),
                limits.bodyDeadline(),
                late -> refusals.count(
                        switch (late) {
                            case HEADERS -> Limit.HEADER_DEADLINE;
                            case STALLED_BODY -> Limit.BODY_STALL;
                            case BODY -> Limit.BODY_DEADLINE;
                        }),
                handler);
    }

    private Handler guarded(Handler everything, ServletContextHandler context) {
        if (authenticator == null) {
            if (!rules.isEmpty()) {
                throw new IllegalStateException(
                        "requires(...) was called, authenticate(...) was not: nobody could sign in");
            }
            return everything;
        }
        AccessGuard guard = new AccessGuard(authenticator, rules, basePath, context::getSessionHandler);
        guard.setHandler(everything);
        return guard;
    }

    /** What configuration says, and then what code says. */
    private Limits limits() {
        Limits.Builder all = Limits.builder();
        config.applyTo(all);
        return all.setAll(limits).build();
    }

    private WebSocketRoutes nativeSockets(Limits limit) {
        WebSocketRoutes all = new WebSocketRoutes();
        for (Socket socket : sockets) {
            WebSocketOptions options = new WebSocketOptions()
                    .origins(origins)
                    .maxMessageBytes(limit.messageBytes())
                    .idleTimeout(limit.sessionIdle())
                    .frameDeadline(limit.frameDeadline())
                    .stalledWrite(limit.stalledWrite())
                    .outbox(Outbox.closing(limit.outboxMessages(), limit.outboxBytes()));
            socket.edit().accept(options);
            all.add(basePath + socket.path(), options, socket.handler());
        }
        return all;
    }

    /** Blocking: virtual threads without a bound. Selector: Jetty's recommendation, a pool that starts virtual threads. */
    private static ThreadPool threads(IoPolicy io) {
        if (io == IoPolicy.BLOCKING) {
            return new VirtualThreadPool(0);
        }
        QueuedThreadPool pool = new QueuedThreadPool();
        pool.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
        return pool;
    }

    private AbstractNetworkConnector connector(Server server, IoPolicy io, Limits limit) {
        HttpConfiguration http = new HttpConfiguration();
        StrictHttp.configure(http);
        http.setRequestHeaderSize(limit.headerBytes());
        HttpConnectionFactory plain = new HttpConnectionFactory(http);
        ConnectionFactory[] factories = {plain};
        if (tls != null) {
            http.addCustomizer(new SecureRequestCustomizer(false));
            SslContextFactory.Server context = tls.sslContextFactory();
            operation.secured(tls, context);
            factories = AbstractConnectionFactory.getFactories(context, plain);
        }
        if (proxies != null) {
            http.addCustomizer(new ForwardedRequests(proxies));
        }
        if (io == IoPolicy.BLOCKING) {
            BlockingConnector blocking = new BlockingConnector(server, factories);
            blocking.setAcceptQueueSize(ACCEPT_QUEUE);
            blocking.setIdleTimeout(limit.idle().toMillis());
            blocking.setStallTimeout(limit.stalledWrite());
            return blocking;
        }
        ServerConnector selector = new ServerConnector(server, factories);
        selector.setAcceptQueueSize(ACCEPT_QUEUE);
        selector.setIdleTimeout(limit.idle().toMillis());
        return selector;
    }

    private ServletContextHandler context(Limits limit) {
        ServletContextHandler context = new ServletContextHandler();
        context.setContextPath(basePath.isEmpty() ? "/" : basePath);
        if (proxies != null) {
            FilterHolder publicPaths = new FilterHolder(new PublicPathFilter());
            publicPaths.setAsyncSupported(true);
            context.addFilter(publicPaths, "/*", EnumSet.allOf(DispatcherType.class));
        }
        JakartaEndpoints.configure(context, JakartaEndpoints.Limits.of(limit), endpoints, List.of());
        return context;
    }
}
