package dev.plainweave.connector;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/**
 * The bounded buffer between TLS and the socket. Jetty flushes under the lock of its TLS connection, which the reader
 * needs too; a blocking write there would let a peer that does not read stop this side's reading as well. So a flush only
 * copies, and a virtual thread, alive while there is something to write, does the writing. The buffer is borrowed from
 * Jetty's pool while it holds bytes.
 */
final class TlsOutput {
    /** Encrypted bytes that may wait for the socket. */
    static final int CAPACITY = 64 * 1024;

    private final BlockingEndPoint endPoint;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable RetainableByteBuffer waiting;
    private int inFlight;
    private boolean writing;
    private boolean spaceWanted;
    private boolean shutdownWanted;
    private boolean closeWanted;
    private @Nullable IOException failure;

    TlsOutput(BlockingEndPoint endPoint) {
        this.endPoint = endPoint;
    }

    /** Copies what there is room for; true when that was everything. */
    boolean flush(ByteBuffer... buffers) throws IOException {
        lock.lock();
        try {
            if (failure != null) {
                throw failure;
            }
            boolean everything = true;
            for (ByteBuffer buffer : buffers) {
                everything &= append(buffer);
            }
            if (waiting != null && !writing) {
                writing = true;
                endPoint.execute(this::drain);
            }
            return everything;
        } finally {
            lock.unlock();
        }
    }

    /** A flush could not take everything: calls {@code completeWrite} when there is room again. */
    void onIncompleteFlush() {
        boolean roomNow;
        lock.lock();
        try {
            roomNow = !writing;
            spaceWanted = !roomNow;
        } finally {
            lock.unlock();
        }
        if (roomNow) {
            completeWrite();
        }
    }

    /** Shuts the socket's output down when everything has been written. */
    void shutdownWhenDrained() {
        if (whenDrained(false)) {
            endPoint.shutdownChannelOutput();
        }
    }

    /** Closes the socket when everything has been written, or the write stalls. */
    void closeWhenDrained() {
        if (whenDrained(true)) {
            endPoint.closeChannel();
        }
    }

    private boolean whenDrained(boolean close) {
        lock.lock();
        try {
            if (close) {
                closeWanted = true;
            } else {
                shutdownWanted = true;
            }
            return !writing;
        } finally {
            lock.unlock();
        }
    }

    private boolean append(ByteBuffer from) {
        int room = CAPACITY - inFlight - (waiting == null ? 0 : waiting.remaining());
        if (room > 0 && from.hasRemaining()) {
            if (waiting == null) {
                waiting = endPoint.borrow(CAPACITY);
            }
            ByteBuffer target = waiting.getByteBuffer();
            int position = BufferUtil.flipToFill(target);
            int length = Math.min(room, from.remaining());
            target.put(from.slice(from.position(), length));
            from.position(from.position() + length);
            BufferUtil.flipToFlush(target, position);
        }
        return !from.hasRemaining();
    }

    private void drain() {
        RetainableByteBuffer written = null;
        while (true) {
            boolean wakeWriter;
            RetainableByteBuffer next;
            boolean shutdown = false;
            boolean close = false;
            lock.lock();
            try {
                next = waiting;
                waiting = null;
                inFlight = next == null ? 0 : next.remaining();
                wakeWriter = spaceWanted;
                spaceWanted = false;
                if (next == null) {
                    writing = false;
                    shutdown = shutdownWanted;
                    close = closeWanted;
                }
            } finally {
                lock.unlock();
            }
            if (written != null) {
                written.release();
            }
            if (wakeWriter) {
                endPoint.execute(this::completeWrite);
            }
            if (next == null) {
                if (shutdown) {
                    endPoint.shutdownChannelOutput();
                }
                if (close) {
                    endPoint.closeChannel();
                }
                return;
            }
            written = next;
            try {
                endPoint.writeBlocking(next.getByteBuffer());
            } catch (IOException lost) {
                fail(lost);
                written.release();
                return;
            }
        }
    }

    private void fail(IOException lost) {
        RetainableByteBuffer dropped;
        boolean close;
        lock.lock();
        try {
            failure = lost;
            writing = false;
            inFlight = 0;
            dropped = waiting;
            waiting = null;
            close = closeWanted;
        } finally {
            lock.unlock();
        }
        if (dropped != null) {
            dropped.release();
        }
        if (close) {
            endPoint.closeChannel();
        } else {
            endPoint.close(lost);
        }
    }

    /** Why writing failed, if it has. */
    @Nullable
    ConnectionLostException failure() {
        lock.lock();
        try {
            return failure instanceof ConnectionLostException lost ? lost : null;
        } finally {
            lock.unlock();
        }
    }

    private void completeWrite() {
        endPoint.getWriteFlusher().completeWrite();
    }
}
