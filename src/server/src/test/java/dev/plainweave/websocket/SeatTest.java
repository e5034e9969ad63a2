package dev.plainweave.websocket;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.websocket.End.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who reads: a handler that waits, or, for one that does something else, an attendant. */
@Timeout(60)
class SeatTest {
    /** Within a second, says the contract; the machine that runs this test may be busy. */
    private static final Duration SOON = Duration.ofMillis(2500);

    /** A handler that sleeps, though it does not take as long as it might, and what it is told to do on waking up. */
    private static final class Sleeper implements SessionHandler, AutoCloseable {
        final CountDownLatch awake = new CountDownLatch(1);
        private final SessionHandler then;

        Sleeper(SessionHandler then) {
            this.then = then;
        }

        @Override
        public void handle(WebSocketSession session) throws Exception {
            awake.await();
            then.handle(session);
        }

        void wake() {
            awake.countDown();
        }

        @Override
        public void close() {
            wake();
        }
    }

    /** How a client leaves, and what its session is told. */
    enum Leaving {
        CLOSE {
            @Override
            void leave(RawClient client) throws IOException {
                client.sendClose(1001);
            }
        },
        RESET {
            @Override
            void leave(RawClient client) throws IOException {
                client.reset();
            }
        },
        FINISH {
            @Override
            void leave(RawClient client) throws IOException {
                client.finishOutput();
            }
        },
        /** Without a word, like a laptop that is shut. */
        VANISH {
            @Override
            void leave(RawClient client) {}
        };

        abstract void leave(RawClient client) throws IOException;

        Reason reason(IoPolicy io) {
            return switch (this) {
                case CLOSE -> Reason.PEER_CLOSED;
                case RESET -> io == IoPolicy.BLOCKING ? Reason.RESET : Reason.EOF;
                case FINISH -> Reason.EOF;
                case VANISH -> Reason.PING_TIMEOUT;
            };
        }
    }

    private static void leavesASleeper(IoPolicy io, Leaving leaving) throws Exception {
        try (Sleeper sleeper = new Sleeper(Site::echo);
                Site site = Site.of(
                        io,
                        options -> options.pingInterval(Duration.ofMillis(leaving == Leaving.VANISH ? 500 : 5000))
                                .pongTimeout(Duration.ofMillis(500)),
                        sleeper);
                RawClient client = site.client()) {
            Site.Visit visit = site.visit();
            for (String payload : List.of("one", "", "three")) {
                client.ping(payload);
                assertEquals(payload, client.readPong());
            }
            long left = System.nanoTime();
            leaving.leave(client);
            End end = visit.end();
            Duration taken = Duration.ofNanos(System.nanoTime() - left);
            assertEquals(leaving.reason(io), end.reason());
            assertTrue(taken.compareTo(SOON) < 0, () -> "told after " + taken);
            sleeper.wake();
            visit.done();
            await().until(() -> site.server().stats().connections() == 0);
            assertEquals(1, visit.ends.get());
        }
    }

    @ParameterizedTest
    @EnumSource
    @Execution(ExecutionMode.CONCURRENT)
    void leavesASleeperOnBlocking(Leaving leaving) throws Exception {
        leavesASleeper(IoPolicy.BLOCKING, leaving);
    }

    @ParameterizedTest
    @EnumSource
    @Execution(ExecutionMode.CONCURRENT)
    void leavesASleeperOnSelector(Leaving leaving) throws Exception {
        leavesASleeper(IoPolicy.SELECTOR, leaving);
    }

