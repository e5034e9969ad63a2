package dev.plainweave.connector;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.SelectorManager.AcceptListener;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How connections end: rules 6 and 7 of the connector. */
class ClosingTest {
    /** Counts how often each channel and each connection opens and closes. */
    private static final class Ends implements AcceptListener, Connection.Listener {
        final Map<Object, Integer> closed = new ConcurrentHashMap<>();
        final AtomicInteger accepted = new AtomicInteger();
        final AtomicInteger opened = new AtomicInteger();

        @Override
        public void onAccepted(SelectableChannel channel) {
            accepted.incrementAndGet();
        }

        @Override
        public void onClosed(SelectableChannel channel) {
            closed.merge(channel, 1, Integer::sum);
        }

        @Override
        public void onOpened(Connection connection) {
            opened.incrementAndGet();
        }

        @Override
        public void onClosed(Connection connection) {
            closed.merge(connection, 1, Integer::sum);
        }

        boolean complete(int connections) {
            return accepted.get() == connections && closed.size() == connections + opened.get();
        }
    }

    /** Rule 6. Each way to end ends each once. Fails when the loop's end does not tell, or an upgrade's end tells twice. */
    @ParameterizedTest
    @EnumSource(names = {"BLOCKING", "BLOCKING_TLS"})
    void everyConnectionEndsOnce(Variant variant) throws Exception {
        Ends ends = new Ends();
        TestServer.Exchange exchange = (request, response, in, out) -> {
            if (Request.getPathInContext(request).equals("/fail")) {
                throw new IOException("on purpose");
            }
        };
        try (TestServer server = new TestServer(variant)
                .handler(TestServer.blocking(exchange))
                .with(connector -> connector.addBean(ends))
                .start()) {
            try (Client client = server.connect()) {
                client.get("/").answer();
            }
            try (Client client = server.connect()) {
                client.get("/").answer();
                client.reset();
            }
            try (Client client = server.connect()) {
                client.get("/fail").answer();
            }
            try (Client client = server.connect()) {
                client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n");
                client.reset();
            }
            try (Client client = server.connect()) {
                client.get("/").answer();
                server.stop();
                assertEquals(-1, client.in().read());
            }
            await("ends").until(() -> ends.complete(5));
            assertTrue(ends.closed.values().stream().allMatch(times -> times == 1), ends.closed::toString);
        }
    }

    /** Rule 6, after an upgrade. */
    @ParameterizedTest
    @EnumSource(names = {"BLOCKING", "BLOCKING_TLS"})
    void anUpgradedConnectionEndsOnce(Variant variant) throws Exception {
        AtomicInteger closed = new AtomicInteger();
        Ends ends = new Ends();
        try (TestServer server = new TestServer(variant)
                .handler(Echo.upgrading(closed))
                .with(connector -> connector.addBean(ends))
                .start()) {
            for (int i = 0; i < 3; i++) {
                Client client = server.connect();
                client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\nx");
                assertEquals(101, client.answer().status());
                assertEquals('x', client.in().read());
                if (i == 0) {
                    client.leave();
                } else if (i == 1) {
                    client.reset();
                } else {
                    server.stop();
                    client.leave();
                }
            }
            await("ends").until(() -> ends.complete(3));
            assertEquals(3, closed.get());
            assertTrue(ends.closed.values().stream().allMatch(times -> times == 1), ends.closed::toString);
        }
    }

    /**
     * Rule 6. The refusal comes while the client still sends, and is read. Fails with a reset when a close does not read
     * what comes meanwhile (tried: lingering off); selectors leave it to luck, so they are not asked.
     */
    @ParameterizedTest
    @EnumSource(names = {"BLOCKING", "BLOCKING_TLS"})
    void aRefusalIsReadByAClientThatSendsOn(Variant variant) throws Exception {
        TestServer.Exchange refuse = (request, response, in, out) -> response.setStatus(413);
        try (TestServer server = TestServer.start(variant, refuse)) {
            assertRefusalIsRead(server);
        }
    }

