package dev.plainweave.server;

import dev.plainweave.connector.BlockingConnector;
import dev.plainweave.http.HttpRoutes;
import dev.plainweave.http.ServerErrors;
import dev.plainweave.websocket.Origins;
import dev.plainweave.websocket.SessionHandler;
import dev.plainweave.websocket.WebSocketOptions;
import dev.plainweave.websocket.WebSocketRoutes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
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
    private final HttpRoutes http = new HttpRoutes();
    private final List<Class<?>> endpoints = new ArrayList<>();
    private @Nullable IoPolicy policy;
    private @Nullable String host;
    private @Nullable Tls tls;
    private Duration grace = Duration.ofSeconds(10);
    private Origins origins = Origins.same();

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
        nativeSockets.setHandler(new OriginGuard(origins, http.inner(context())));
        server.setHandler(http.outer(nativeSockets));
        server.setErrorHandler(new ServerErrors());
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

    private WebSocketRoutes nativeSockets() {
        WebSocketRoutes all = new WebSocketRoutes();
        for (Socket socket : sockets) {
            WebSocketOptions options = new WebSocketOptions().origins(origins);
            socket.edit().accept(options);
            all.add(socket.path(), options, socket.handler());
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
        http.setSendServerVersion(false);
        HttpConnectionFactory plain = new HttpConnectionFactory(http);
        ConnectionFactory[] factories = {plain};
        if (tls != null) {
            http.addCustomizer(new SecureRequestCustomizer(false));
            factories = AbstractConnectionFactory.getFactories(tls.sslContextFactory(), plain);
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
        context.setContextPath("/");
        JakartaEndpoints.configure(context, JakartaEndpoints.Limits.DEFAULT, endpoints, List.of());
        return context;
    }
}
