package dev.plainweave.gallery.storm;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;

/**
 * Calm clients of this server, each on a thread of its own: send, wait for the echo, sleep, and again. What they measure
 * is what a visitor would feel, with the client's own share in it.
 */
final class Neighbours {
    /** Where they connect to. */
    static final String ROUTE = "/neighbour";

    static final int NUMBER = 8;
    private static final int PAUSE_MS = 40;
    private static final int RETRY_MS = 500;
    private static final long LONG_NANOS = 40_000_000;
    /** Echoes of a new connection that count, but are not measured: they meet code that has not been compiled yet. */
    private static final int WARM_UP = 10;

    private final Latencies latencies = new Latencies();
    private final LongAdder echoes = new LongAdder();
    private final LongAdder lost = new LongAdder();
    /** 1 for those who are there. */
    private final AtomicIntegerArray here = new AtomicIntegerArray(NUMBER);
    /** When the echo that each waits for was asked for; 0 for none. */
    private final AtomicLongArray asked = new AtomicLongArray(NUMBER);

    /** Those who are not there come, and stay for as long as they are wanted. */
    void comeIn(Loopback server, BooleanSupplier wanted) {
        for (int number = 0; number < NUMBER; number++) {
            if (here.compareAndSet(number, 0, 1)) {
                int me = number;
                Thread.ofVirtual().name("neighbour-" + me).start(() -> live(me, server, wanted));
            }
        }
    }

    private void live(int me, Loopback server, BooleanSupplier wanted) {
        try {
            while (wanted.getAsBoolean()) {
                try (Client client = server.open(ROUTE)) {
                    talk(me, client, wanted);
                } catch (IOException gone) {
                    if (asked.getAndSet(me, 0) != 0) {
                        lost.increment();
                    }
                    Thread.sleep(RETRY_MS);
                }
            }
        } catch (InterruptedException unexpected) {
            Thread.currentThread().interrupt();
        } finally {
            here.set(me, 0);
        }
    }

    private void talk(int me, Client client, BooleanSupplier wanted) throws IOException, InterruptedException {
        for (long number = 0; wanted.getAsBoolean(); number++) {
            String question = "neighbour " + me + ", echo " + number;
            long started = System.nanoTime();
            asked.set(me, started);
            client.send(question);
            if (!client.receive().equals(question)) {
                throw new IOException("another answer than the echo");
            }
            if (number >= WARM_UP) {
                latencies.add(System.nanoTime() - started);
            }
            asked.set(me, 0);
            echoes.increment();
            Thread.sleep(PAUSE_MS);
        }
        client.leave();
    }

    /** The latencies since the last look; of echoes that are long in coming, the time waited so far. */
    Latencies.Summary look() {
        long now = System.nanoTime();
        for (int number = 0; number < NUMBER; number++) {
            long started = asked.get(number);
            if (started != 0 && now - started > LONG_NANOS) {
                latencies.add(now - started);
            }
        }
        return latencies.take();
    }

    /** Echoes that came back. */
    long echoes() {
        return echoes.sum();
    }

    /** Echoes that never came back, or came back as something else. */
    long lost() {
        return lost.sum();
    }
}