    /** Rule 6. The same when the answer is completed, and the connection closed, by another thread with a read pending. */
    @ParameterizedTest
    @EnumSource(names = {"BLOCKING", "BLOCKING_TLS"})
    void aRefusalByAnotherThreadIsReadToo(Variant variant) throws Exception {
        Handler refuse = new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                request.demand(() -> {});
                Thread.ofVirtual().start(() -> {
                    response.setStatus(413);
                    response.getHeaders().put("Connection", "close");
                    response.write(true, BufferUtil.toBuffer("too large"), callback);
                });
                return true;
            }
        };
        try (TestServer server = new TestServer(variant).handler(refuse).start()) {
            assertRefusalIsRead(server);
        }
    }

    private static void assertRefusalIsRead(TestServer server) throws IOException {
        for (int i = 0; i < 5; i++) {
            try (Client client = server.connect()) {
                client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 8000000\r\n\r\n");
                client.send(new byte[8_000_000]);
                assertEquals(413, client.answer().status());
            }
        }
    }

    /** A client that closes is not waited for, nor for long one that has nothing to send; the timeout is for others. */
    @ParameterizedTest
    @EnumSource(names = {"BLOCKING", "BLOCKING_TLS"})
    void aCloseLingersOnlyWhereThePeerStays(Variant variant) throws Exception {
        AtomicInteger closed = new AtomicInteger();
        try (TestServer server = new TestServer(variant)
                .handler(new Handler.Abstract() {
                    @Override
                    public boolean handle(Request request, Response response, Callback callback) {
                        closed.incrementAndGet();
                        response.write(
                                true,
                                BufferUtil.toBuffer("bye"),
                                Callback.from(
                                        callback,
                                        () -> request.getConnectionMetaData()
                                                .getConnection()
                                                .getEndPoint()
                                                .close()));
                        return true;
                    }
                })
                .with(connector -> ((BlockingConnector) connector).setLingerTimeout(Duration.ofSeconds(30)))
                .start()) {
            try (Client client = server.connect()) {
                assertEquals("bye", client.get("/").answer().text());
                assertEquals(-1, client.in().read());
            }
            server.awaitNoEndPoint(); // within await's default of ten seconds, not thirty
            try (Client client = server.connect()) {
                assertEquals("bye", client.get("/").answer().text());
                server.awaitNoEndPoint();
                assertFalse(client.socket().isClosed());
            }
            server.blocking().setLingerTimeout(Duration.ofMillis(300));
            try (Client client = server.connect()) {
                assertEquals("bye", client.get("/").answer().text());
                assertThrows(IOException.class, () -> {
                    while (true) {
                        client.send(new byte[1000]);
                    }
                });
                server.awaitNoEndPoint();
            }
        }
    }

    /** Rule 7. The next read closes the channel when the loop does not clear the flag. */
    @ParameterizedTest
    @EnumSource
    void aFlagLeftBehindByAHandlerDoesNoHarm(Variant variant) throws Exception {
        TestServer.Exchange interrupter = (request, response, in, out) -> {
            in.readAllBytes();
            out.write(new byte[100_000]);
            out.close();
            Thread.currentThread().interrupt();
        };
        try (TestServer server = TestServer.start(variant, interrupter);
                Client client = server.connect()) {
            assertServesOn(client);
        }
    }

    /** Rule 7. The next write closes the channel when it does not put the flag aside. */
    @Test
    void aFlagSetBeforeAWriteDoesNoHarm() throws Exception {
        CompletableFuture<Boolean> kept = new CompletableFuture<>();
        TestServer.Exchange interrupter = (request, response, in, out) -> {
            Thread.currentThread().interrupt();
            in.readAllBytes();
            out.write(new byte[100_000]);
            kept.complete(Thread.currentThread().isInterrupted());
        };
        try (TestServer server = TestServer.start(Variant.BLOCKING, interrupter);
                Client client = server.connect()) {
            assertServesOn(client);
            assertTrue(kept.get());
        }
    }

    private static void assertServesOn(Client client) throws IOException {
        for (int i = 0; i < 5; i++) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\n" + "x".repeat(5000));
            assertEquals(100_000, client.answer().text().length());
        }
    }
}
