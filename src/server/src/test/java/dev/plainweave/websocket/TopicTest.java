package dev.plainweave.websocket;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.websocket.End.Reason;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Publishing to many. */
@Timeout(60)
class TopicTest {
    private static void joinAndWait(Topic topic, WebSocketSession session) {
        topic.join(session);
        session.send("joined");
        session.awaitEnd();
    }

    private static List<RawClient> clients(Site site, int count) throws Exception {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RawClient client = site.client();
            assertEquals("joined", client.readText());
            clients.add(client);
        }
        return clients;
    }

    /** One does not read at all: the others get everything at once, and the publisher never waits. */
    @BothPolicies
    void slowestIsNotWaitedFor(IoPolicy io) throws Exception {
        Topic topic = Topic.create(Outbox.closing(100, 4 << 20));
        byte[] noise = new byte[32 * 1024];
        ThreadLocalRandom.current().nextBytes(noise);
        try (Site site = Site.of(
                io, options -> options.closeTimeout(Duration.ofMillis(300)), session -> joinAndWait(topic, session))) {
            RawClient slow = site.narrowClient();
            Site.Visit slowVisit = site.visit();
            assertEquals("joined", slow.readText());
            List<RawClient> fast = clients(site, 8);
            await().until(() -> topic.size() == 9);
            long longest = 0;
            for (int i = 0; slowVisit.session.end().isEmpty() || i < 300; i++) {
                ByteBuffer message = ByteBuffer.wrap(noise.clone()).putInt(0, i);
                long start = System.nanoTime();
                int reached = topic.publish(Message.binary(message));
                longest = Math.max(longest, System.nanoTime() - start);
                assertTrue(reached >= 8);
                for (RawClient client : fast) {
                    RawClient.Frame frame = client.read();
                    assertEquals(i, frame.payload().getInt(0));
                    assertEquals(noise.length, frame.bytes().length);
                }
            }
            assertEquals(Reason.SLOW_CONSUMER, slowVisit.end().reason());
            assertTrue(longest < 500_000_000, "publishing took " + longest + " ns");
            await().until(() -> topic.size() == 8);
            assertEquals(8, topic.publish(Message.text("without it")));
            for (RawClient client : fast) {
                assertEquals("without it", client.readText());
                client.reset();
            }
            await().until(() -> topic.size() == 0);
            assertEquals(0, topic.publish(Message.text("anybody?")));
            slow.close();
        }
    }

    /** Members come and go while somebody publishes: the publisher never hears of it. */
    @BothPolicies
    void dyingMembers(IoPolicy io) throws Exception {
        Topic topic = Topic.create();
        CountDownLatch done = new CountDownLatch(1);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        try (Site site = Site.of(io, session -> joinAndWait(topic, session));
                RawClient survivor = site.client()) {
            assertEquals("joined", survivor.readText());
            Thread publisher = Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; done.getCount() > 0; i++) {
                        topic.publish(Message.text("message " + i));
                        topic.publish("key", Message.text("message " + ++i));
                        LockSupport.parkNanos(500_000);
                    }
                } catch (Throwable thrown) {
                    failure.set(thrown);
                }
            });
            for (int i = 0; i < 50; i++) {
                RawClient client = site.client();
                client.read();
                if (i % 2 == 0) {
                    client.reset();
                } else {
                    client.close();
                }
                survivor.read();
            }
            done.countDown();
            publisher.join();
            assertEquals(null, failure.get());
            await().until(() -> topic.size() == 1);
        }
    }

    @BothPolicies
    void leaving(IoPolicy io) throws Exception {
        Topic topic = Topic.create();
        try (Site site = Site.of(io, session -> {
                    Registration first = topic.join(session);
                    Registration second = topic.join(session);
                    assertEquals(1, topic.size());
                    assertEquals(1, topic.publish(Message.text("one")));
                    second.close();
                    assertEquals(0, topic.size());
                    assertEquals(0, topic.publish(Message.text("none")));
                    first.close();
                    Registration again = topic.join(session);
                    assertEquals(1, topic.publish(Message.text("two")));
                    again.close();
                    await().until(() -> ((ServerSession) session).sender().waiting() == 0);
                    session.send("three");
                    session.awaitEnd();
                });
                RawClient client = site.client()) {
            assertEquals("one", client.readText());
            assertEquals("two", client.readText());
            assertEquals("three", client.readText());
            client.sendClose(1000);
            assertEquals(1000, client.readClose().code());
            Site.Visit visit = site.visit();
            visit.done();
            topic.join(visit.session);
            assertEquals(0, topic.size(), "a session that has ended cannot join");
        }
    }

    /** What is published in the moment of joining arrives, whenever that moment is. */
    @BothPolicies
    void joiningWhileSomebodyPublishes(IoPolicy io) throws Exception {
        try (Site site = Site.of(io, session -> {
                    for (int i = 0; i < 300; i++) {
                        Topic topic = Topic.create();
                        Thread publisher = Thread.ofPlatform().start(() -> {
                            while (topic.publish(Message.text("caught")) == 0) {
                                Thread.onSpinWait();
                            }
                        });
                        Registration joined = topic.join(session);
                        publisher.join();
                        assertEquals(Message.text("ack"), session.receive());
                        joined.close();
                    }
                });
                RawClient client = site.client()) {
            for (int i = 0; i < 300; i++) {
                assertEquals("caught", client.readText());
                client.text("ack");
            }
            assertEquals(1000, client.readClose().code());
        }
    }

    @Test
    void encodedAndCompressedOnce() {
        Outgoing message = Outgoing.of("compress me ".repeat(1000));
        assertTrue(message.worthCompressing());
        assertSame(message.payload().array(), message.payload().array());
        assertSame(message.compressed().array(), message.compressed().array());
    }
}
