package dev.plainweave.websocket;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A thousand members of a topic who do not read: each is put out, the rest get everything, memory stays bounded. */
@Timeout(120)
class SlowConsumersTest {
    private static final int SLOW = 1_000;
    private static final int QUICK = 16;
    private static final int MESSAGE = 32 * 1024;
    private static final Outbox BOX = Outbox.closing(16, 16 * MESSAGE);
    private static final Duration IN_TIME = Duration.ofSeconds(40);

    @ParameterizedTest
    @EnumSource
    void areEvictedAndTheRestUndisturbed(IoPolicy io) throws Exception {
        Topic topic = Topic.create(BOX);
        List<RawClient> slow = new ArrayList<>();
        List<Reading> quick = new ArrayList<>();
        try (WebServer server = WebServer.builder()
                .io(io)
                .host("127.0.0.1")
                .shutdownGrace(Duration.ofMillis(500))
                .limits(limit -> limit.stalledWrite(Duration.ofMinutes(1))) // a busy machine may publish slowly
                .websocket("/topic", options -> options.closeTimeout(Duration.ofSeconds(1)), session -> {
                    topic.join(session);
                    session.awaitEnd();
                })
                .start(0)) {
            for (int i = 0; i < QUICK; i++) {
                quick.add(new Reading(RawClient.open(server.port(), "/topic")));
            }
            for (int i = 0; i < SLOW; i++) {
                slow.add(RawClient.connect(server.port(), 4096).upgrade("/topic"));
            }
            await().until(() -> topic.size() == SLOW + QUICK);
            long most = 0;
            int published = 0;
            long start = System.nanoTime();
            while (topic.size() > QUICK && System.nanoTime() - start < IN_TIME.toNanos()) {
                topic.publish(Message.binary(ByteBuffer.allocate(MESSAGE).putInt(0, published++)));
                most = Math.max(most, server.stats().backlog().bytes());
                int expected = published;
                await().until(() ->
                        quick.stream().allMatch(reading -> reading.count.get() >= expected || reading.over));
            }
            Duration taken = Duration.ofNanos(System.nanoTime() - start);
            assertEquals(QUICK, topic.size(), () -> "members left after " + taken);
            await().until(() -> server.stats().connections() == QUICK);
            assertEquals(SLOW, server.stats().sessions().ended());
            assertEquals(SLOW, server.stats().sessions().ended(End.Reason.SLOW_CONSUMER));
            long waiting = most;
            assertTrue(waiting <= (SLOW + QUICK) * BOX.maxBytes(), () -> waiting + " bytes waited");
            for (Reading reading : quick) {
                assertEquals(published, reading.count.get(), "messages in order");
                assertTrue(reading.longest < TimeUnit.SECONDS.toNanos(2), () -> "waited " + reading.longest + " ns");
            }
        } finally {
            for (RawClient client : slow) {
                client.close();
            }
            for (Reading reading : quick) {
                reading.client.close();
            }
        }
    }

    /** Reads what is published, as it comes. */
    private static final class Reading {
        final RawClient client;
        final AtomicInteger count = new AtomicInteger();
        volatile boolean over;
        volatile long longest;

        Reading(RawClient client) {
            this.client = client;
            Thread.ofPlatform().daemon().start(this::run);
        }

        private void run() {
            try {
                long last = System.nanoTime();
                while (true) {
                    RawClient.Frame frame = client.read();
                    if (frame.opcode() == FrameWriter.PING) {
                        client.write(new ClientFrames().frame(ClientFrames.FIN | FrameWriter.PONG, frame.bytes()));
                        continue;
                    }
                    if (frame.payload().getInt(0) != count.get()) {
                        throw new IllegalStateException("out of order: " + frame);
                    }
                    long now = System.nanoTime();
                    longest = count.get() == 0 ? 0 : Math.max(longest, now - last);
                    last = now;
                    count.incrementAndGet();
                }
            } catch (Exception closed) {
                over = true;
            }
        }
    }
}
