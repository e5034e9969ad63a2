package dev.plainweave.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.websocket.Message;
import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a client gets who exceeds a limit, and that it is counted. */
class RefusalsTest {
    private static final Duration SHORT = Duration.ofMillis(600);

    /** Echoes. */
    @ServerEndpoint("/jakarta")
    public static class Echo {
        /** Same. */
        @OnMessage
        public String echo(String text) {
            return text;
        }
    }

    private static WebServer.Builder builder(IoPolicy io, Consumer<Limits.Builder> edit) {
        ServerBuilder builder = (ServerBuilder) WebServer.builder();
        return builder.sharedAddress(address -> false)
                .io(io)
                .host("127.0.0.1")
                .limits(edit)
                .shutdownGrace(Duration.ofMillis(200))
                .get("/", (request, response) -> response.getWriter().print("served"))
                .post("/", (request, response) -> {
                    long length = request.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
                    response.getWriter().print(length);
                })
                .endpoint(Echo.class)
                .websocket("/echo", session -> {
                    while (true) {
                        session.send(session.receive());
                    }
                });
    }

    private static JakartaTestClient send(WebServer server, String request) throws Exception {
        JakartaTestClient client = JakartaTestClient.connect(server.port());
        client.raw(request.getBytes(StandardCharsets.ISO_8859_1));
        return client;
    }

    private static String status(WebServer server, String request) throws Exception {
        try (JakartaTestClient client = send(server, request)) {
            client.readResponse();
            return client.status().substring(9, 12);
        }
    }

