package dev.plainweave.websocket;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.websocket.End.Reason;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sending and offering: nothing is mixed, nothing overtakes, and to offer never waits. */
@Timeout(60)
class SendingTest {
    /** Enough to fill every buffer between a server and a client that does not read. */
    private static final int HUGE = 16 << 20;

    /** Starts a send that blocks, since the client does not read, and returns when it does. */
    private static Thread blockedSend(WebSocketSession session) {
        Thread sender = Thread.ofVirtual().unstarted(() -> session.send(ByteBuffer.allocate(HUGE)));
        sender.setUncaughtExceptionHandler((thread, over) -> {});
        sender.start();
        await().until(() -> sender.getState() == Thread.State.WAITING);
        return sender;
    }

    /** Each of several threads sends its own letter, in messages of all sizes. */
    @BothPolicies
    void severalThreads(IoPolicy io) throws Exception {
        int threads = 4;
        int each = 60;
        try (Site site = Site.of(io, options -> options.compression(false), session -> {
                    List<Thread> senders = new ArrayList<>();
                    for (int i = 0; i < threads; i++) {
                        String letter = String.valueOf((char) ('a' + i));
                        senders.add(Thread.ofVirtual().start(() -> {
                            for (int n = 1; n <= each; n++) {
                                session.send(letter.repeat(n * n * n));
                            }
                        }));
                    }
                    for (Thread sender : senders) {
                        sender.join();
                    }
                });
                RawClient client = site.client()) {
            Map<Character, Integer> count = new HashMap<>();
            for (int i = 0; i < threads * each; i++) {
                String text = client.readText();
                int n = count.merge(text.charAt(0), 1, Integer::sum);
                assertEquals(String.valueOf(text.charAt(0)).repeat(n * n * n), text);
            }
            assertEquals(1000, client.readClose().code());
        }
    }

    @BothPolicies
    void sendWaitsForWhatWasOffered(IoPolicy io) throws Exception {
        try (Site site = Site.of(io, session -> {
                    for (int i = 0; i < 300; i++) {
                        if (i % 7 == 0) {
                            session.send("message " + i);
                        } else {
                            session.offer(Message.text("message " + i));
                        }
                    }
                });
                RawClient client = site.client()) {
            for (int i = 0; i < 300; i++) {
                assertEquals("message " + i, client.readText());
            }
            assertEquals(1000, client.readClose().code());
        }
    }

    /** Not even the first offer of a session waits for a send that is blocked, and neither does joining a topic. */
    @BothPolicies
    void offerNeverWaits(IoPolicy io) throws Exception {
        CompletableFuture<Duration> taken = new CompletableFuture<>();
        CountDownLatch done = new CountDownLatch(1);
        try (Site site = Site.of(io, session -> {
                    blockedSend(session);
                    long start = System.nanoTime();
                    Topic topic = Topic.create();
                    Registration membership = topic.join(session);
                    assertEquals(1, topic.publish(Message.text("published")));
                    assertEquals(Offer.QUEUED, session.offer(Message.text("offered")));
                    membership.close();
                    assertEquals(0, topic.publish(Message.text("too late")));
                    taken.complete(Duration.ofNanos(System.nanoTime() - start));
                    done.await();
                });
                RawClient client = site.narrowClient()) {
            assertTrue(taken.get(10, TimeUnit.SECONDS).toMillis() < 1000);
            assertEquals(HUGE, client.readMessage(new ArrayList<>()).bytes().length);
            assertEquals("offered", client.readText());
            assertEquals("published", client.readText());
            done.countDown();
            assertEquals(1000, client.readClose().code());
        }
    }

    /** What the peer is told while a send is blocked: the reader waits neither for the send nor for its lock. */
    @BothPolicies
    void readingGoesOnWhileASendIsBlocked(IoPolicy io) throws Exception {
        List<String> received = new ArrayList<>();
        try (Site site = Site.of(io, options -> options.closeTimeout(Duration.ofSeconds(10)), session -> {
                    blockedSend(session);
                    session.forEach(message -> received.add(((Message.Text) message).text()));
                });
                RawClient client = site.narrowClient()) {
            for (int i = 0; i < 100; i++) {
                client.text("message " + i).ping("ping " + i);
            }
            client.sendClose(1000);
            Site.Visit visit = site.visit();
            assertEquals(Reason.PEER_CLOSED, visit.end().reason());
            visit.done();
            assertEquals(IntStream.range(0, 100).mapToObj(i -> "message " + i).toList(), received);
            List<RawClient.Frame> controls = new ArrayList<>();
            assertEquals(HUGE, client.readMessage(controls).bytes().length);
            assertEquals("ping 99", controls.get(controls.size() - 1).text());
            assertTrue(controls.size() < 10, "of pings that wait only the newest is answered");
            assertEquals(1000, client.readClose().code());
            assertEquals(0, client.readToEnd());
        }
    }

    /** Pongs between the fragments of a large message. */
    @BothPolicies
    void pongsWhileALargeMessageIsRead(IoPolicy io) throws Exception {
        try (Site site = Site.of(io, session -> {
                    Thread sender = blockedSend(session);
                    session.forEach(message -> {});
                    sender.join();
                });
                RawClient client = site.narrowClient()) {
            int read = 0;
            int pongs = 0;
            for (int i = 0; read < HUGE; i++) {
                client.ping("ping " + i);
                RawClient.Frame frame = client.read();
                if (frame.opcode() == FrameWriter.PONG) {
                    pongs++;
                } else {
                    read += frame.bytes().length;
                }
            }
            assertTrue(pongs > 5, "pongs: " + pongs);
            client.sendClose(1000);
        }
    }

