package dev.plainweave.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.websocket.CloseReason;
import jakarta.websocket.DecodeException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.websocket.core.exception.BadPayloadException;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a client asks or says that an endpoint does not understand is the client's affair: a close code, and no line. */
@ResourceLock(value = JakartaTestServer.LOG, mode = ResourceAccessMode.READ_WRITE)
public class JakartaBadInputTest {
    private static final String CONNECTORS = "dev.plainweave.server.JakartaTestServer#connectors";
    private static final byte[] BAD = {'a', (byte) 0xC0, 'b'};
    private static final byte[] EURO = "\u20ac".getBytes(StandardCharsets.UTF_8);

    private final String test = UUID.randomUUID().toString();

    /** Takes numbers, and hears of what is none. */
    @ServerEndpoint("/number/{test}")
    public static class Numbers {
        @OnMessage
        public int next(int number) {
            return number + 1;
        }

        @OnError
        public void error(Throwable failure, @PathParam("test") String test) {
            JakartaTestEndpoints.journal(test).add("error " + (failure instanceof DecodeException));
        }

        @OnClose
        public void close(CloseReason reason, @PathParam("test") String test) {
            JakartaTestEndpoints.journal(test)
                    .add("close " + reason.getCloseCode().getCode());
        }
    }

    /** Reads streams, and hears of what cannot be read. */
    @ServerEndpoint("/reader/{test}")
    public static class Reading {
        @OnMessage
        public void read(Session session, Reader message) throws IOException {
            StringBuilder text = new StringBuilder();
            for (int next; (next = message.read()) >= 0; ) {
                text.append((char) next);
            }
            session.getBasicRemote().sendText(text.toString());
        }

        @OnError
        public void error(Throwable failure, @PathParam("test") String test) {
            JakartaTestEndpoints.journal(test).add("error " + (failure instanceof BadPayloadException));
        }

        @OnClose
        public void close(CloseReason reason, @PathParam("test") String test) {
            JakartaTestEndpoints.journal(test)
                    .add("close " + reason.getCloseCode().getCode());
        }
    }

