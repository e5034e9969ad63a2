package dev.plainweave.connector;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.EventListener;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SelectorManager.AcceptListener;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.AbstractNetworkConnector;
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
public class BlockingConnector extends AbstractNetworkConnector {
    private static final Logger LOGGER = LoggerFactory.getLogger(BlockingConnector.class);
    private static final long ACCEPT_BACK_OFF_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long ACCEPT_WARNING_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final AtomicLong connections = new AtomicLong();
    private final AtomicLong acceptFailures = new AtomicLong();
    private volatile @Nullable ServerSocketChannel serverChannel;
    private volatile @Nullable Thread acceptor;
    private volatile int localPort = -1;
    private int acceptQueueSize;
    private boolean reuseAddress = true;
    private boolean reusePort;
    private boolean acceptedTcpNoDelay = true;
    private int acceptedReceiveBufferSize = -1;
    private int acceptedSendBufferSize = -1;
    private volatile long stallNanos = TimeUnit.SECONDS.toNanos(10);
    private volatile long lingerNanos = TimeUnit.SECONDS.toNanos(2);
    private volatile long lingerBytes = 64L << 20;
    private long lastAcceptWarning = System.nanoTime() - ACCEPT_WARNING_NANOS;

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
        super(server, executor != null ? executor : new VirtualThreads(), scheduler, bufferPool, 0, factories);
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