    /** A million bytes of pings that are never answered, since the client does not read, take no memory. */
    @BothPolicies
    void pingFlood(IoPolicy io) throws Exception {
        CountDownLatch asleep = new CountDownLatch(1);
        try (Site site = Site.of(io, session -> {
                    blockedSend(session);
                    asleep.countDown();
                    session.awaitEnd();
                });
                RawClient client = site.narrowClient()) {
            asleep.await();
            Site.Visit visit = site.visit();
            ClientFrames flood = new ClientFrames();
            for (int i = 0; i < 8000; i++) {
                flood.ping("x".repeat(120));
            }
            client.write(flood);
            Sender sender = ((ServerSession) visit.session).sender();
            await().until(() -> ((ServerSession) visit.session).reader().bytes() >= flood.bytes().length);
            assertEquals(0, sender.waiting());
            client.reset();
            assertEquals(1006, visit.end().code());
        }
    }

    @BothPolicies
    void fullOutboxCloses(IoPolicy io) throws Exception {
        CompletableFuture<List<Offer>> offers = new CompletableFuture<>();
        try (Site site = Site.of(
                        io,
                        options -> options.outbox(Outbox.closing(3, 1 << 20)).closeTimeout(Duration.ofSeconds(1)),
                        session -> {
                            blockedSend(session);
                            List<Offer> seen = new ArrayList<>();
                            for (int i = 0; i < 5; i++) {
                                seen.add(session.offer(Message.text("message")));
                            }
                            offers.complete(seen);
                        });
                RawClient client = site.narrowClient()) {
            assertEquals(
                    List.of(Offer.QUEUED, Offer.QUEUED, Offer.QUEUED, Offer.CLOSED, Offer.CLOSED),
                    offers.get(10, TimeUnit.SECONDS));
            assertEquals(Reason.SLOW_CONSUMER, site.visit().end().reason());
            await().until(() -> site.server().stats().connections() == 0);
            assertTrue(client.tcp().isConnected());
        }
    }

    private static List<String> offeredToABlocked(
            IoPolicy io, Outbox outbox, List<Offer> offers, SessionHandler offering) throws Exception {
        CountDownLatch offered = new CountDownLatch(1);
        try (Site site = Site.of(io, options -> options.outbox(outbox), session -> {
                    Thread sender = blockedSend(session);
                    offering.handle(session);
                    offered.countDown();
                    sender.join();
                });
                RawClient client = site.narrowClient()) {
            offered.await();
            assertEquals(HUGE, client.readMessage(new ArrayList<>()).bytes().length);
            List<String> received = new ArrayList<>();
            RawClient.Frame frame = client.read();
            while (frame.opcode() == FrameWriter.TEXT) {
                received.add(frame.text());
                frame = client.read();
            }
            assertEquals(FrameWriter.CLOSE, frame.opcode());
            assertTrue(!offers.contains(Offer.CLOSED));
            return received;
        }
    }

    @BothPolicies
    void oldestIsDropped(IoPolicy io) throws Exception {
        List<Offer> offers = new ArrayList<>();
        List<String> received = offeredToABlocked(io, Outbox.droppingOldest(3, 1 << 20), offers, session -> {
            for (int i = 0; i < 5; i++) {
                offers.add(session.offer(Message.text("message " + i)));
            }
        });
        assertEquals(
                List.of(Offer.QUEUED, Offer.QUEUED, Offer.QUEUED, Offer.DROPPED_OLDEST, Offer.DROPPED_OLDEST), offers);
        assertEquals(List.of("message 2", "message 3", "message 4"), received);
    }

    @BothPolicies
    void latestOnly(IoPolicy io) throws Exception {
        List<Offer> offers = new ArrayList<>();
        List<String> received = offeredToABlocked(io, Outbox.latest(), offers, session -> {
            for (int i = 0; i < 4; i++) {
                offers.add(session.offer(Message.text("message " + i)));
            }
        });
        assertEquals(Offer.DROPPED_OLDEST, offers.get(3));
        assertEquals(List.of("message 3"), received);
    }

    @BothPolicies
    void sameKeyIsReplaced(IoPolicy io) throws Exception {
        List<Offer> offers = new ArrayList<>();
        List<String> received = offeredToABlocked(io, Outbox.closing(3, 1 << 20), offers, session -> {
            for (int i = 0; i < 5; i++) {
                offers.add(session.offer("price", Message.text("price " + i)));
                offers.add(session.offer("volume", Message.text("volume " + i)));
            }
            offers.add(session.offer(Message.text("news")));
        });
        assertEquals(8, offers.stream().filter(Offer.REPLACED::equals).count());
        assertEquals(List.of("price 4", "volume 4", "news"), received);
    }

    /** Replacing keeps to the limit of bytes too. */
    @Test
    void largerReplacement() {
        Outgoing small = Outgoing.of("x".repeat(10));
        Outgoing large = Outgoing.of("x".repeat(95));
        OutboxQueue closing = new OutboxQueue(Outbox.closing(10, 100));
        closing.add("a", small);
        assertEquals(Offer.REPLACED, closing.add("a", large));
        assertEquals(Offer.REPLACED, closing.add("a", small));
        assertEquals(Offer.QUEUED, closing.add("b", small));
        assertEquals(Offer.CLOSED, closing.add("b", large));

        OutboxQueue dropping = new OutboxQueue(Outbox.droppingOldest(10, 100));
        dropping.add("a", small);
        dropping.add("b", small);
        assertEquals(Offer.DROPPED_OLDEST, dropping.add("a", large));
        assertEquals(1, dropping.size());
        assertEquals(large, dropping.poll(Long.MAX_VALUE));
        assertEquals(0, dropping.size());
    }
}