    /** One message is held back, so pings behind it are answered and the goodbye behind it is met. */
    @BothPolicies
    void messageIsHeldBack(IoPolicy io) throws Exception {
        CompletableFuture<Message> received = new CompletableFuture<>();
        try (Sleeper sleeper = new Sleeper(session -> {
                    received.complete(session.receive());
                    session.receive();
                });
                Site site = Site.of(io, sleeper);
                RawClient client = site.client()) {
            client.text("for later").ping("now");
            assertEquals("now", client.readPong());
            client.ping("and now").sendClose(1000);
            assertEquals("and now", client.readPong());
            assertEquals(1000, client.readClose().code());
            Site.Visit visit = site.visit();
            assertEquals(Reason.PEER_CLOSED, visit.end().reason());
            sleeper.wake();
            assertEquals(Message.text("for later"), received.get(5, TimeUnit.SECONDS));
            visit.done();
        }
    }

    /** Behind the second message the peer waits: nothing is lost, nothing overtakes. */
    @BothPolicies
    void messagesBehindASleeper(IoPolicy io) throws Exception {
        int count = 40;
        byte[] data = new byte[256 * 1024];
        List<Integer> received = new ArrayList<>();
        try (Sleeper sleeper = new Sleeper(session -> {
                    for (Message message : session) {
                        received.add(((Message.Binary) message).data().getInt(0));
                    }
                });
                Site site = Site.of(io, sleeper);
                RawClient client = site.client()) {
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
                try {
                    for (int i = 0; i < count; i++) {
                        data[3] = (byte) i;
                        client.binary(data);
                    }
                    client.sendClose(1000);
                } catch (IOException failed) {
                    throw new IllegalStateException(failed);
                }
            });
            assertThrows(
                    TimeoutException.class, () -> sent.get(2, TimeUnit.SECONDS), "more was read than may be held back");
            sleeper.wake();
            sent.get(Site.PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertEquals(1000, client.readClose().code());
            site.visit().done();
            assertEquals(IntStream.range(0, count).boxed().toList(), received);
        }
    }

    /** Waiting for a while again and again, at every timing: a message is neither lost nor doubled. */
    @BothPolicies
    void ticking(IoPolicy io) throws Exception {
        List<String> received = new ArrayList<>();
        try (Site site = Site.of(io, session -> {
                    long wait = 0;
                    while (true) {
                        wait = (wait * 31 + 7) % 400_000;
                        boolean forEver = received.size() % 7 == 3;
                        Message message = forEver
                                ? session.receive()
                                : session.receive(Duration.ofNanos(wait < 80_000 ? 0 : wait))
                                        .orElse(null);
                        if (message instanceof Message.Text text) {
                            received.add(text.text());
                            session.send(text);
                        }
                    }
                });
                RawClient client = site.client()) {
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 2000; i++) {
                String text = "message " + i;
                expected.add(text);
                client.text(text);
                if (i % 3 == 0) {
                    client.text(text + "b").text(text + "c");
                    expected.addAll(List.of(text + "b", text + "c"));
                    assertEquals(text, client.readText());
                    assertEquals(text + "b", client.readText());
                    assertEquals(text + "c", client.readText());
                } else {
                    assertEquals(text, client.readText());
                }
            }
            client.sendClose(1000);
            assertEquals(1000, client.readClose().code());
            site.visit().done();
            assertEquals(expected, received);
        }
    }

    @BothPolicies
    void timesOut(IoPolicy io) throws Exception {
        CompletableFuture<List<Object>> result = new CompletableFuture<>();
        try (Site site = Site.of(io, session -> {
                    long start = System.nanoTime();
                    List<Object> seen = new ArrayList<>();
                    seen.add(session.receive(Duration.ZERO));
                    seen.add(session.receive(Duration.ofSeconds(-1)));
                    seen.add(session.receive(Duration.ofMillis(50)));
                    seen.add(System.nanoTime() - start >= 50_000_000);
                    session.send("ready");
                    seen.add(session.receive(Duration.ofSeconds(Long.MAX_VALUE)).orElseThrow());
                    result.complete(seen);
                });
                RawClient client = site.client()) {
            assertEquals("ready", client.readText());
            client.text("at last");
            List<Object> seen = result.get(Site.PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertEquals("[Optional.empty, Optional.empty, Optional.empty, true, Text[text=at last]]", seen.toString());
        }
    }

    /** A message that has partly arrived when the time is up comes with a later call. */
    @BothPolicies
    void timesOutWithinAMessage(IoPolicy io) throws Exception {
        try (Site site = Site.of(io, session -> {
                    while (session.receive(Duration.ofMillis(20)).isEmpty()) {
                        session.send("not yet");
                    }
                    session.send("there");
                });
                RawClient client = site.client()) {
            byte[] frame = new ClientFrames().text("slow").bytes();
            for (byte next : frame) {
                assertEquals("not yet", client.readText());
                client.write(new byte[] {next});
            }
            String answer = client.readText();
            while (answer.equals("not yet")) {
                answer = client.readText();
            }
            assertEquals("there", answer);
        }
    }

    @BothPolicies
    void receivedByAnotherThread(IoPolicy io) throws Exception {
        CompletableFuture<String> received = new CompletableFuture<>();
        CompletableFuture<Throwable> refused = new CompletableFuture<>();
        try (Site site = Site.of(io, session -> {
                    Thread.ofVirtual().start(() -> received.complete(session.receiveText()));
                    session.send("ready");
                    received.get();
                    Thread second = Thread.ofVirtual().unstarted(() -> {
                        try {
                            session.receive();
                        } catch (RuntimeException over) {
                            refused.complete(over);
                        }
                    });
                    second.start();
                    await().until(() -> second.getState() == Thread.State.WAITING);
                    session.send("the seat is taken");
                    IllegalStateException failure = assertThrows(IllegalStateException.class, session::receive);
                    session.send(failure.getClass().getSimpleName());
                    refused.get();
                });
                RawClient client = site.client()) {
            assertEquals("ready", client.readText());
            client.text("to whom it may concern");
            assertEquals("to whom it may concern", received.get(Site.PATIENCE_SECONDS, TimeUnit.SECONDS));
            assertEquals("the seat is taken", client.readText());
            assertEquals("IllegalStateException", client.readText());
            client.reset();
            assertEquals(
                    DisconnectedException.class,
                    refused.get(Site.PATIENCE_SECONDS, TimeUnit.SECONDS).getClass());
        }
    }

    @BothPolicies
    void pushOnly(IoPolicy io) throws Exception {
        try (Site site = Site.of(io, session -> {
                    session.offer(Message.text("news"));
                    assertEquals(Reason.PEER_CLOSED, session.awaitEnd().reason());
                });
                RawClient client = site.client()) {
            assertEquals("news", client.readText());
            client.ping("still there?");
            assertEquals("still there?", client.readPong());
            client.sendClose(1000);
            assertEquals(1000, client.readClose().code());
            assertEquals(0, client.readToEnd());
            Site.Visit visit = site.visit();
            visit.done();
            assertEquals(Reason.PEER_CLOSED, visit.end().reason());
        }
    }

    @BothPolicies
    void iterationEndsWithTheGoodbye(IoPolicy io) throws Exception {
        CompletableFuture<List<Message>> all = new CompletableFuture<>();
        try (Site site = Site.of(io, session -> {
                    List<Message> seen = new ArrayList<>();
                    session.forEach(seen::add);
                    all.complete(seen);
                });
                RawClient client = site.client()) {
            client.write(new ClientFrames().text("a").text("b").close(1000, ""));
            assertEquals(List.of(Message.text("a"), Message.text("b")), all.get(5, TimeUnit.SECONDS));
        }
    }

    @BothPolicies
    void iterationThrowsOtherwise(IoPolicy io) throws Exception {
        try (Site site = Site.of(io, session -> session.forEach(session::send));
                RawClient client = site.client()) {
            client.text("a");
            assertEquals("a", client.readText());
            client.finishOutput();
            Site.Visit visit = site.visit();
            DisconnectedException thrown = (DisconnectedException) visit.thrown();
            assertEquals(Reason.EOF, thrown.reason());
        }
    }
}
