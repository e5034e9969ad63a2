package dev.plainweave.connector;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Has a virtual thread wait for bytes once, before any client does. The JDK opens what wakes such threads (on Linux the
 * epoll descriptors of {@code sun.nio.ch.Poller}) when the first of them waits, in a static initializer; were the process
 * out of descriptors at that moment, no virtual thread could ever wait for bytes again, whatever was free later.
 */
final class FirstWait {
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    private FirstWait() {}

    /**
     * Returns when one has waited.
     *
     * @throws IOException if it cannot: a server that starts now would never read
     */
    static void happen() throws IOException {
        Pipe pipe = Pipe.open();
        try (Pipe.SourceChannel source = pipe.source();
                Pipe.SinkChannel sink = pipe.sink()) {
            Reader reader = new Reader(source);
            Thread thread = Thread.ofVirtual().name("first-wait").start(reader);
            long end = System.nanoTime() + LIMIT_NANOS;
            while (thread.getState() != Thread.State.WAITING && thread.isAlive() && System.nanoTime() < end) {
                LockSupport.parkNanos(LOOK_NANOS);
            }
            sink.write(ByteBuffer.allocate(1));
            thread.join();
            if (reader.failure != null) {
                throw new IOException("no virtual thread can wait for bytes in this process", reader.failure);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while starting", interrupted);
        }
    }

    private static final class Reader implements Runnable {
        private final Pipe.SourceChannel source;
        private volatile @Nullable Throwable failure;

        Reader(Pipe.SourceChannel source) {
            this.source = source;
        }

        @Override
        public void run() {
            try {
                source.read(ByteBuffer.allocate(1));
            } catch (Throwable failed) {
                failure = failed;
            }
        }
    }
}
