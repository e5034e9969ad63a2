package dev.plainweave.connector;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts connections, on a platform thread: virtual threads are not time-sliced, and connections shall be accepted while
 * handlers compute. Running out of descriptors passes: it says so once a minute, waits a little, and goes on.
 */
final class Acceptor implements Runnable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Acceptor.class);
    private static final long BACK_OFF_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long WARNING_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final BlockingConnector connector;
    private final ServerSocketChannel channel;
    private final AtomicLong failures;
    private long lastWarning = System.nanoTime() - WARNING_NANOS;

    Acceptor(BlockingConnector connector, ServerSocketChannel channel, AtomicLong failures) {
        this.connector = connector;
        this.channel = channel;
        this.failures = failures;
    }

    @Override
    public void run() {
        while (channel.isOpen()) {
            if (!connector.isAccepting()) {
                LockSupport.park(this);
                continue;
            }
            try {
                accepted(channel.accept());
            } catch (ClosedChannelException stopping) {
                return;
            } catch (IOException | RuntimeException | Error failed) {
                failed(failed);
            }
        }
    }

    private void accepted(SocketChannel accepted) throws IOException {
        connector.tell(listener -> listener.onAccepting(accepted));
        try {
            if (!accepted.isOpen()) {
                throw new ClosedChannelException(); // a limit has closed it
            }
            connector.begin(accepted);
        } catch (IOException | RuntimeException | Error failed) {
            accepted.close();
            connector.tell(listener -> listener.onAcceptFailed(accepted, failed));
            if (!(failed instanceof IOException)) {
                throw failed;
            }
        }
    }

    private void failed(Throwable failure) {
        long count = failures.incrementAndGet();
        long now = System.nanoTime();
        if (channel.isOpen() && now - lastWarning >= WARNING_NANOS) {
            lastWarning = now;
            LOGGER.warn("cannot accept on {}, {} failures so far: {}", connector, count, failure.toString());
        }
        LockSupport.parkNanos(this, BACK_OFF_NANOS);
    }
}
