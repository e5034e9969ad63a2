package dev.plainweave.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.websocket.End;
import dev.plainweave.websocket.Message;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every figure moves by what has happened. */
class StatsTest {
    private static WebServer.Builder builder(IoPolicy io) {
        return WebServer.builder().io(io).host("127.0.0.1").shutdownGrace(Duration.ofMillis(200));
    }

    private static JakartaTestClient send(WebServer server, String request) throws Exception {
        JakartaTestClient client = JakartaTestClient.connect(server.port());
        client.raw(request.getBytes(StandardCharsets.ISO_8859_1));
        client.readResponse();
        return client;
    }

    @ParameterizedTest
    @EnumSource
    void requestsAndTheirBytes(IoPolicy io) throws Exception {
        try (WebServer server = builder(io)
                .get("/kilo", (request, response) -> response.getOutputStream().write(new byte[1000]))
                .get("/fails", (request, response) -> response.sendError(503))
                .start(0)) {
            Stats stats = server.stats();
            String kilo = "GET /kilo HTTP/1.1\r\nHost: localhost\r\n\r\n";
            try (JakartaTestClient client = send(server, kilo);
                    JakartaTestClient fails = send(server, "GET /fails HTTP/1.1\r\nHost: localhost\r\n\r\n");
                    JakartaTestClient missing = send(server, "GET /missing HTTP/1.1\r\nHost: localhost\r\n\r\n");
                    JakartaTestClient bad = send(server, "nonsense\r\n\r\n")) {
                await().until(() -> stats.requests() == 4);
                assertEquals(1, stats.responses(2));
                assertEquals(2, stats.responses(4));
                assertEquals(1, stats.responses(5));
                assertTrue(stats.responseTime(2).toNanos() > 0);
                assertEquals(4, stats.accepted());
                long received = stats.bytesReceived();
                long sent = stats.bytesSent();
                client.raw(kilo.getBytes(StandardCharsets.ISO_8859_1));
                await().until(() -> stats.responses(2) == 2);
                assertEquals(received + kilo.length(), stats.bytesReceived());
                await().until(() -> stats.bytesSent() > sent + 1000);
                assertTrue(stats.bytesSent() < sent + 1500, () -> "sent " + (stats.bytesSent() - sent));
                fails.closeFrame(0);
                missing.closeFrame(0);
                bad.reset();
            }
            await().until(() -> stats.connections() == 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void sessionsAndTheirMessages(IoPolicy io) throws Exception {
        try (WebServer server = builder(io)
                        .websocket("/echo", session -> {
                            while (true) {
                                session.send(session.receive());
                            }
                        })
                        .start(0);
                JakartaTestClient client = JakartaTestClient.open(server.port(), "/echo")) {
            Stats stats = server.stats();
            await().until(() -> stats.responses(1) == 1);
            long received = stats.sessions().bytesReceived();
            long sent = stats.sessions().bytesSent();
            client.text("hello");
            assertEquals("hello", client.readText());
            assertEquals(1, stats.messagesReceived());
            assertEquals(1, stats.messagesSent());
            assertEquals(received + 11, stats.sessions().bytesReceived());
            assertEquals(sent + 7, stats.sessions().bytesSent());
            client.reset();
            await().until(() -> stats.sessions().openNow() == 0);
            End.Reason reason = io == IoPolicy.BLOCKING ? End.Reason.RESET : End.Reason.EOF;
            assertEquals(1, stats.sessions().ended(reason));
        }
    }

    @ParameterizedTest
    @EnumSource
    void jakartaSessions(IoPolicy io) throws Exception {
        try (WebServer server = builder(io).endpoint(RefusalsTest.Echo.class).start(0)) {
            Stats stats = server.stats();
            try (JakartaTestClient client = JakartaTestClient.open(server.port(), "/jakarta")) {
                client.text("hello");
                assertEquals("hello", client.readText());
                assertEquals(1, stats.jakartaSessions());
                client.closeFrame(1000);
                client.read();
            }
            await().until(() -> stats.jakartaSessions() == 0);
            assertEquals(1, stats.jakartaSessionsOpened());
            int frames = 11 + 8;
            assertEquals(JakartaTestClient.request("/jakarta").length + frames, stats.bytesReceived());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWaitsInOutboxes(IoPolicy io) throws Exception {
        Message large = Message.binary(ByteBuffer.allocate(64 << 10));
        try (WebServer server = builder(io)
                        .limits(limit -> limit.outboxBytes(64 << 20))
                        .websocket("/offers", session -> {
                            for (int i = 0; i < 200; i++) {
                                session.offer(large);
                            }
                            session.receive();
                        })
                        .start(0);
                JakartaTestClient client = JakartaTestClient.open(server.port(), "/offers")) {
            await().until(() -> server.stats().backlog().messages() > 10);
            assertTrue(server.stats().backlog().largest() > 10);
            assertTrue(server.stats().backlog().bytes() > 10 * (64 << 10));
            client.reset();
            await().until(() -> server.stats().backlog().messages() == 0);
        }
    }
}
