package dev.plainweave.websocket;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import dev.plainweave.connector.BlockingConnector;
import dev.plainweave.server.IoPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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
    private static final Pattern SESSION_THREAD =
            Pattern.compile("\"((?:conn|session|attend|send|deadline|end)-\\d[^\"]*)\" virtual");

    /** So that no client of a storm has to knock twice, which takes a second. */
    private static final int ACCEPT_QUEUE = 1024;

    static {
        // The JDK keeps a socket of its own from its first channel on: let it have it before any are counted.
        try (ServerSocketChannel listening =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                SocketChannel first = SocketChannel.open(listening.getLocalAddress())) {
            first.shutdownOutput();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private final ArrayByteBufferPool.Tracking pool = new ArrayByteBufferPool.Tracking();
    private final Server server;
    private final AbstractNetworkConnector connector;
    private final WebSocketRoutes routes = new WebSocketRoutes();
    private final boolean tls;
    private final Map<Long, AtomicInteger> ends = new ConcurrentHashMap<>();
    private final Set<String> threadsBefore;
    private final long socketsBefore;
    final CountDownLatch awake = new CountDownLatch(1);

    Rig(IoPolicy io, boolean tls) throws Exception {
        this.tls = tls;
        threadsBefore = sessionThreads();
        socketsBefore = sockets();
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
        await().untilAsserted(() -> {
            Set<String> left = sessionThreads();
            left.removeAll(threadsBefore);
            assertEquals(Set.of(), left);
        });
        long listening = 1;
        await().untilAsserted(() -> assertTrue(
                sockets() <= socketsBefore + listening,
                () -> "sockets: before " + socketsBefore + ", now " + sockets()));
    }

    /** The names of the virtual threads that serve sessions, of this and any other server. */
    private static Set<String> sessionThreads() throws IOException {
        Path folder = Files.createTempDirectory("threads");
        Path file = folder.resolve("dump.txt");
        try {
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
            Matcher names = SESSION_THREAD.matcher(Files.readString(file));
            Set<String> found = new TreeSet<>();
            while (names.find()) {
                found.add(names.group(1));
            }
            return found;
        } finally {
            Files.delete(file);
            Files.delete(folder);
        }
    }

    /** Open sockets of this process; 0 where the system does not tell. */
    private static long sockets() {
        Path descriptors = Path.of("/proc/self/fd");
        if (!Files.isDirectory(descriptors)) {
            return 0;
        }
        try (Stream<Path> all = Files.list(descriptors)) {
            return all.filter(Rig::isSocket).count();
        } catch (IOException unknown) {
            return 0;
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    @Override
    public void close() {
        awake.countDown();
        LifeCycle.stop(server);
    }
}
