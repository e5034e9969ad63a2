package dev.plainweave.connector;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.io.EofException;
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
    /** Encrypted bytes that may wait for the socket, while as many are being written: 64 KiB together. */
    private static final int CAPACITY = 32 * 1024;

    private final BlockingEndPoint endPoint;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition drained = lock.newCondition();
    private @Nullable RetainableByteBuffer waiting;
    private boolean writing;
    private boolean spaceWanted;
    private Runnable whenDrained = () -> {};
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
            if (!endPoint.isOpen()) {
                // Nobody would write it; and what Jetty cannot get rid of after the end it would never give back.
                throw new EofException(new ClosedChannelException());
            }
            boolean everything = true;
            for (ByteBuffer buffer : buffers) {
                everything &= append(buffer);
            }
            if (waiting != null && !writing) {
                writing = true;
                endPoint.start("write", this::drain);
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

    /** Whether everything has been written; if not, this is done when it has been, and nothing else said earlier. */
    boolean drained(Runnable then) {
        lock.lock();
        try {
            whenDrained = then;
            return !writing;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until everything has been written, or the socket is lost. */
    void awaitDrained() {
        lock.lock();
        try {
            while (writing) {
                drained.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean append(ByteBuffer from) {
        int room = CAPACITY - (waiting == null ? 0 : waiting.remaining());
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
        for (RetainableByteBuffer next = next(written); next != null; next = next(written)) {
            written = next;
            try {
                endPoint.writeBlocking(next.getByteBuffer());
            } catch (IOException lost) {
                next.release();
                fail(lost);
                return;
            }
        }
    }

    /** Takes what waits to be written; when there is nothing, the writing ends and what was to be done then is done. */
    private @Nullable RetainableByteBuffer next(@Nullable RetainableByteBuffer written) {
        if (written != null) {
            written.release();
        }
        RetainableByteBuffer next;
        boolean space;
        Runnable then;
        lock.lock();
        try {
            next = waiting;
            waiting = null;
            space = spaceWanted;
            spaceWanted = false;
            then = whenDrained;
            if (next == null) {
                writing = false;
                drained.signalAll();
            }
        } finally {
            lock.unlock();
        }
        if (space) {
            endPoint.start("flush", this::completeWrite);
        }
        if (next == null) {
            then.run();
        }
        return next;
    }

    private void fail(IOException lost) {
        RetainableByteBuffer dropped;
        lock.lock();
        try {
            failure = lost;
            writing = false;
            dropped = waiting;
            waiting = null;
            drained.signalAll();
        } finally {
            lock.unlock();
        }
        if (dropped != null) {
            dropped.release();
        }
        endPoint.closeChannel();
        endPoint.close(lost);
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
