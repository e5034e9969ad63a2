package dev.plainweave.connector;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One accepted socket in blocking mode. Reading blocks in one place only, {@link #awaitReadable()}, into a small buffer;
 * {@link #fill} takes what is known to be there and never waits, as Jetty's TLS, early error responses and request bodies
 * need it. Jetty's plain writes block on the connection's own threads alone: what another sends, a publisher to many say, is
 * written by a virtual thread of the connection's, so that a peer that does not read holds up nobody else. Writes under TLS
 * go through {@link TlsOutput}.
 */
public final class BlockingEndPoint extends AbstractEndPoint implements Clocked {
    private static final Logger LOGGER = LoggerFactory.getLogger(BlockingEndPoint.class);

    /** Of a thread that {@link #start} has started. */
    private static final ThreadLocal<@Nullable BlockingEndPoint> WORKS_FOR = new ThreadLocal<>();

    private final BlockingConnector connector;
    private final SocketChannel channel;
    private final SocketAddress remote;
    private final SocketInput input;
    private final SocketOutput output;
    private final Reading reading = new Reading(this);
    private @Nullable TlsOutput tls;

    private volatile boolean expiring;
    /** From now on no close waits for the peer; one that waits already goes on waiting. */
    private volatile boolean hurried;
    /** While a close waits for the peer: how long yet. */
    private volatile @Nullable Linger linger;

    BlockingEndPoint(BlockingConnector connector, SocketChannel channel, SocketAddress remote) {
        super(null); // no scheduler: the clock looks at the idle timeout, no timer object per connection
        this.connector = connector;
        this.channel = channel;
        this.remote = remote;
        input = new SocketInput(channel);
        output = new SocketOutput(channel);
    }

    /** The blocking endpoint at the bottom of the stack, or null where another connector made it. */
    public static @Nullable BlockingEndPoint under(EndPoint endPoint) {
        EndPoint bottom = endPoint;
        while (bottom instanceof EndPoint.Wrapper wrapper) {
            bottom = wrapper.unwrap();
        }
        return bottom instanceof BlockingEndPoint blocking ? blocking : null;
    }

    // ---- reading

    /**
     * Waits until {@link #fill} has something to say: bytes, the end of the stream, or a failure. Called by one thread at
     * a time, by the connection's loop or by an owner that has taken over.
     */
    public void awaitReadable() {
        input.await();
    }

    /**
     * Runs the owner on the connection's own thread, as soon as the stack that is there now has unwound, instead of
     * waiting for Jetty's interest any longer; interest registered from then on is not served. When the owner returns the
     * endpoint is closed. An owner whose connection is closed before its turn does not run.
     */
    public void takeOver(Runnable newOwner) {
        reading.takeOver(newOwner);
    }

    @Override
    public int fill(ByteBuffer buffer) throws IOException {
        return reading.fill(buffer);
    }

    /** Appends what is there; by the one thread whose turn it is. */
    int drain(ByteBuffer buffer) throws IOException {
        int filled = isOpen() ? input.drain(buffer) : 0;
        if (filled > 0) {
            notIdle();
            return filled;
        }
        ConnectionLostException failure = lost();
        if (failure != null) {
            shutdownInput();
            throw failure;
        }
        if (input.ended()) {
            shutdownInput();
        }
        return inputEnded() ? -1 : 0;
    }

    /** Whether {@link #fill} has said all it will say. */
    boolean inputEnded() {
        return super.isInputShutdown();
    }

    /**
     * Not for a connection that was lost under TLS. There Jetty takes a shut input for the peer's close_notify and tells the
     * reader of a closed channel, which it then logs at WARN, instead of letting the reader come to the failure itself.
     */
    @Override
    public boolean isInputShutdown() {
        return inputEnded() && (tls == null || (lost() == null && tls.failure() == null));
    }

    /** How the connection was lost, if it was; where a failed write has closed the channel under a read, by that write. */
    @Nullable
    ConnectionLostException lost() {
        ConnectionLostException stalled = output.stalled();
        ConnectionLostException read = input.failure();
        ConnectionLostException write = read == null || tls == null ? null : tls.failure();
        return stalled != null ? stalled : write != null ? write : read;
    }

    @Override
    public void fillInterested(Callback callback) {
        if (!isOpen()) {
            // Another thread may still be closing: Jetty would warn of the interest that is about to be dropped,
            // and of a closed channel, were it told of one by that name.
            ConnectionLostException lost = lost();
            callback.failed(lost != null ? lost : new EofException(new ClosedChannelException()));
            return;
        }
        boolean last = reading.beginLastInterest();
        try {
            super.fillInterested(callback);
        } finally {
            reading.endLastInterest(last);
        }
    }

    @Override
    protected void needsFillInterest() throws IOException {
        if (!isOpen()) {
            throw new EofException("closed");
        }
        reading.wanted();
    }

    // ---- for the connection's thread, see ConnectionLoop

    Reading reading() {
        return reading;
    }

    @Override
    public void onOpen() {
        // Jetty throws if it is closed already; a connector that stops closes what has hardly begun.
    }

    /** What shall run on the connection's thread from now on, once. */
    @Nullable
    Runnable takeOwner() {
        input.shrink();
        return reading.takeOwner();
    }

    // ---- writing

    @Override
    public boolean flush(ByteBuffer... buffers) throws IOException {
        notIdle();
        if (tls != null) {
            return tls.flush(buffers);
        }
        boolean own = Thread.currentThread() == reading.loop() || WORKS_FOR.get() == this;
        if (!own && BufferUtil.remaining(buffers) > 0) {
            return false; // onIncompleteFlush has it written
        }
        writeBlocking(buffers);
        return true;
    }

    /**
     * Writes all of it on the caller's thread, waiting as long as the peer makes progress. By one thread at a time, and past
     * TLS.
     */
    public void writeBlocking(ByteBuffer... buffers) throws IOException {
        try {
            output.write(buffers);
        } finally {
            notIdle();
        }
    }

    /** Bytes that the kernel has taken. */
    public long bytesWritten() {
        return output.bytes();
    }

    @Override
    protected void onIncompleteFlush() {
        if (tls != null) {
            tls.onIncompleteFlush();
        } else {
            start("write", getWriteFlusher()::completeWrite); // and what Jetty sends next, from its callback
        }
    }

    // ---- closing

    @Override
    protected void doShutdownOutput() {
        afterWriting(this::endOutput);
    }

    /**
     * At once where the peer has closed too or is not waited for; elsewhere after reading on for a while, since a close would
     * reset away what the peer has not read yet.
     */
    @Override
    protected void doClose() {
        boolean waits = channel.isOpen() && !input.ended() && input.failure() == null && !expiring && !hurried;
        if (waits) {
            linger = new Linger(connector.lingerNanos());
        }
        afterWriting(waits ? this::endOutput : this::endChannel);
        reading.close();
    }

    /** Says to the peer that nothing more will come. */
    private void endOutput() {
        try {
            channel.shutdownOutput();
        } catch (IOException gone) {
            // Shut down already, by the peer's reset.
        }
    }

    private void endChannel() {
        try {
            channel.close();
        } catch (IOException gone) {
            // The descriptor is released all the same.
        }
    }

    /** Bytes under way through TLS are written first. */
    private void afterWriting(Runnable end) {
        if (tls == null || tls.drained(end)) {
            end.run();
        }
    }

    /**
     * Tells Jetty. Whoever waits for a connection that was lost is told so: that is quiet, and a closed channel is a WARN to
     * Jetty. It gives back the request's buffer here, while a handler that is just done may be giving it back too: then one
     * of them comes second.
     */
    @Override
    public void onClose(@Nullable Throwable cause) {
        try {
            super.onClose(cause != null ? cause : lost());
        } catch (IllegalStateException second) {
            LOGGER.debug("closed while a request was completed: {}", this, second);
        }
    }

    /** Closes without waiting for the peer to close; a close that waits already goes on waiting. */
    void closeSoon() {
        hurried = true;
        close(new EofException("the connector stops"));
    }

    void closeChannel() {
        endChannel();
        reading.close();
    }

    /** The last act of the connection's thread, after {@link #close()}: sees the bytes out and the channel closed. */
    void finish() {
        if (linger != null) {
            input.discard(connector.lingerBytes());
        }
        if (tls != null) {
            tls.awaitDrained();
        }
        closeChannel();
    }

    SocketChannel channel() {
        return channel;
    }

    boolean isChannelOpen() {
        return channel.isOpen();
    }

    // ---- the clock

    @Override
    public void tick(long now) {
        if (output.hasStalled(now, connector.stallNanos()) || hasLingered(now)) {
            connector.closeSoon(this);
        }
        long idle = getIdleTimeout();
        if (idle > 0 && !expiring && !output.writing() && getIdleFor() >= idle && isOpen()) {
            expiring = true;
            start("idle", this::expire);
        }
    }

    private boolean hasLingered(long now) {
        Linger waiting = linger;
        return waiting != null && waiting.over(now, input.discarded(), output.writing()) && channel.isOpen();
    }

    private void expire() {
        try {
            checkIdleTimeout();
        } finally {
            expiring = false;
        }
    }

    // ---- the rest of the contract

    @Override
    public void setConnection(Connection connection) {
        super.setConnection(connection);
        if (connection instanceof SslConnection && tls == null) {
            tls = new TlsOutput(this);
        }
    }

    /** A thread of the connection's. Never on the connector's executor, which may be bounded: these tasks wait for the peer. */
    void start(String name, Runnable task) {
        Thread.ofVirtual().name(name + " " + remote).start(() -> {
            WORKS_FOR.set(this);
            task.run();
        });
    }

    RetainableByteBuffer borrow(int size) {
        return connector.getByteBufferPool().acquire(size, true);
    }

    @Override
    public Object getTransport() {
        return channel;
    }

    @Override
    public @Nullable SocketAddress getLocalSocketAddress() {
        try {
            return channel.getLocalAddress();
        } catch (IOException closed) {
            return null;
        }
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return remote;
    }
}
