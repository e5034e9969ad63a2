package dev.plainweave.websocket;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.IoPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The reading seat in orders that nobody would think of: receivers with and without a timeout, two of them in turn, the
 * attendant, pings, sends, closes from either side, resets and interrupts, at moments that a seed decides. Whatever the order:
 * messages come once each and in order, a ping is answered while the session is open, there is one end, everybody is told of
 * it, and nothing is left. A failure names its seed.
 */
@Timeout(60)
class SeatStormTest {
    private static final int SEEDS = 3;
    private static final int SESSIONS = 40;
    private static final int MESSAGES = 30;

    static Stream<Arguments> seeds() {
        return Stream.of(IoPolicy.values())
                .flatMap(io -> IntStream.range(0, SEEDS).mapToObj(seed -> Arguments.of(io, seed)));
    }

    /** One session: what its threads do is drawn from its seed. */
    private static final class Act implements SessionHandler {
        final Random random;
        final AtomicInteger received = new AtomicInteger();
        final AtomicInteger ends = new AtomicInteger();
        final AtomicReference<String> wrong = new AtomicReference<>();
        final CountDownLatch done = new CountDownLatch(1);

        Act(long seed) {
            random = new Random(seed);
        }

        @Override
        public void handle(WebSocketSession session) throws Exception {
            session.onEnd(end -> ends.incrementAndGet());
            int parts = 1 + random.nextInt(3);
            try {
                for (int part = 0; part < parts; part++) {
                    int count = random.nextInt(MESSAGES);
                    int style = random.nextInt(4);
                    if (random.nextBoolean()) {
                        receive(session, count, style);
                    } else {
                        Thread other = Thread.ofVirtual().unstarted(() -> receive(session, count, style));
                        other.setUncaughtExceptionHandler((thread, over) -> {});
                        other.start();
                        if (random.nextInt(8) == 0) {
                            other.interrupt();
                        }
                        other.join();
                    }
                    if (random.nextInt(3) == 0) {
                        LockSupport.parkNanos(
                                TimeUnit.MILLISECONDS.toNanos(random.nextInt(1_500))); // the attendant's time
                    }
                }
                if (random.nextInt(4) == 0) {
                    session.close(4000, "enough");
                    session.awaitEnd();
                }
            } finally {
                done.countDown();
            }
        }

        private void receive(WebSocketSession session, int count, int style) {
            for (int i = 0; i < count; i++) {
                Message message = switch (style) {
                    case 0 -> session.receive();
                    case 1 -> session.receive(Duration.ofMillis(50)).orElse(null);
                    case 2 -> session.receive(Duration.ZERO).orElse(null);
                    default ->
                        i % 2 == 0
                                ? session.receive()
                                : session.receive(Duration.ofMillis(5)).orElse(null);
                };
                if (message instanceof Message.Text text) {
                    int expected = received.getAndIncrement();
                    if (!text.text().equals(Integer.toString(expected))) {
                        wrong.compareAndSet(null, "message " + expected + " was " + text.text());
                    }
                    session.offer(message);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void inAnyOrder(IoPolicy io, int seed) throws Exception {
        List<Act> acts = new ArrayList<>();
        AtomicInteger next = new AtomicInteger();
        for (int i = 0; i < SESSIONS; i++) {
            acts.add(new Act(seed * 1_000L + i));
        }
        try (Site site = Site.of(
                io,
                options -> options.closeTimeout(Duration.ofSeconds(1))
                        .pingInterval(Duration.ofMillis(400))
                        .pongTimeout(Duration.ofSeconds(5)),
                session -> acts.get(Integer.parseInt(
                                session.handshake().query("act").orElseThrow()))
                        .handle(session))) {
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < SESSIONS; i++) {
                Random random = new Random(seed * 7_000L + i);
                clients.add(Thread.ofPlatform().start(() -> play(site.port(), next.getAndIncrement(), random)));
            }
            for (Thread client : clients) {
                client.join();
            }
            await("connections").until(() -> site.server().stats().connections() == 0);
            assertEquals(SESSIONS, site.stats().opened());
            assertEquals(SESSIONS, site.stats().ended());
            assertEquals(0, site.stats().handlerFailures());
            for (Act act : acts) {
                assertTrue(
                        act.done.await(Site.PATIENCE_SECONDS, TimeUnit.SECONDS), "a handler was not told of the end");
                await("end").until(() -> act.ends.get() == 1);
                assertNull(act.wrong.get());
            }
        }
    }

    private static void play(int port, int act, Random random) {
        try (RawClient client = RawClient.open(port, "/?act=" + act)) {
            Thread reader = Thread.ofPlatform().start(() -> RawClients.readToEnd(client));
            int count = random.nextInt(2 * MESSAGES);
            try {
                for (int i = 0; i < count; i++) {
                    client.text(Integer.toString(i));
                    if (random.nextInt(5) == 0) {
                        client.ping("ping " + i);
                    }
                    if (random.nextInt(4) == 0) {
                        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(100)));
                    }
                }
                switch (random.nextInt(4)) {
                    case 0 -> client.reset();
                    case 1 -> client.finishOutput();
                    default -> client.sendClose(1000);
                }
            } catch (IOException closed) {
                // The server was first.
            }
            RawClients.join(reader, Long.MAX_VALUE);
        } catch (IOException failed) {
            throw new IllegalStateException("client " + act, failed);
        }
    }
}
