package dev.plainweave.connector;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.EventListener;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SelectorManager.AcceptListener;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connector that gives every connection its own virtual thread and reads and writes its socket with plain blocking IO.
 *
 * <p>A drop-in for Jetty's {@code ServerConnector}: the same constructors, whose {@code selectors} argument is accepted and
 * ignored, and the same properties. HTTP/1.1, TLS and WebSocket upgrades work as they do there; HTTP/2 and {@code
 * SocketCustomizationListener}, which expects Jetty's own endpoint class, are not supported. Accept listeners such as
 * {@code NetworkConnectionLimit} and {@code AcceptRateLimit} are called.
 *
 * <p>Handlers may block for as long as they like. A connection reset is met by the one connection it belongs to.
 */
public class BlockingConnector extends ConnectorSettings {
    private static final Logger LOGGER = LoggerFactory.getLogger(BlockingConnector.class);

    private final AtomicLong acceptFailures = new AtomicLong();
    private volatile @Nullable ConnectionClock clock;
    private volatile @Nullable ServerSocketChannel serverChannel;
    private volatile @Nullable Thread acceptor;
    private volatile int localPort = -1;
    private long connections;

    /** HTTP/1.1 with default settings. */
    public BlockingConnector(Server server) {
        this(server, null, null, null, -1, -1, new HttpConnectionFactory());
    }

    /** HTTP/1.1 with default settings; both numbers are accepted for compatibility and ignored. */
    public BlockingConnector(Server server, int acceptors, int selectors) {
        this(server, null, null, null, acceptors, selectors, new HttpConnectionFactory());
    }

    /** These protocols; both numbers are accepted for compatibility and ignored. */
    public BlockingConnector(Server server, int acceptors, int selectors, ConnectionFactory... factories) {
        this(server, null, null, null, acceptors, selectors, factories);
    }

    /** These protocols. */
    public BlockingConnector(Server server, ConnectionFactory... factories) {
        this(server, null, null, null, -1, -1, factories);
    }

    /** HTTP/1.1 over TLS. */
    public BlockingConnector(Server server, SslContextFactory.Server sslContextFactory) {
        this(server, -1, -1, sslContextFactory);
    }

    /** HTTP/1.1 over TLS; both numbers are accepted for compatibility and ignored. */
    public BlockingConnector(Server server, int acceptors, int selectors, SslContextFactory.Server sslContextFactory) {
        this(
                server,
                null,
                null,
                null,
                acceptors,
                selectors,
                AbstractConnectionFactory.getFactories(sslContextFactory, new HttpConnectionFactory()));
    }

    /** These protocols over TLS. */
    public BlockingConnector(
            Server server, SslContextFactory.Server sslContextFactory, ConnectionFactory... factories) {
        this(server, null, null, null, -1, -1, AbstractConnectionFactory.getFactories(sslContextFactory, factories));
    }

    /**
     * The constructor behind all others.
     *
     * @param server the server this connector belongs to
     * @param executor runs Jetty's own tasks; by default each on a new virtual thread, without a bound, since a bound
     *     would hang the connections beyond it. Connections never run on it: each has its own virtual thread.
     * @param scheduler by default the server's
     * @param bufferPool by default the server's
     * @param acceptors ignored: one platform thread accepts
     * @param selectors ignored: there are none
     * @param factories the protocols
     */
    public BlockingConnector(
            Server server,
            @Nullable Executor executor,
            @Nullable Scheduler scheduler,
            @Nullable ByteBufferPool bufferPool,
            int acceptors,
            int selectors,
            ConnectionFactory... factories) {
        super(server, executor != null ? executor : new VirtualThreads(), scheduler, bufferPool, factories);
    }

    // ---- life cycle

    @Override
    public void open() throws IOException {
        if (serverChannel == null) {
            ServerSocketChannel channel = bind();
            serverChannel = channel;
            localPort = channel.socket().getLocalPort();
            super.open();
        }
    }

