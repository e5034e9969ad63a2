package dev.plainweave.connector;

import dev.plainweave.connector.ConnectionLostException.Place;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * One accepted socket in blocking mode. Reading blocks in one place only, {@link #awaitReadable()}, into a small prefetch
 * buffer; {@link #fill} takes what is known to be there and never waits, as Jetty's TLS, early error responses and
 * request bodies need it. Plain writes block; writes under TLS go through {@link TlsOutput}.
 */
public final class BlockingEndPoint extends AbstractEndPoint implements Clocked {
    /** Bytes read ahead for HTTP: a browser's request arrives in one read. */
    private static final int PREFETCH = 1024;
    /** Bytes read ahead once an owner has taken over: a small WebSocket frame arrives in one read. */
    private static final int OWNED_PREFETCH = 128;
    /** Written at once: the JDK copies a heap buffer into native memory of the same size first. */
    private static final int WRITE_CHUNK = 64 * 1024;

    private final BlockingConnector connector;
    private final SocketChannel channel;
    private final SocketAddress remote;
    private final ReadTurn turn = new ReadTurn();

    private ByteBuffer prefetch = ByteBuffer.allocate(PREFETCH).limit(0);
    private boolean more;
    private boolean eof;
    private @Nullable ConnectionLostException failure;

    private @Nullable Thread loop;
    private @Nullable Runnable owner;
    private boolean unwinding;
    private @Nullable TlsOutput tls;
    private boolean outputShutdown;

    private boolean writing;
    private long bytesWritten;
    private volatile @Nullable ConnectionLostException stalled;
    private @Nullable StallMeter meter;
    private volatile boolean expiring;
    private volatile long lingerDeadline;

    BlockingEndPoint(BlockingConnector connector, SocketChannel channel, SocketAddress remote) {
        super(null); // no scheduler: the clock looks at the idle timeout, no timer object per connection
        this.connector = connector;
        this.channel = channel;
        this.remote = remote;
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
        if (prefetch.hasRemaining() || more || eof || failure != null) {
            return;
        }
        prefetch.clear();
        try {
            int count = channel.read(prefetch);
            eof = count < 0;
            more = !prefetch.hasRemaining();
        } catch (IOException lost) {
            failure = readFailure(lost);
        } finally {
            prefetch.flip();
        }
    }

    /**
     * Runs the owner on the connection's own thread, as soon as the stack that is there now has unwound, instead of
     * waiting for Jetty's interest any longer. When the owner returns the endpoint is closed.
     */
    public void takeOver(Runnable newOwner) {
        owner = newOwner;
        if (turn.own()) {
            LockSupport.unpark(loop);
        }
    }

    @Override
    public int fill(ByteBuffer buffer) throws IOException {
        if (turn.quiet()) {
            return drain(buffer);
        }
        // Somebody waits for bytes: look only if no read is under way.
        if (!turn.claimToDrain()) {
            return isInputShutdown() ? -1 : 0;
        }
        try {
            return drain(buffer);
        } finally {
            summon(turn.drained());
        }
    }

    private int drain(ByteBuffer buffer) throws IOException {
        int position = BufferUtil.flipToFill(buffer);
        int start = buffer.position();
        try {
            if (prefetch.hasRemaining()) {
                int length = Math.min(prefetch.remaining(), buffer.remaining());
                buffer.put(prefetch.array(), prefetch.position(), length);
                prefetch.position(prefetch.position() + length);
            }
            if (more && !prefetch.hasRemaining() && buffer.hasRemaining()) {
                topUp(buffer);
            }
        } catch (IOException lost) {
            failure = readFailure(lost);
        } finally {
            BufferUtil.flipToFlush(buffer, position);
        }
        int filled = buffer.limit() - start;
        if (filled > 0) {
            notIdle();
            return filled;
        }
        if (failure != null) {
            shutdownInput();
            throw failure;
        }
        if (eof) {
            shutdownInput();
        }
        return isInputShutdown() ? -1 : 0;
    }

    /** Reads what the kernel says is there: that does not wait. */
    private void topUp(ByteBuffer buffer) throws IOException {
        int available = channel.socket().getInputStream().available();
        more = available > buffer.remaining();
        if (available > 0) {
            int limit = buffer.limit();
            buffer.limit(buffer.position() + Math.min(available, buffer.remaining()));
            try {
                channel.read(buffer);
            } finally {
                buffer.limit(limit);
            }
        }
    }

    @Override
    public void fillInterested(Callback callback) {
        if (Thread.currentThread() == loop) {
            unwinding = true;
            try {
                super.fillInterested(callback);
            } finally {
                unwinding = false;
            }
        } else {
            super.fillInterested(callback);
        }
    }

    @Override
    protected void needsFillInterest() throws IOException {
        if (!isOpen()) {
            throw new ClosedChannelException();
        }
        summon(turn.interest(Thread.currentThread() == loop && unwinding));
    }

    private void summon(ReadTurn.Summon summon) {
        switch (summon) {
            case NOBODY -> {}
            case LOOP -> LockSupport.unpark(loop);
            case HELPER -> execute(this::help);
        }
    }

    /** Does the one read that the busy loop cannot do. */
    private void help() {
        if (turn.claimByHelper()) {
            awaitReadable();
            if (turn.finishedByHelper()) {
                LockSupport.unpark(loop);
            } else {
                getFillInterest().fillable();
            }
        }
    }

    // ---- the connection's thread

    /** Serves the connection until it is closed. Runs on the connection's own thread. */
    void serve(Connection connection) {
        loop = Thread.currentThread();
        setConnection(connection);
        onOpen();
        connection.onOpen();
        while (true) {
            Thread.interrupted(); // a handler's leftover interrupt would close the channel at the next read
            switch (turn.next()) {
                case READ -> {
                    awaitReadable();
                    turn.finishedByLoop();
                    getFillInterest().fillable();
                }
                case DELIVER -> getFillInterest().fillable();
                case RUN_OWNER -> {
                    runOwner();
                    return;
                }
                case PARK -> LockSupport.park(this);
                case LEAVE -> {
                    return;
                }
            }
        }
    }

    private void runOwner() {
        ByteBuffer ahead = ByteBuffer.allocate(Math.max(OWNED_PREFETCH, prefetch.remaining()));
        prefetch = ahead.put(prefetch).flip();
        Runnable run = owner;
        owner = null;
        if (run != null) {
            run.run();
        }
    }

    /** The last act of the connection's thread: reads what the peer still sends after a response it was not waiting for. */
    void finish() {
        close();
        if (lingerDeadline != 0) {
            linger();
            closeChannel();
        }
    }

    private void linger() {
        ByteBuffer dropped = ByteBuffer.allocate(8 * 1024);
        try {
            for (long count = 0; count < connector.lingerBytes(); count += dropped.position()) {
                dropped.clear();
                if (channel.read(dropped) < 0) {
                    return;
                }
            }
        } catch (IOException gone) {
            // The peer reset the connection, or the clock closed it: either way there is nothing to wait for.
        }
    }

    // ---- writing

    @Override
    public boolean flush(ByteBuffer... buffers) throws IOException {
        notIdle();
        if (tls != null) {
            return tls.flush(buffers);
        }
        if (buffers.length > 1 && BufferUtil.remaining(buffers) <= WRITE_CHUNK) {
            writeTogether(buffers);
        } else {
            for (ByteBuffer buffer : buffers) {
                writeBlocking(buffer);
            }
        }
        return true;
    }

    /** Writes all of it, waiting as long as the peer makes progress. */
    void writeBlocking(ByteBuffer buffer) throws IOException {
        int limit = buffer.limit();
        writing = true;
        try {
            while (buffer.position() < limit) {
                buffer.limit(Math.min(limit, buffer.position() + WRITE_CHUNK));
                bytesWritten += channel.write(buffer);
            }
        } catch (IOException lost) {
            throw writeFailure(lost);
        } finally {
            buffer.limit(limit);
            writing = false;
            notIdle();
        }
    }

    private void writeTogether(ByteBuffer... buffers) throws IOException {
        writing = true;
        try {
            for (long left = BufferUtil.remaining(buffers); left > 0; ) {
                long count = channel.write(buffers);
                bytesWritten += count;
                left -= count;
            }
        } catch (IOException lost) {
            throw writeFailure(lost);
        } finally {
            writing = false;
        }
    }

    private ConnectionLostException readFailure(IOException lost) {
        ConnectionLostException first = stalled; // what closed the channel under this read
        if (first == null && tls != null) {
            first = tls.failure();
        }
        return first != null ? first : new ConnectionLostException(Place.READ, lost);
    }

    private ConnectionLostException writeFailure(IOException lost) {
        ConnectionLostException stall = stalled;
        return stall != null ? stall : new ConnectionLostException(Place.WRITE, lost);
    }

    /** Bytes that the kernel has taken. */
    public long bytesWritten() {
        return bytesWritten;
    }

    @Override
    protected void onIncompleteFlush() {
        if (tls != null) {
            tls.onIncompleteFlush();
        }
    }

    // ---- closing

    @Override
    protected void doShutdownOutput() {
        outputShutdown = true;
        if (tls != null) {
            tls.shutdownWhenDrained();
        } else {
            shutdownChannelOutput();
        }
    }

    @Override
    protected void doClose() {
        boolean owed = outputShutdown && !eof && failure == null && Thread.currentThread() == loop;
        if (owed) {
            // The response is out and the peer may still be sending: closing now would reset it away.
            lingerDeadline = System.nanoTime() + connector.lingerNanos();
            turn.close();
        } else if (tls != null) {
            tls.closeWhenDrained();
            wakeLoop();
        } else {
            closeChannel();
        }
    }

    void shutdownChannelOutput() {
        try {
            channel.shutdownOutput();
        } catch (IOException gone) {
            // Shut down already, by the peer's reset.
        }
    }

    void closeChannel() {
        try {
            channel.close();
        } catch (IOException gone) {
            // The descriptor is released all the same.
        }
        wakeLoop();
    }

    private void wakeLoop() {
        if (turn.close()) {
            LockSupport.unpark(loop);
        }
    }

    // ---- the clock

    @Override
    public void tick(long now) {
        if (lingerDeadline != 0 && now - lingerDeadline > 0) {
            execute(this::closeChannel);
        }
        if (!writing) {
            meter = null;
        } else if (meter == null) {
            meter = new StallMeter(connector.stallNanos(), now, bytesWritten);
        } else if (stalled == null && meter.stalled(now, bytesWritten)) {
            ConnectionLostException stall =
                    new ConnectionLostException(Place.STALLED_WRITE, "the peer took too little for too long");
            stalled = stall;
            execute(() -> abort(stall));
        }
        long idle = getIdleTimeout();
        if (idle > 0 && !expiring && !writing && getIdleFor() >= idle && isOpen()) {
            expiring = true;
            execute(this::expire);
        }
    }

    private void abort(ConnectionLostException cause) {
        close(cause);
        closeChannel(); // at once: a stalled TLS output would never drain
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

    void execute(Runnable task) {
        connector.getExecutor().execute(task);
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
