package dev.plainweave.server;

import dev.plainweave.access.Authenticator;
import dev.plainweave.connector.BlockingConnector;
import dev.plainweave.websocket.Origins;
import dev.plainweave.websocket.SessionHandler;
import dev.plainweave.websocket.WebSocketOptions;
import dev.plainweave.websocket.WebSocketRoutes;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.jspecify.annotations.Nullable;

/** Puts Jetty's parts together. */
final class ServerBuilder implements WebServer.Builder {
    /** Connections that may wait to be accepted. The JDK's default of 50 makes a burst of clients wait for seconds. */
    private static final int ACCEPT_QUEUE = 1024;

    /** A socket as it was declared; what the server sets for all comes first. */
    private record Socket(String path, Consumer<WebSocketOptions> edit, SessionHandler handler) {}

    private final List<Socket> sockets = new ArrayList<>();
    private final RouteServlet routes = new RouteServlet();
    private final List<Class<?>> endpoints = new ArrayList<>();
    private @Nullable IoPolicy policy;
    private @Nullable String host;
    private @Nullable Tls tls;
    private Duration grace = Duration.ofSeconds(10);
    private Origins origins = Origins.same();
    private final AccessRules rules = new AccessRules();
    private @Nullable Authenticator authenticator;
    private @Nullable TrustedProxies proxies;
    private String basePath = "";

    @Override
    public WebServer.Builder io(IoPolicy value) {
        policy = Objects.requireNonNull(value, "policy");
        return this;
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
    public WebServer.Builder shutdownGrace(Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException("the shutdown grace must not be negative, was " + value);
        }
        grace = value;
        return this;
    }

    @Override
    public WebServer.Builder route(String method, String path, HttpHandler handler) {
        routes.add(method, path, Objects.requireNonNull(handler, "handler"));
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

    String basePath() {
        return basePath;
    }

    Duration grace() {
        return grace;
    }

    boolean secure() {
        return tls != null;
    }

    @Override
    public WebServer start(int port) {
        IoPolicy io = policy != null ? policy : IoPolicy.fromEnvironment();
        Server server = new Server(threads(io));
        AbstractNetworkConnector connector = connector(server, io);
        connector.setHost(host);
        connector.setPort(port);
        server.addConnector(connector);
        WebSocketRoutes nativeSockets = nativeSockets();
        ServletContextHandler context = context();
        server.setHandler(new StrictRequests(routes.methods(), guarded(nativeSockets, context)));
        nativeSockets.guardOthers(origins).setHandler(context);
        ErrorHandler errors = new ErrorHandler();
        errors.setShowStacks(false);
        server.setErrorHandler(new BadRequests(errors));
        WebServer running = new WebServer(this, server, connector, nativeSockets);
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

    private WebSocketRoutes nativeSockets() {
        WebSocketRoutes all = new WebSocketRoutes();
        for (Socket socket : sockets) {
            WebSocketOptions options = new WebSocketOptions().origins(origins);
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

    private AbstractNetworkConnector connector(Server server, IoPolicy io) {
        HttpConfiguration http = new HttpConfiguration();
        StrictHttp.configure(http);
        HttpConnectionFactory plain = new HttpConnectionFactory(http);
        ConnectionFactory[] factories = {plain};
        if (tls != null) {
            http.addCustomizer(new SecureRequestCustomizer(false));
            factories = AbstractConnectionFactory.getFactories(tls.sslContextFactory(), plain);
        }
        if (proxies != null) {
            http.addCustomizer(new ForwardedRequests(proxies));
        }
        if (io == IoPolicy.BLOCKING) {
            BlockingConnector blocking = new BlockingConnector(server, factories);
            blocking.setAcceptQueueSize(ACCEPT_QUEUE);
            return blocking;
        }
        ServerConnector selector = new ServerConnector(server, factories);
        selector.setAcceptQueueSize(ACCEPT_QUEUE);
        return selector;
    }

    private ServletContextHandler context() {
        ServletContextHandler context = new ServletContextHandler();
        context.setContextPath(basePath.isEmpty() ? "/" : basePath);
        if (proxies != null) {
            FilterHolder publicPaths = new FilterHolder(new PublicPathFilter());
            publicPaths.setAsyncSupported(true);
            context.addFilter(publicPaths, "/*", EnumSet.allOf(DispatcherType.class));
        }
        context.addServlet(new ServletHolder(routes), "/*");
        JakartaEndpoints.configure(context, JakartaEndpoints.Limits.DEFAULT, endpoints, List.of());
        return context;
    }
}