    @Override
    protected void doStart() throws Exception {
        FirstWait.happen();
        clock = ConnectionClock.of(getServer());
        super.doStart();
        ServerSocketChannel channel = serverChannel;
        if (channel != null) {
            acceptor = Thread.ofPlatform()
                    .daemon(false)
                    .name("accept-" + localPort)
                    .start(new Acceptor(this, channel, acceptFailures));
        }
    }

    /**
     * Accepts no more: who is told after this that the server leaves, and comes again at once, is refused. The JDK goes on
     * listening until the thread in {@code accept} has left it ({@code ServerSocketChannelImpl}), so this waits for that
     * thread, for a second at most if an accept listener keeps it.
     */
    @Override
    public void close() {
        super.close();
        stopAccepting();
    }

    private void stopAccepting() {
        ServerSocketChannel channel = serverChannel;
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException ignored) {
                LOGGER.debug("closing the accept channel", ignored);
            }
        }
        localPort = -2;
        LockSupport.unpark(acceptor);
        try {
            Farewell.join(acceptor, System.nanoTime() + Farewell.NANOS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Stops accepting and closes every connection; waits a moment for what is being written, and for the connections'
     * threads. A handler that goes on computing or sleeping is left behind without its connection.
     */
    @Override
    protected void doStop() throws Exception {
        stopAccepting();
        acceptor = null;
        Farewell.to(getConnectedEndPoints());
        int running = getConnectedEndPoints().size();
        if (running > 0) {
            LOGGER.warn("{} stops while {} handlers still run: they have lost their connections", this, running);
        }
        super.doStop(); // only now: connections that begin need their factories
        serverChannel = null;
    }

    @Override
    public boolean isOpen() {
        ServerSocketChannel channel = serverChannel;
        return channel != null && channel.isOpen();
    }

    // ---- connections

    /** Gives an accepted socket its endpoint and its thread. On the acceptor's thread. */
    void begin(SocketChannel channel) throws IOException {
        SocketAddress remote = channel.getRemoteAddress();
        BlockingEndPoint endPoint = new BlockingEndPoint(this, channel, remote);
        Thread thread = Thread.ofVirtual()
                .name("conn-" + ++connections + " " + remote)
                .unstarted(new ConnectionLoop(this, endPoint));
        endPoint.reading().loop(thread);
        endPoint.setIdleTimeout(getIdleTimeout());
        onEndPointOpened(endPoint);
        if (!isOpen()) {
            endPoint.close(); // shutting down: perhaps it came too late to be asked to leave
        }
        thread.start(); // only now: a session that has begun may stay for the grace
    }

    @Override
    protected void onEndPointClosed(EndPoint endPoint) {
        super.onEndPointClosed(endPoint);
    }

    /** What a SelectorManager does for ServerConnector; without it connection limits would be ignored silently. */
    void tell(Consumer<AcceptListener> event) {
        for (EventListener listener : getEventListeners()) {
            if (listener instanceof AcceptListener acceptListener) {
                try {
                    event.accept(acceptListener);
                } catch (Throwable failed) {
                    LOGGER.warn("accept listener {} failed", listener, failed);
                }
            }
        }
    }

    void closeSoon(BlockingEndPoint endPoint) {
        ConnectionClock ticking = clock;
        if (ticking != null) {
            ticking.closeSoon(endPoint);
        }
    }

    @Override
    protected void accept(int acceptorID) {
        throw new IllegalStateException("this connector accepts on a thread of its own");
    }

    @Override
    public void setAccepting(boolean accepting) {
        super.setAccepting(accepting);
        LockSupport.unpark(acceptor);
    }

    // ---- what it tells of itself

    @Override
    public @Nullable Object getTransport() {
        return serverChannel;
    }

    @Override
    public int getLocalPort() {
        return localPort;
    }

    @Override
    public int getAcceptors() {
        return 1;
    }

    /** How often {@code accept} has failed, most likely for want of descriptors. */
    public long getAcceptFailures() {
        return acceptFailures.get();
    }
}
