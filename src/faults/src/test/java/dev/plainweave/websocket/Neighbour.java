package dev.plainweave.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;

/** A well-behaved client: sends a number every few milliseconds and waits for its echo; answers pings. */
final class Neighbour {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final RawClient client;
    private final Thread thread;
    private volatile boolean stop;
    private Throwable failure;
    private long longest;
    private int count;
    private int echoed;
    private long[] latencies = new long[1024];

    Neighbour(RawClient client) {
        this.client = client;
        thread = Thread.ofPlatform().name("neighbour").start(this::run);
    }

    private void run() {
        try (client) {
            while (!stop) {
                String text = "message " + ++count;
                long start = System.nanoTime();
                client.text(text);
                assertEquals(text, next());
                echoed++;
                note(System.nanoTime() - start);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            client.sendClose(1000);
            assertEquals(1000, client.readClose().code());
            assertEquals(0, client.readToEnd());
        } catch (Throwable failed) {
            failure = failed;
        }
    }

    private void note(long nanos) {
        longest = Math.max(longest, nanos);
        if (count > latencies.length) {
            latencies = Arrays.copyOf(latencies, 2 * latencies.length);
        }
        latencies[count - 1] = nanos;
    }

    /** After {@link #finish}: how long each echo took, in nanoseconds. */
    LongStream latencies() {
        return Arrays.stream(latencies, 0, count);
    }

    private String next() throws IOException {
        RawClient.Frame frame = client.read();
        while (frame.opcode() == FrameWriter.PING) {
            client.write(new ClientFrames().frame(ClientFrames.FIN | FrameWriter.PONG, frame.bytes()));
            frame = client.read();
        }
        return frame.text();
    }

    void finish() throws InterruptedException {
        stop = true;
        thread.join();
    }

    /** After {@link #finish}: that nothing was lost, and that no echo took longer. */
    void assertUndisturbed(Duration limit) {
        assertNull(failure, () -> "after " + count + " messages: " + failure);
        assertTrue(count > 10, () -> count + " messages");
        assertTrue(
                longest < limit.toNanos(), () -> "waited for " + Duration.ofNanos(longest) + ", longer than " + limit);
    }

    /** After {@link #finish}. */
    long sent() {
        return count;
    }

    /** After {@link #finish}: those that did not come back. */
    long lost() {
        return (long) count - echoed;
    }

    Duration longest() {
        return Duration.ofNanos(longest);
    }
}
