package dev.plainweave.connector;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client can be slow, but it cannot keep a connection by being slow for ever. */
@Execution(ExecutionMode.CONCURRENT) // all of them only wait
@ResourceLock(
        value = LogWatch.LOCK,
        mode = ResourceAccessMode.READ) // others watch the log, which these servers write to
class RequestDeadlinesTest {
    private static final Duration DEADLINE = Duration.ofSeconds(2);
    private static final Duration WHOLE = Duration.ofSeconds(10);
    private static final String POST = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n";

    /** The pace of a slow client. */
    private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();

    private final ConcurrentLinkedQueue<Integer> served = new ConcurrentLinkedQueue<>();

    private final ConcurrentLinkedQueue<RequestDeadlines.Late> missed = new ConcurrentLinkedQueue<>();

    @AfterEach
    void stopThePace() {
        pace.shutdownNow();
    }

    private TestServer start(Variant variant, TestServer.Exchange exchange) {
        TestServer server = new TestServer(variant);
        server.handler(new RequestDeadlines(
                server.server, DEADLINE, DEADLINE, WHOLE, missed::add, TestServer.blocking(exchange)));
        return server.start();
    }

    private void read(InputStream in) throws IOException {
        served.add(in.readAllBytes().length);
    }

    /** Sends the text for ever, until the server has had enough. */
    private void trickle(Client client, long millis, String text) {
        Future<?> unused = pace.scheduleAtFixedRate(
                () -> {
                    try {
                        client.send(text);
                    } catch (IOException enough) {
                        throw new IllegalStateException(enough);
                    }
                },
                0,
                millis,
                TimeUnit.MILLISECONDS);
    }

