package dev.plainweave.websocket;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.connector.BlockingConnector;
import dev.plainweave.server.IoPolicy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/** A Jetty server of bare parts, which knows what it has lent and notices what is left behind. */
final class Rig implements AutoCloseable {
    /** So that no client of a storm has to knock twice, which takes a second. */
    private static final int ACCEPT_QUEUE = 1024;

    private final ArrayByteBufferPool.Tracking pool = new ArrayByteBufferPool.Tracking();
    private final Server server;
    private final AbstractNetworkConnector connector;
    private final WebSocketRoutes routes = new WebSocketRoutes();
    private final boolean tls;
    private final Map<Long, AtomicInteger> ends = new ConcurrentHashMap<>();
    private final Traces before;
    final CountDownLatch awake = new CountDownLatch(1);

    Rig(IoPolicy io, boolean tls) throws Exception {
        this.tls = tls;
        before = Traces.now();
        boolean blocking = io == IoPolicy.BLOCKING;
        ThreadPool threads = blocking ? new VirtualThreadPool(0) : new QueuedThreadPool();
        server = new Server(threads, null, pool);
        ConnectionFactory[] factories = {new HttpConnectionFactory()};
        if (tls) {
            factories = AbstractConnectionFactory.getFactories(Certificates.contextFactory(), factories);
        }
        connector = blocking ? blocking(factories) : selector(factories);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        WebSocketOptions options = new WebSocketOptions().closeTimeout(Duration.ofSeconds(2));
        routes.add("/echo", options, counted(Site::echo));
        routes.add("/large", options, counted(session -> {
            while (true) {
                session.send(ByteBuffer.allocate(1 << 20));
            }
        }));
        routes.add("/sleep", options, counted(session -> awake.await()));
        server.setHandler(routes);
        server.start();
    }

    private BlockingConnector blocking(ConnectionFactory... factories) {
        BlockingConnector made = new BlockingConnector(server, factories);
        made.setAcceptQueueSize(ACCEPT_QUEUE);
        return made;
    }

    private ServerConnector selector(ConnectionFactory... factories) {
        ServerConnector made = new ServerConnector(server, factories);
        made.setAcceptQueueSize(ACCEPT_QUEUE);
        return made;
    }

    private SessionHandler counted(SessionHandler handler) {
        return session -> {
            AtomicInteger count = ends.computeIfAbsent(session.id(), id -> new AtomicInteger());
            session.onEnd(end -> count.incrementAndGet());
            handler.handle(session);
        };
    }

    RawClient connect() throws IOException {
        int port = connector.getLocalPort();
        return tls ? RawClient.connectTls(port, 0) : RawClient.connect(port);
    }

    SessionStats stats() {
        return routes.stats();
    }

    int connections() {
        return connector.getConnectedEndPoints().size();
    }

    /** Every session has ended once, and nothing is left of any: no endpoint, buffer, thread or descriptor. */
    void assertNothingLeft() {
        await().until(() -> stats().openNow() == 0);
        awake.countDown();
        await().until(() -> connections() == 0);
        assertEquals(stats().opened(), stats().ended());
        await().untilAsserted(() -> ends.forEach((id, count) -> assertEquals(1, count.get(), "ends of session " + id)));
        await().untilAsserted(() -> assertTrue(pool.getLeaks().isEmpty(), pool::dumpLeaks));
        long listening = 1;
        await().untilAsserted(() -> {
            Traces left = Traces.now().without(before);
            assertEquals(Set.of(), left.sessionThreads());
            assertTrue(left.sockets().size() <= listening, left::toString);
        });
    }

    @Override
    public void close() {
        awake.countDown();
        LifeCycle.stop(server);
    }
}