    private ServerSocketChannel bind() throws IOException {
        InetSocketAddress address =
                getHost() == null ? new InetSocketAddress(getPort()) : new InetSocketAddress(getHost(), getPort());
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, reuseAddress);
            if (channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
                channel.setOption(StandardSocketOptions.SO_REUSEPORT, reusePort);
            }
            channel.bind(address, acceptQueueSize);
            return channel;
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw new IOException("Failed to bind to " + address, failed);
        }
    }

    @Override
    protected void doStart() throws Exception {
        ConnectionClock.of(getServer());
        super.doStart();
        acceptor = Thread.ofPlatform().name("accept-" + localPort).start(this::acceptLoop);
    }

    @Override
    public void close() {
        super.close();
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
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop(); // closes the accept channel
        Thread accepting = acceptor;
        if (accepting != null && accepting != Thread.currentThread()) {
            accepting.join(Duration.ofSeconds(5));
        }
        acceptor = null;
        serverChannel = null;
        for (EndPoint endPoint : getConnectedEndPoints()) {
            endPoint.close();
        }
    }

    @Override
    public boolean isOpen() {
        ServerSocketChannel channel = serverChannel;
        return channel != null && channel.isOpen();
    }

    // ---- accepting

    @Override
    protected void accept(int acceptorID) {
        throw new IllegalStateException("this connector accepts on a thread of its own");
    }

    private void acceptLoop() {
        while (isOpen()) {
            if (!isAccepting()) {
                LockSupport.park(this);
                continue;
            }
            try {
                ServerSocketChannel channel = serverChannel;
                if (channel != null) {
                    accepted(channel.accept());
                }
            } catch (ClosedChannelException stopping) {
                return;
            } catch (IOException | RuntimeException | Error failed) {
                acceptFailed(failed);
            }
        }
    }

    /** Running out of descriptors passes: say so once a minute, wait a little, and go on. */
    private void acceptFailed(Throwable failure) {
        long count = acceptFailures.incrementAndGet();
        long now = System.nanoTime();
        if (isOpen() && now - lastAcceptWarning >= ACCEPT_WARNING_NANOS) {
            lastAcceptWarning = now;
            LOGGER.warn("cannot accept connections on {}, {} failures so far: {}", this, count, failure.toString());
        }
        LockSupport.parkNanos(this, ACCEPT_BACK_OFF_NANOS);
    }

    private void accepted(SocketChannel channel) throws IOException {
        notifyAcceptListeners(listener -> listener.onAccepting(channel));
        if (!channel.isOpen()) {
            // A limit has closed it.
            notifyAcceptListeners(listener -> listener.onAcceptFailed(channel, new ClosedChannelException()));
            return;
        }
        try {
            SocketAddress remote = channel.getRemoteAddress();
            BlockingEndPoint endPoint = new BlockingEndPoint(this, channel, remote);
            onEndPointOpened(endPoint);
            Thread.ofVirtual()
                    .name("conn-" + connections.incrementAndGet() + " " + remote)
                    .start(() -> serve(endPoint, channel));
        } catch (IOException | RuntimeException | Error failed) {
            channel.close();
            notifyAcceptListeners(listener -> listener.onAcceptFailed(channel, failed));
            throw failed;
        }
    }

    private void serve(BlockingEndPoint endPoint, SocketChannel channel) {
        boolean accepted = false;
        Throwable cause = null;
        try {
            configure(channel);
            endPoint.setIdleTimeout(getIdleTimeout());
            Connection connection = getDefaultConnectionFactory().newConnection(this, endPoint);
            accepted = true;
            notifyAcceptListeners(listener -> listener.onAccepted(channel));
            endPoint.serve(connection);
        } catch (IOException gone) {
            cause = gone; // the client left before its first byte
        } catch (Throwable failed) {
            cause = failed;
            LOGGER.warn("connection failed: {}", endPoint, failed);
        } finally {
            ended(endPoint, channel, accepted, cause);
        }
    }

    private void ended(BlockingEndPoint endPoint, SocketChannel channel, boolean accepted, @Nullable Throwable cause) {
        try {
            endPoint.close(cause);
            Connection connection = endPoint.getConnection();
            if (connection != null) {
                connection.onClose(cause);
            }
            endPoint.finish();
        } catch (Throwable failed) {
            LOGGER.warn("closing a connection failed: {}", endPoint, failed);
        } finally {
            onEndPointClosed(endPoint);
            if (accepted) {
                notifyAcceptListeners(listener -> listener.onClosed(channel));
            } else {
                notifyAcceptListeners(listener ->
                        listener.onAcceptFailed(channel, cause != null ? cause : new ClosedChannelException()));
            }
        }
    }

    private void configure(SocketChannel channel) throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, acceptedTcpNoDelay);
        if (acceptedReceiveBufferSize > -1) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, acceptedReceiveBufferSize);
        }
        if (acceptedSendBufferSize > -1) {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, acceptedSendBufferSize);
        }
    }

    /** What a SelectorManager does for ServerConnector; without it connection limits would be ignored silently. */
    private void notifyAcceptListeners(Consumer<AcceptListener> event) {
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

    @Override
    public void setAccepting(boolean accepting) {
        super.setAccepting(accepting);
        LockSupport.unpark(acceptor);
    }

    // ---- properties

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

    /** How long a write may make no progress before the connection is closed; 10 seconds by default. */
    public Duration getStallTimeout() {
        return Duration.ofNanos(stallNanos);
    }

    /**
     * How long a write may make no progress. A write that stays below {@value StallMeter#MIN_BYTES_PER_SECOND} bytes a
     * second over three times that duration counts as stalled too. Applies to writes from now on.
     */
    public void setStallTimeout(Duration timeout) {
        stallNanos = positive(timeout, "stall timeout").toNanos();
    }

    /** How long bytes are read and dropped after a response that the peer was not waiting for; 2 seconds by default. */
    public Duration getLingerTimeout() {
        return Duration.ofNanos(lingerNanos);
    }

    /** How long bytes are read and dropped, so that a client still sending reads the response and not a reset. */
    public void setLingerTimeout(Duration timeout) {
        lingerNanos = positive(timeout, "linger timeout").toNanos();
    }

    /** How many bytes are read and dropped at most; 64 MiB by default. */
    public long getLingerBytes() {
        return lingerBytes;
    }

    /** How many bytes are read and dropped at most. */
    public void setLingerBytes(long bytes) {
        lingerBytes = bytes;
    }

    private static Duration positive(Duration value, String name) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException("the " + name + " must be positive, was " + value);
        }
        return value;
    }

    long stallNanos() {
        return stallNanos;
    }

    long lingerNanos() {
        return lingerNanos;
    }

    long lingerBytes() {
        return lingerBytes;
    }

    public int getAcceptQueueSize() {
        return acceptQueueSize;
    }

    /** The length of the kernel's queue of connections not yet accepted; 0, the default, means the JDK's own (50). */
    public void setAcceptQueueSize(int size) {
        acceptQueueSize = size;
    }

    public boolean getReuseAddress() {
        return reuseAddress;
    }

    public void setReuseAddress(boolean reuse) {
        reuseAddress = reuse;
    }

    public boolean isReusePort() {
        return reusePort;
    }

    public void setReusePort(boolean reuse) {
        reusePort = reuse;
    }

    public boolean getAcceptedTcpNoDelay() {
        return acceptedTcpNoDelay;
    }

    public void setAcceptedTcpNoDelay(boolean noDelay) {
        acceptedTcpNoDelay = noDelay;
    }

    public int getAcceptedReceiveBufferSize() {
        return acceptedReceiveBufferSize;
    }

    public void setAcceptedReceiveBufferSize(int bytes) {
        acceptedReceiveBufferSize = bytes;
    }

    public int getAcceptedSendBufferSize() {
        return acceptedSendBufferSize;
    }

    public void setAcceptedSendBufferSize(int bytes) {
        acceptedSendBufferSize = bytes;
    }
}