    private static void assertCutWithin(long seconds, Client client) {
        long start = System.nanoTime();
        try {
            client.in().readAllBytes();
        } catch (IOException reset) {
            assertTrue(client.socket().isConnected()); // cut off while it was still sending: that will do
        }
        assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(seconds));
    }

    @ParameterizedTest
    @EnumSource
    void headersThatTrickleAreRefused(Variant variant) throws Exception {
        try (TestServer server = start(variant, (request, response, in, out) -> read(in));
                Client client = server.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
            trickle(client, 100, "z");
            Client.Answer answer = client.answer();
            assertEquals(408, answer.status());
            assertEquals("close", answer.header("Connection"));
            assertCutWithin(10, client);
            server.awaitNoEndPoint();
            assertTrue(served.isEmpty());
            assertEquals(List.of(RequestDeadlines.Late.HEADERS), List.copyOf(missed));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BLOCKING", "SELECTOR"})
    void theSecondRequestOfAConnectionHasADeadlineToo(Variant variant) throws Exception {
        try (TestServer server = start(variant, (request, response, in, out) -> read(in));
                Client client = server.connect()) {
            assertEquals(200, client.get("/").answer().status());
            client.send("GET / HT");
            assertEquals(408, client.answer().status());
            assertCutWithin(10, client);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BLOCKING_TLS", "SELECTOR_TLS"})
    void aHandshakeThatStandsStillIsCutOff(Variant variant) throws Exception {
        try (TestServer server = start(variant, (request, response, in, out) -> read(in));
                Socket silent = Client.socket(server.port(), 0);
                Socket stuck = Client.socket(server.port(), 0)) {
            stuck.getOutputStream().write(new byte[] {22, 3, 1, 0, 100, 1, 0});
            for (Socket socket : List.of(silent, stuck)) {
                socket.setSoTimeout(10_000);
                int left = socket.getInputStream().readAllBytes().length;
                assertTrue(left <= 14, "two alerts at most, which say that it is over, but was " + left);
            }
            server.awaitNoEndPoint();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BLOCKING", "SELECTOR"})
    void aKeptAliveConnectionMayBeSilentForLonger(Variant variant) throws Exception {
        try (TestServer server = start(variant, (request, response, in, out) -> read(in));
                Client client = server.connect()) {
            assertEquals(200, client.get("/").answer().status());
            await().pollDelay(DEADLINE.multipliedBy(3).dividedBy(2)).until(() -> true);
            assertEquals(200, client.get("/").answer().status());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BLOCKING", "SELECTOR"})
    void aHandlerMayTakeLonger(Variant variant) throws Exception {
        CompletableFuture<Void> enough = new CompletableFuture<>();
        try (TestServer server = start(variant, (request, response, in, out) -> {
                    out.write('a');
                    out.flush(); // the response has begun, and the body is still to come
                    enough.get();
                    read(in);
                });
                Client client = server.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\n12");
            await().pollDelay(DEADLINE.multipliedBy(3).dividedBy(2)).until(() -> true);
            client.send("34");
            enough.complete(null);
            assertEquals("a", client.answer().text());
            assertEquals(List.of(4), List.copyOf(served));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBodyThatStandsStillIsRefused(Variant variant) throws Exception {
        try (TestServer server = start(variant, (request, response, in, out) -> read(in));
                Client client = server.connect()) {
            client.send(POST + "1234");
            assertEquals(408, client.answer().status());
            assertCutWithin(10, client);
            server.awaitNoEndPoint();
            assertTrue(served.isEmpty());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BLOCKING", "SELECTOR"})
    void aBodyThatTricklesIsRefused(Variant variant) throws Exception {
        try (TestServer server = start(variant, (request, response, in, out) -> read(in));
                Client client = server.connect()) {
            client.send(POST);
            trickle(client, 200, "z");
            assertEquals(408, client.answer().status());
            assertCutWithin(10, client);
            server.awaitNoEndPoint();
            assertTrue(served.isEmpty());
        }
    }

    /** Fast enough for the minimum rate, but not for the whole. */
    @ParameterizedTest
    @EnumSource(names = {"BLOCKING", "SELECTOR"})
    void aBodyThatTakesTooLongAsAWholeIsRefused(Variant variant) throws Exception {
        try (TestServer server = start(variant, (request, response, in, out) -> read(in));
                Client client = server.connect()) {
            client.send(POST);
            trickle(client, 100, "z".repeat(1_000));
            assertEquals(408, client.answer().status());
            server.awaitNoEndPoint();
            assertTrue(served.isEmpty());
            assertEquals(List.of(RequestDeadlines.Late.BODY), List.copyOf(missed));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BLOCKING", "SELECTOR"})
    void aSteadyBodyMayTakeLong(Variant variant) throws Exception {
        try (TestServer server = start(variant, (request, response, in, out) -> read(in));
                Client client = server.connect()) {
            client.send(POST);
            AtomicInteger left = new AtomicInteger(1_000_000);
            CompletableFuture<Void> sent = new CompletableFuture<>();
            String piece = "z".repeat(25_000);
            Future<?> unused = pace.scheduleAtFixedRate(
                    () -> {
                        try {
                            client.send(piece);
                        } catch (IOException cut) {
                            sent.completeExceptionally(cut);
                        }
                        if (left.addAndGet(-piece.length()) <= 0) {
                            sent.complete(null);
                            throw new IllegalStateException("done");
                        }
                    },
                    0,
                    100,
                    TimeUnit.MILLISECONDS);
            sent.get(20, TimeUnit.SECONDS);
            assertEquals(200, client.answer().status());
            assertEquals(List.of(1_000_000), List.copyOf(served));
        }
    }

    @Test
    void aDeadlineMustBePositive() {
        TestServer server = new TestServer(Variant.BLOCKING);
        IllegalArgumentException refused = org.junit.jupiter.api.Assertions.assertThrows(
                IllegalArgumentException.class,
                () -> new RequestDeadlines(
                        server.server,
                        Duration.ZERO,
                        DEADLINE,
                        WHOLE,
                        late -> {},
                        TestServer.blocking((request, response, in, out) -> {})));
        assertEquals("the header deadline must be positive, was PT0S", refused.getMessage());
    }
}