    /** Chooses for itself, by a rule of its own. */
    public static class Choosing extends ServerEndpointConfig.Configurator {
        @Override
        public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
            return requested.getLast();
        }
    }

    /** Speaks what its configurator says. */
    @ServerEndpoint(value = "/choosing", configurator = Choosing.class)
    public static class Chosen {
        @OnMessage
        public String echo(String message) {
            return message;
        }
    }

    /** Adds handlers to its sessions, one of which takes numbers alone and one which takes everything. */
    public static class Adding extends Endpoint {
        @Override
        public void onOpen(Session session, EndpointConfig config) {
            session.addMessageHandler(Integer.class, number -> answer(session, "number " + number));
            session.addMessageHandler(byte[].class, bytes -> answer(session, bytes.length + " bytes"));
        }

        private static void answer(Session session, String text) {
            try {
                session.getBasicRemote().sendText(text);
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
        }

        @Override
        public void onError(Session session, Throwable failure) {
            JakartaTestEndpoints.note(session, "error " + (failure instanceof DecodeException));
        }

        @Override
        public void onClose(Session session, CloseReason reason) {
            JakartaTestEndpoints.note(session, "close " + reason.getCloseCode().getCode());
        }
    }

    @ParameterizedTest
    @MethodSource(CONNECTORS)
    void messagesThatNoDecoderOfAnAddedHandlerTakes(Function<Server, Connector> connectors) throws Exception {
        try (var server = start(connectors);
                var client = JakartaTestClient.open(server.port(), "/adding/" + test)) {
            client.text("41");
            assertEquals("number 41", client.readText());
            client.raw(JakartaTestClient.frame(JakartaTestClient.TEXT, false, new byte[] {'4'}));
            client.raw(JakartaTestClient.frame(JakartaTestClient.CONTINUATION, true, new byte[] {'2'}));
            assertEquals("number 42", client.readText());
            client.binary(new byte[5]);
            assertEquals("5 bytes", client.readText());
            client.raw(JakartaTestClient.frame(JakartaTestClient.TEXT, false, new byte[] {'4'}));
            client.raw(JakartaTestClient.frame(JakartaTestClient.CONTINUATION, true, new byte[] {'x'}));
            assertEnds(client, 1_003);
            await().until(() -> JakartaTestEndpoints.count(test, "close 1003") == 1);
            assertEquals(List.of("error true", "close 1003"), List.copyOf(JakartaTestEndpoints.journal(test)));
            assertEquals(List.of(), server.log());
        }
    }

    /** Has a rule of its own, and leaves the rest to the container. */
    public static class Deferring extends ServerEndpointConfig.Configurator {
        @Override
        public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
            return requested.contains("mine") ? "mine" : super.getNegotiatedSubprotocol(supported, requested);
        }
    }

    /** Added by the application while the server runs. */
    @ServerEndpoint(value = "/late", subprotocols = "late.v1")
    public static class Late {
        @OnMessage
        public String echo(String message) {
            return message;
        }
    }

    /** Speaks what its configurator says, or the container's. */
    @ServerEndpoint(value = "/deferring", subprotocols = "late.v1", configurator = Deferring.class)
    public static class Deferred {
        @OnMessage
        public String echo(String message) {
            return message;
        }
    }

    @ParameterizedTest
    @MethodSource(CONNECTORS)
    void subprotocolsOfEndpointsThatTheServerDoesNotKnow(Function<Server, Connector> connectors) throws Exception {
        try (var server = start(connectors)) {
            server.container()
                    .addEndpoint(ServerEndpointConfig.Builder.create(Late.class, "/late")
                            .build());
            server.container().addEndpoint(Deferred.class);
            for (String path : List.of("/late", "/deferring")) {
                assertEquals("", spoken(server, path, "unheard-of, other"));
                assertEquals("late.v1", spoken(server, path, "unheard-of, late.v1"));
            }
            assertEquals("mine", spoken(server, "/deferring", "late.v1, mine"));
            assertEquals(List.of(), server.log());
        }
    }

    private static String spoken(JakartaTestServer server, String path, String offered) throws IOException {
        try (var client = JakartaTestClient.open(server.port(), path, "Sec-WebSocket-Protocol: " + offered)) {
            client.text("hello");
            assertEquals("hello", client.readText());
            return client.header("Sec-WebSocket-Protocol");
        }
    }

    @ParameterizedTest
    @MethodSource(CONNECTORS)
    void subprotocolsThatTheEndpointDoesNotSpeak(Function<Server, Connector> connectors) throws Exception {
        try (var server = start(connectors)) {
            for (String path : List.of("/coded/" + test + "/3", "/plain/" + test, "/programmatic/" + test)) {
                try (var client = JakartaTestClient.open(
                        server.port(), path, "X-Tenant: acme", "Sec-WebSocket-Protocol: unheard-of, other")) {
                    assertEquals("", client.header("Sec-WebSocket-Protocol"));
                    client.text("1,2");
                    assertEquals(path.contains("coded") ? "[acme] " : "1,2", client.readText());
                }
            }
            try (var client = JakartaTestClient.open(
                    server.port(), "/coded/" + test + "/3", "Sec-WebSocket-Protocol: unheard-of, points.v2")) {
                assertEquals("points.v2", client.header("Sec-WebSocket-Protocol"));
            }
            try (var client =
                    JakartaTestClient.open(server.port(), "/choosing", "Sec-WebSocket-Protocol: unheard-of, other")) {
                assertEquals("other", client.header("Sec-WebSocket-Protocol"));
            }
            assertEquals(List.of(), server.log());
        }
    }

    @ParameterizedTest
    @MethodSource(CONNECTORS)
    void messagesThatNoDecoderTakes(Function<Server, Connector> connectors) throws Exception {
        try (var server = start(connectors)) {
            try (var client = JakartaTestClient.open(server.port(), "/number/" + test)) {
                client.text("41");
                assertEquals("42", client.readText());
                client.text("forty-one");
                assertEnds(client, 1_003);
            }
            await().until(() -> JakartaTestEndpoints.count(test, "close 1003") == 1);
            assertEquals(List.of("error true", "close 1003"), List.copyOf(JakartaTestEndpoints.journal(test)));
            try (var client = JakartaTestClient.open(server.port(), "/coded/" + test + "/3")) {
                client.readText();
                client.binary(new byte[5]);
                assertEnds(client, 1_003);
            }
            assertEquals(List.of(), server.log());
        }
    }

    @ParameterizedTest
    @MethodSource(CONNECTORS)
    void messagesThatADecoderRefuses(Function<Server, Connector> connectors) throws Exception {
        try (var server = start(connectors);
                var client = JakartaTestClient.open(server.port(), "/coded/" + test + "/3")) {
            client.readText();
            client.text("neither here,nor there");
            assertEnds(client, 1_003);
            assertEquals(List.of(), server.log());
        }
    }

    @ParameterizedTest
    @MethodSource(CONNECTORS)
    void badTextReadAsAStream(Function<Server, Connector> connectors) throws Exception {
        try (var server = start(connectors)) {
            for (String path : List.of("/reader/", "/stream/")) {
                // At once, though the message goes on.
                assertEnds(server, path, JakartaTestClient.frame(JakartaTestClient.TEXT, false, BAD));
                // In a later frame, while a thread of the application reads.
                assertEnds(
                        server,
                        path,
                        JakartaTestClient.frame(JakartaTestClient.TEXT, false, EURO),
                        JakartaTestClient.frame(JakartaTestClient.CONTINUATION, true, BAD));
                // A character without its end.
                assertEnds(server, path, JakartaTestClient.frame(JakartaTestClient.TEXT, true, new byte[] {EURO[0]}));
            }
            assertEquals(3, JakartaTestEndpoints.count("reader" + test, "error true"));
            assertEquals(3, JakartaTestEndpoints.count("reader" + test, "close 1007"));
            assertEquals(List.of(), server.log());
        }
    }

    /** A character may be split between frames. */
    @ParameterizedTest
    @MethodSource(CONNECTORS)
    void goodTextReadAsAStream(Function<Server, Connector> connectors) throws Exception {
        try (var server = start(connectors);
                var client = JakartaTestClient.open(server.port(), "/reader/" + test)) {
            for (int i = 0; i < 2; i++) {
                client.raw(JakartaTestClient.frame(JakartaTestClient.TEXT, false, new byte[] {EURO[0]}));
                client.raw(JakartaTestClient.frame(JakartaTestClient.CONTINUATION, false, new byte[] {EURO[1]}));
                client.raw(JakartaTestClient.frame(JakartaTestClient.CONTINUATION, true, new byte[] {EURO[2]}));
                assertEquals("\u20ac", client.readText());
            }
        }
    }

    private void assertEnds(JakartaTestServer server, String path, byte[]... frames) throws IOException {
        String journal = path.replace("/", "") + test;
        long ended = JakartaTestEndpoints.count(journal, "close 1007");
        try (var client = JakartaTestClient.open(server.port(), path + journal)) {
            for (byte[] frame : frames) {
                client.raw(frame);
            }
            assertEnds(client, 1_007);
        }
        await().until(() -> JakartaTestEndpoints.count(journal, "close 1007") == ended + 1);
    }

    private static void assertEnds(JakartaTestClient client, int code) throws IOException {
        assertEquals(code, client.read().closeCode());
        assertTrue(client.readsEnd());
    }

    private static JakartaTestServer start(Function<Server, Connector> connectors) throws Exception {
        return new JakartaTestServer(connectors)
                .start(
                        JakartaEndpoints.Limits.DEFAULT,
                        List.of(
                                Numbers.class,
                                Reading.class,
                                Chosen.class,
                                JakartaTestEndpoints.Plain.class,
                                JakartaTestEndpoints.Coded.class,
                                JakartaTestEndpoints.Streaming.class),
                        List.of(
                                JakartaTestEndpoints.programmatic(),
                                ServerEndpointConfig.Builder.create(Adding.class, "/adding/{test}")
                                        .build()));
    }
}
