package dev.plainweave.connector;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A Jetty server on a free port behind one {@link Variant} of connector. Closing it checks that nothing has leaked. */
final class TestServer implements AutoCloseable {
    final Variant variant;
    final ArrayByteBufferPool.Tracking pool = new ArrayByteBufferPool.Tracking();
    final Server server = new Server(new QueuedThreadPool(), null, pool);
    final AbstractNetworkConnector connector;
    private final List<Consumer<AbstractNetworkConnector>> settings = new ArrayList<>();

    TestServer(Variant variant) {
        this.variant = variant;
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        if (variant.tls) {
            SecureRequestCustomizer secure = new SecureRequestCustomizer();
            secure.setSniHostCheck(false);
            http.addCustomizer(secure);
        }
        HttpConnectionFactory factory = new HttpConnectionFactory(http);
        if (variant.blocking) {
            connector = variant.tls
                    ? new BlockingConnector(server, TestTls.server(), factory)
                    : new BlockingConnector(server, factory);
        } else {
            connector = variant.tls
                    ? new ServerConnector(server, TestTls.server(), factory)
                    : new ServerConnector(server, factory);
        }
        connector.setHost("localhost");
        server.addConnector(connector);
    }

    /** What a handler does with blocking streams; the response is completed when it returns. */
    @FunctionalInterface
    interface Exchange {
        void handle(Request request, Response response, InputStream in, OutputStream out) throws Exception;
    }

    static Handler blocking(Exchange exchange) {
        return new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                OutputStream out = Content.Sink.asOutputStream(response);
                exchange.handle(request, response, Content.Source.asInputStream(request), out);
                out.close();
                callback.succeeded();
                return true;
            }
        };
    }

    static TestServer start(Variant variant, Exchange exchange) {
        return new TestServer(variant).handler(blocking(exchange)).start();
    }

    TestServer handler(Handler handler) {
        server.setHandler(handler);
        return this;
    }

    TestServer with(Consumer<AbstractNetworkConnector> setting) {
        settings.add(setting);
        return this;
    }

    TestServer start() {
        settings.forEach(setting -> setting.accept(connector));
        try {
            server.start();
        } catch (Exception failed) {
            throw new IllegalStateException("the server did not start", failed);
        }
        return this;
    }

    BlockingConnector blocking() {
        return (BlockingConnector) connector;
    }

    int port() {
        return connector.getLocalPort();
    }

    Client connect() throws IOException {
        return variant.tls ? Client.tls(port()) : Client.plain(port());
    }

    /** For the one connection there is: a timeout that short for all would meet slow TLS handshakes too. */
    void idleTimeout(long millis) {
        await("endpoint").until(() -> connector.getConnectedEndPoints().size() == 1);
        connector.getConnectedEndPoints().forEach(endPoint -> endPoint.setIdleTimeout(millis));
    }

    void awaitNoEndPoint() {
        await("endpoints").until(() -> connector.getConnectedEndPoints().isEmpty());
    }

    void stop() {
        try {
            server.stop();
        } catch (Exception failed) {
            throw new IllegalStateException("the server did not stop", failed);
        }
    }

    @Override
    public void close() {
        stop();
        if (!connector.getConnectedEndPoints().isEmpty()) {
            throw new AssertionError("left after stop(): " + connector.getConnectedEndPoints());
        }
        if (variant.blocking) {
            await("buffers").until(() -> pool.getLeaks().isEmpty());
        }
    }
}
