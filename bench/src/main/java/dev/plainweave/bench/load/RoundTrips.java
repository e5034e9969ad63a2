package dev.plainweave.bench.load;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** One lone connection: a message, its echo, the next; nothing else on the machine. On the calling thread. */
public final class RoundTrips {
    private RoundTrips() {}

    /** Latencies of {@code millis} of round trips, in nanoseconds; those of the first quarter, the warm-up, left out. */
    public static Histogram run(Client client, int payloadSize, int millis) throws IOException {
        byte[] payload = Frames.payload(7, 3, payloadSize);
        byte[] message = Frames.masked(Frames.TEXT, payload, 0x2468ACE1);
        byte[] echo = Frames.plain(Frames.TEXT, payload);
        Histogram latencies = new Histogram(3);
        long start = System.nanoTime();
        long length = TimeUnit.MILLISECONDS.toNanos(millis);
        for (long sent = start; sent - start < length; sent = System.nanoTime()) {
            client.send(message);
            client.expect(echo, "echo");
            if (sent - start > length / 4) {
                latencies.recordValue(System.nanoTime() - sent);
            }
        }
        return latencies;
    }
}
