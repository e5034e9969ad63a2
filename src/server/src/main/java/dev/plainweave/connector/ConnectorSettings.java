package dev.plainweave.connector;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** The settings of a {@link BlockingConnector}: socket options under Jetty's names, and limits of its own. */
abstract class ConnectorSettings extends AbstractNetworkConnector {
    private int acceptQueueSize;
    private boolean reuseAddress = true;
    private boolean reusePort;
    private boolean acceptedTcpNoDelay = true;
    private int acceptedReceiveBufferSize = -1;
    private int acceptedSendBufferSize = -1;
    private volatile long stallNanos = TimeUnit.SECONDS.toNanos(10);
    private volatile long lingerNanos = TimeUnit.SECONDS.toNanos(2);
    private volatile long lingerBytes = 64L << 20;

    ConnectorSettings(
            Server server,
            Executor executor,
            @Nullable Scheduler scheduler,
            @Nullable ByteBufferPool bufferPool,
            ConnectionFactory... factories) {
        super(server, executor, scheduler, bufferPool, 0, factories);
    }

    final ServerSocketChannel bind() throws IOException {
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

    final void configure(SocketChannel channel) throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, acceptedTcpNoDelay);
        if (acceptedReceiveBufferSize > -1) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, acceptedReceiveBufferSize);
        }
        if (acceptedSendBufferSize > -1) {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, acceptedSendBufferSize);
        }
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

    /** How long bytes are read and dropped at most after a close; 2 seconds by default. */
    public Duration getLingerTimeout() {
        return Duration.ofNanos(lingerNanos);
    }

    /**
     * How long bytes are read and dropped at most after this side has closed, so that a client still sending reads the
     * response and not a reset. It ends when the client closes too, or sends nothing for {@value Linger#QUIET_MILLIS} ms.
     */
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

    static Duration positive(Duration value, String name) {
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

    /** The length of the queue of connections that the system keeps for accepting; 0 for the system's own, the default. */
    public int getAcceptQueueSize() {
        return acceptQueueSize;
    }

    /** The length of the kernel's queue of connections not yet accepted; 0, the default, means the JDK's own (50). */
    public void setAcceptQueueSize(int size) {
        acceptQueueSize = size;
    }

    /** SO_REUSEADDR of the listening socket; true by default. */
    public boolean getReuseAddress() {
        return reuseAddress;
    }

    /** SO_REUSEADDR of the listening socket; counts from the next start. */
    public void setReuseAddress(boolean reuse) {
        reuseAddress = reuse;
    }

    /** SO_REUSEPORT of the listening socket; false by default. */
    public boolean isReusePort() {
        return reusePort;
    }

    /** SO_REUSEPORT of the listening socket, where the system has it; counts from the next start. */
    public void setReusePort(boolean reuse) {
        reusePort = reuse;
    }

    /** TCP_NODELAY of accepted connections; true by default. */
    public boolean getAcceptedTcpNoDelay() {
        return acceptedTcpNoDelay;
    }

    /** TCP_NODELAY of connections accepted from now on. */
    public void setAcceptedTcpNoDelay(boolean noDelay) {
        acceptedTcpNoDelay = noDelay;
    }

    /** SO_RCVBUF of accepted connections in bytes; -1, the default, for the system's own. */
    public int getAcceptedReceiveBufferSize() {
        return acceptedReceiveBufferSize;
    }

    /** SO_RCVBUF in bytes of connections accepted from now on; -1 for the system's own. */
    public void setAcceptedReceiveBufferSize(int bytes) {
        acceptedReceiveBufferSize = bytes;
    }

    /** SO_SNDBUF of accepted connections in bytes; -1, the default, for the system's own. */
    public int getAcceptedSendBufferSize() {
        return acceptedSendBufferSize;
    }

    /** SO_SNDBUF in bytes of connections accepted from now on; -1 for the system's own. */
    public void setAcceptedSendBufferSize(int bytes) {
        acceptedSendBufferSize = bytes;
    }
}
