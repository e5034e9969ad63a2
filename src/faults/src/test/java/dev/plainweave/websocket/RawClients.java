package dev.plainweave.websocket;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What clients do who do not care how it ends. */
final class RawClients {
    /** A pause after each read, or a client that reads as fast as it can takes all there is of the machine. */
    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private RawClients() {}

    /** Reads until the server has closed or reset the connection; fails when it does neither. */
    static void readToEnd(RawClient client) {
        byte[] dropped = new byte[32 * 1024];
        try {
            while (client.in().read(dropped) >= 0) {
                LockSupport.parkNanos(PACE_NANOS);
            }
        } catch (SocketTimeoutException open) {
            throw new AssertionError("the server keeps the connection open", open);
        } catch (IOException lost) {
            // That is an end too.
        }
    }

    /** Writes until the server has had enough, or until that {@link System#nanoTime()}. */
    static void writeUntilRefused(RawClient client, byte[] bytes, long end) {
        try {
            while (System.nanoTime() < end) {
                client.write(bytes);
            }
        } catch (IOException refused) {
            // At last.
        }
    }

    /** Waits for the thread to end, until that {@link System#nanoTime()}. */
    static void join(Thread thread, long end) {
        try {
            thread.join(Duration.ofNanos(end == Long.MAX_VALUE ? end : Math.max(1, end - System.nanoTime())));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