    private static String get(String path, String... headers) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
    }

    private static void assertRefused(WebServer server, Limit limit) {
        await(limit.key()).until(() -> server.stats().refusals(limit) > 0);
        for (Limit other : Limit.values()) {
            assertEquals(0, other == limit ? 0 : server.stats().refusals(other), other.key());
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneConnectionTooManyIsToldSoAndClosedUntilAnotherLeaves(IoPolicy io) throws Exception {
        try (WebServer server = builder(io, limit -> limit.connections(2)).start(0);
                JakartaTestClient first = JakartaTestClient.open(server.port(), "/echo");
                JakartaTestClient second = JakartaTestClient.open(server.port(), "/echo")) {
            try (JakartaTestClient third = JakartaTestClient.connect(server.port())) {
                third.readResponse();
                assertTrue(third.status().contains(" 503 "), third.status());
                assertEquals("1", third.header("Retry-After"));
                assertTrue(third.readsEnd());
            }
            assertRefused(server, Limit.CONNECTIONS);
            first.text("still here");
            assertEquals("still here", first.readText());
            second.reset();
            await().until(() -> server.stats().connections() == 1);
            await().until(() -> {
                try {
                    return status(server, get("/")).equals("200");
                } catch (EOFException | SocketException notYet) {
                    return false;
                }
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneAddressMayHaveSoManyConnections(IoPolicy io) throws Exception {
        try (WebServer server =
                        builder(io, limit -> limit.connectionsPerAddress(1)).start(0);
                JakartaTestClient first = JakartaTestClient.open(server.port(), "/echo")) {
            try (JakartaTestClient second = JakartaTestClient.connect(server.port())) {
                second.readResponse();
                assertTrue(second.status().contains(" 429 "), second.status());
                assertTrue(second.readsEnd());
            }
            assertRefused(server, Limit.CONNECTIONS_PER_ADDRESS);
            first.reset();
            await().until(() -> {
                try {
                    return status(server, get("/")).equals("200");
                } catch (EOFException | SocketException notYet) {
                    return false;
                }
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void thisMachineIsNotHeldToLimitsPerAddress(IoPolicy io) throws Exception {
        try (WebServer server = WebServer.builder()
                        .io(io)
                        .host("127.0.0.1")
                        .limits(limit -> limit.connectionsPerAddress(1).handshakeRate(1))
                        .websocket("/end", session -> {})
                        .start(0);
                JakartaTestClient first = JakartaTestClient.open(server.port(), "/end");
                JakartaTestClient second = JakartaTestClient.open(server.port(), "/end");
                JakartaTestClient third = JakartaTestClient.open(server.port(), "/end")) {
            assertEquals(1000, first.read().closeCode());
            assertEquals(1000, second.read().closeCode());
            assertEquals(1000, third.read().closeCode());
        }
    }

    @ParameterizedTest
    @EnumSource
    void handshakesAboveTheRateAreAnswered429(IoPolicy io) throws Exception {
        try (WebServer server = builder(io, limit -> limit.handshakeRate(1)).start(0)) {
            for (String path : new String[] {"/echo", "/jakarta"}) {
                String request = new String(JakartaTestClient.request(path), StandardCharsets.ISO_8859_1);
                await().until(() -> status(server, request), "429"::equals);
            }
            assertEquals("200", status(server, get("/")), "a request is no handshake");
            assertRefused(server, Limit.HANDSHAKE_RATE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void tlsConnectionsAboveTheRateAreClosed(IoPolicy io) throws Exception {
        Path certificate =
                Path.of(RefusalsTest.class.getResource("/tls/rsa.crt").toURI());
        Path key = Path.of(RefusalsTest.class.getResource("/tls/rsa.key").toURI());
        try (WebServer server = builder(io, limit -> limit.handshakeRate(1))
                .tls(Tls.pem(certificate, key))
                .start(0)) {
            List<Socket> clients = new ArrayList<>();
            try {
                for (int i = 0; i < 20; i++) { // within a second or two, so that most are too many
                    clients.add(new Socket(InetAddress.getLoopbackAddress(), server.port()));
                }
                int closed = 0;
                for (Socket client : clients) {
                    closed += closedWithoutAWord(client) ? 1 : 0;
                }
                assertTrue(closed > 0, "some are refused");
                assertEquals(closed, server.stats().refusals(Limit.HANDSHAKE_RATE));
            } finally {
                for (Socket client : clients) {
                    client.close();
                }
            }
        }
    }

    /** One that is served is waited for: it has to begin the TLS handshake. */
    private static boolean closedWithoutAWord(Socket client) throws IOException {
        client.setSoTimeout(300);
        try {
            return client.getInputStream().read() < 0;
        } catch (SocketTimeoutException served) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHeaderTooLargeIsAnswered431(IoPolicy io) throws Exception {
        try (WebServer server = builder(io, limit -> limit.headerBytes(1024)).start(0)) {
            assertEquals("200", status(server, get("/", "X-Long: " + "a".repeat(800))));
            assertEquals("431", status(server, get("/", "X-Long: " + "a".repeat(1024))));
            assertRefused(server, Limit.HEADER_BYTES);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAddressTooLongIsAnswered414(IoPolicy io) throws Exception {
        try (WebServer server = builder(io, limit -> limit.uriBytes(100)).start(0)) {
            assertEquals("200", status(server, get("/?" + "a".repeat(98))));
            assertEquals("414", status(server, get("/?" + "a".repeat(99))));
            assertEquals("414", status(server, get("/?" + "a".repeat(9000))), "more than a header");
            assertEquals(
                    "414",
                    status(server, "GET http://localhost/" + "a".repeat(120) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"));
            await().until(() -> server.stats().refusals(Limit.URI_BYTES) == 3);
            assertRefused(server, Limit.URI_BYTES);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBodyTooLargeIsAnswered413(IoPolicy io) throws Exception {
        try (WebServer server = builder(io, limit -> limit.bodyBytes(10)).start(0)) {
            String head = "POST / HTTP/1.1\r\nHost: localhost\r\n";
            assertEquals("200", status(server, head + "Content-Length: 10\r\n\r\n0123456789"));
            assertEquals("413", status(server, head + "Content-Length: 11\r\n\r\n0123456789a"));
            assertEquals("413", status(server, head + "Expect: 100-continue\r\nContent-Length: 11\r\n\r\n"));
            String chunked = head + "Transfer-Encoding: chunked\r\n\r\n";
            assertEquals("200", status(server, chunked + "5\r\n01234\r\n5\r\n56789\r\n0\r\n\r\n"));
            assertEquals("413", status(server, chunked + "5\r\n01234\r\n6\r\n56789a\r\n0\r\n\r\n"));
            assertEquals(3, server.stats().refusals(Limit.BODY_BYTES));
            assertRefused(server, Limit.BODY_BYTES);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anUploadHasALimitOfItsOwn(IoPolicy io) throws Exception {
        try (WebServer server =
                builder(io, limit -> limit.bodyBytes(5).uploadBytes(10)).start(0)) {
            String head = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\n";
            assertEquals("200", status(server, head + "Content-Length: 10\r\n\r\n0123456789"));
            assertEquals("413", status(server, head + "Content-Length: 11\r\n\r\n0123456789a"));
            assertRefused(server, Limit.UPLOAD_BYTES);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMessageTooLargeEndsItsSessionWith1009(IoPolicy io) throws Exception {
        try (WebServer server = builder(io, limit -> limit.messageBytes(10))
                        .websocket(
                                "/roomy",
                                options -> options.maxMessageBytes(20),
                                session -> session.send(session.receive()))
                        .start(0);
                JakartaTestClient client = JakartaTestClient.open(server.port(), "/echo");
                JakartaTestClient jakarta = JakartaTestClient.open(server.port(), "/jakarta");
                JakartaTestClient roomy = JakartaTestClient.open(server.port(), "/roomy")) {
            for (JakartaTestClient each : new JakartaTestClient[] {client, jakarta}) {
                each.text("0123456789");
                assertEquals("0123456789", each.readText());
                each.text("0123456789a");
                assertEquals(1009, each.read().closeCode());
            }
            roomy.text("0123456789a");
            assertEquals("0123456789a", roomy.readText(), "a route's own option wins");
            assertRefused(server, Limit.MESSAGE_BYTES);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionThatIsIdleForTooLongIsClosed(IoPolicy io) throws Exception {
        try (WebServer server = builder(io, limit -> limit.idle(SHORT)).start(0);
                JakartaTestClient client = send(server, get("/"))) {
            client.readResponse();
            assertTrue(client.readsEnd());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSessionThatIsIdleForTooLongEndsWith1001(IoPolicy io) throws Exception {
        try (WebServer server = builder(io, limit -> limit.sessionIdle(SHORT)).start(0);
                JakartaTestClient client = JakartaTestClient.open(server.port(), "/echo");
                JakartaTestClient jakarta = JakartaTestClient.open(server.port(), "/jakarta")) {
            assertEquals(1001, client.read().closeCode());
            assertEquals(1001, jakarta.read().closeCode());
            assertRefused(server, Limit.SESSION_IDLE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMessageThatStallsEndsItsSessionWith1008(IoPolicy io) throws Exception {
        try (WebServer server = builder(io, limit -> limit.frameDeadline(SHORT)).start(0);
                JakartaTestClient client = JakartaTestClient.open(server.port(), "/echo")) {
            client.raw(new byte[] {(byte) 0x81, (byte) 0x8a, 1});
            assertEquals(1008, client.read().closeCode());
            assertRefused(server, Limit.FRAME_DEADLINE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWriteThatStallsCutsTheConnection(IoPolicy io) throws Exception {
        try (WebServer server = builder(io, limit -> limit.stalledWrite(SHORT))
                        .websocket("/flood", session -> {
                            while (true) {
                                session.send(ByteBuffer.allocate(1 << 20));
                            }
                        })
                        .start(0);
                JakartaTestClient client = JakartaTestClient.open(server.port(), "/flood")) {
            assertRefused(server, Limit.STALLED_WRITE);
            assertThrows(
                    java.io.IOException.class,
                    () -> {
                        while (client.read().opcode() >= 0) {}
                    },
                    "the connection is gone");
        }
    }

    @ParameterizedTest
    @EnumSource
    void moreThanTheOutboxHoldsEndsASlowSession(IoPolicy io) throws Exception {
        Message large = Message.binary(ByteBuffer.allocate(64 << 10));
        for (Limit limit : new Limit[] {Limit.OUTBOX_MESSAGES, Limit.OUTBOX_BYTES}) {
            try (WebServer server = builder(
                                    io,
                                    edit -> edit.outboxMessages(limit == Limit.OUTBOX_MESSAGES ? 3 : 1000)
                                            .outboxBytes(limit == Limit.OUTBOX_BYTES ? 100_000 : 1 << 30))
                            .websocket("/offers", session -> {
                                while (session.end().isEmpty()) {
                                    session.offer(large);
                                }
                            })
                            .start(0);
                    JakartaTestClient client = JakartaTestClient.open(server.port(), "/offers")) {
                assertRefused(server, limit);
                client.reset();
            }
        }
    }
}
