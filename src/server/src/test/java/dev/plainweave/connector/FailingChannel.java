package dev.plainweave.connector;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A socket that fails when told to, with what it is told: as another operating system's would. */
final class FailingChannel extends SocketChannel {
    private final SocketChannel real;
    private final AtomicReference<@Nullable IOException> read = new AtomicReference<>();
    private final AtomicReference<@Nullable IOException> write = new AtomicReference<>();
    private volatile boolean reading;
    private volatile Future<?> closed = CompletableFuture.completedFuture(null);

    FailingChannel(SocketChannel real) {
        super(real.provider());
        this.real = real;
    }

    /** The next read that would return fails instead. */
    void failRead(IOException failure) {
        read.set(failure);
    }

    /** The next write fails. */
    void failWrite(IOException failure) {
        write.set(failure);
    }

    /** Whether a read waits for bytes. */
    boolean isReading() {
        return reading;
    }

    /** Closing it does not return before that is done. */
    void holdClosing(Future<?> until) {
        closed = until;
    }

    private static void check(AtomicReference<@Nullable IOException> failing) throws IOException {
        IOException failure = failing.getAndSet(null);
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        reading = true;
        try {
            int count = real.read(target);
            check(read);
            return count;
        } finally {
            reading = false;
        }
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        long count = real.read(targets, offset, length);
        check(read);
        return count;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        check(write);
        return real.write(source);
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        check(write);
        return real.write(sources, offset, length);
    }

    @Override
    protected void implCloseSelectableChannel() throws IOException {
        real.close();
        try {
            closed.get(10, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | InterruptedException failed) {
            throw new IOException(failed);
        }
    }

    @Override
    protected void implConfigureBlocking(boolean block) throws IOException {
        real.configureBlocking(block);
    }

    @Override
    public SocketChannel bind(SocketAddress local) throws IOException {
        real.bind(local);
        return this;
    }

    @Override
    public <T> SocketChannel setOption(SocketOption<T> name, T value) throws IOException {
        real.setOption(name, value);
        return this;
    }

    @Override
    public <T> T getOption(SocketOption<T> name) throws IOException {
        return real.getOption(name);
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return real.supportedOptions();
    }

    @Override
    public SocketChannel shutdownInput() throws IOException {
        real.shutdownInput();
        return this;
    }

    @Override
    public SocketChannel shutdownOutput() throws IOException {
        real.shutdownOutput();
        return this;
    }

    @Override
    public Socket socket() {
        return real.socket();
    }

    @Override
    public boolean isConnected() {
        return real.isConnected();
    }

    @Override
    public boolean isConnectionPending() {
        return real.isConnectionPending();
    }

    @Override
    public boolean connect(SocketAddress remote) throws IOException {
        return real.connect(remote);
    }

    @Override
    public boolean finishConnect() throws IOException {
        return real.finishConnect();
    }

    @Override
    public SocketAddress getRemoteAddress() throws IOException {
        return real.getRemoteAddress();
    }

    @Override
    public SocketAddress getLocalAddress() throws IOException {
        return real.getLocalAddress();
    }
}
