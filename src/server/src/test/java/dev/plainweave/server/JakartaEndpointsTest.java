package dev.plainweave.server;

import static dev.plainweave.server.JakartaTestEndpoints.journal;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Endpoints do what the specification says, unmodified. */
class JakartaEndpointsTest {
    private static final String CONNECTORS = "dev.plainweave.server.JakartaTestServer#connectors";
    private static final JakartaEndpoints.Limits LIMITS = JakartaEndpoints.Limits.DEFAULT;

    private final String test = UUID.randomUUID().toString();

    @ParameterizedTest
    @MethodSource(CONNECTORS)
    void echoesTextAndBinaryAndClosesOnceWithTheClientsCode(Function<Server, Connector> connectors) throws Exception {
        try (var server = new JakartaTestServer(connectors).start(LIMITS, JakartaTestEndpoints.Plain.class);
                var client = JakartaTestClient.open(server.port(), "/plain/" + test)) {
            client.text("Grüße");
            assertEquals("Grüße", client.readText());
            byte[] large = new byte[60_000];
            large[59_999] = 7;
            client.binary(large);
            assertArrayEquals(large, client.read().payload());
            assertEquals(1, server.openSessions());
            client.closeFrame(4_001);
            JakartaTestClient.Received close = client.read();
            assertEquals(JakartaTestClient.CLOSE, close.opcode());
            assertEquals(4_001, close.closeCode());
            assertTrue(client.readsEnd());
            await().until(() -> server.openSessions() == 0);
            assertEquals(List.of("open", "close 4001"), List.copyOf(journal(test)));
        }
    }

    @ParameterizedTest
    @MethodSource(CONNECTORS)
    void decodesEncodesBindsPathParametersAndCallsTheConfigurator(Function<Server, Connector> connectors)
            throws Exception {
        try (var server = new JakartaTestServer(connectors).start(LIMITS, JakartaTestEndpoints.Coded.class);
                var client = JakartaTestClient.open(
                        server.port(),
                        "/coded/" + test + "/3",
                        "X-Tenant: acme",
                        "Sec-WebSocket-Protocol: other, points.v2",
                        "Sec-WebSocket-Extensions: permessage-deflate")) {
            assertEquals("Handshaking", client.header("X-Seen-By"));
            assertEquals("points.v2", client.header("Sec-WebSocket-Protocol"));
            assertTrue(client.header("Sec-WebSocket-Extensions").startsWith("permessage-deflate"));
        }
        try (var server = new JakartaTestServer(connectors).start(LIMITS, JakartaTestEndpoints.Coded.class);
                var client = JakartaTestClient.open(server.port(), "/coded/" + test + "/3", "X-Tenant: acme")) {
            assertEquals("[acme] ", client.readText());
            client.text("4,5");
            assertEquals("12,15", client.readText());
            client.binary(ByteBuffer.allocate(8).putLong(14).array());
            assertEquals(42, ByteBuffer.wrap(client.read().payload()).getLong());
        }
    }

    @ParameterizedTest
    @MethodSource(CONNECTORS)
    void takesProgrammaticEndpointsStreamsAndPartialMessages(Function<Server, Connector> connectors) throws Exception {
        try (var server = new JakartaTestServer(connectors)
                .start(
                        LIMITS,
                        List.of(JakartaTestEndpoints.Streaming.class, JakartaTestEndpoints.Partial.class),
                        List.of(JakartaTestEndpoints.programmatic()))) {
            try (var client = JakartaTestClient.open(server.port(), "/programmatic/" + test)) {
                client.text("hello");
                assertEquals("hello", client.readText());
                client.closeFrame(1_000);
                assertTrue(client.readsEnd());
            }
            await().until(() -> List.of("open", "close 1000").equals(List.copyOf(journal(test))));
            try (var client = JakartaTestClient.open(server.port(), "/stream/" + test)) {
                for (String round : List.of("1", "2")) {
                    client.raw(JakartaTestClient.frame(JakartaTestClient.TEXT, false, bytes("a" + round)));
                    client.raw(JakartaTestClient.frame(JakartaTestClient.CONTINUATION, false, bytes("b")));
                    client.raw(JakartaTestClient.frame(JakartaTestClient.CONTINUATION, true, bytes("c")));
                    assertEquals("a" + round + "bc", client.readText());
                }
            }
            try (var client = JakartaTestClient.open(server.port(), "/partial/" + test)) {
                client.raw(JakartaTestClient.frame(JakartaTestClient.TEXT, false, bytes("first")));
                JakartaTestClient.Received first = client.read();
                assertEquals("first false", first.text() + " " + first.last());
                client.raw(JakartaTestClient.frame(JakartaTestClient.CONTINUATION, true, bytes("second")));
                JakartaTestClient.Received second = client.read();
                assertEquals("second true", second.text() + " " + second.last());
            }
        }
    }

    @ParameterizedTest
    @MethodSource(CONNECTORS)
    void endsSessionsAtTheLimits(Function<Server, Connector> connectors) throws Exception {
        var limits = new JakartaEndpoints.Limits(100, 50, Duration.ofMillis(300), Duration.ofSeconds(1), 10);
        try (var server = new JakartaTestServer(connectors).start(limits, JakartaTestEndpoints.Plain.class)) {
            try (var client = JakartaTestClient.open(server.port(), "/plain/" + test)) {
                client.text("x".repeat(101));
                assertEquals(1_009, client.read().closeCode());
            }
            // What a session's thread tells last is not ordered with what the next one's tells first.
            await().until(() -> journal(test).size() == 2);
            try (var client = JakartaTestClient.open(server.port(), "/plain/" + test)) {
                client.binary(new byte[51]);
                assertEquals(1_009, client.read().closeCode());
            }
            await().until(() -> journal(test).size() == 4);
            try (var client = JakartaTestClient.open(server.port(), "/plain/" + test)) {
                assertEquals(1_001, client.read().closeCode());
            }
            await().until(() -> server.openSessions() == 0);
            assertEquals(
                    List.of("open", "close 1009", "open", "close 1009", "open", "close 1001"),
                    List.copyOf(journal(test)));
            assertEquals(List.of(), server.log());
            assertEquals(1_000, server.container().getDefaultAsyncSendTimeout());
        }
    }

    @ParameterizedTest
    @MethodSource(CONNECTORS)
    void treatsEndpointsThatComeLaterOrPastTheRegistryAlike(Function<Server, Connector> connectors) throws Exception {
        try (var server = new JakartaTestServer(connectors)
                .with(context -> context.addServlet(new Upgrading(), "/upgrading"))
                .start(LIMITS)) {
            server.container().addEndpoint(JakartaTestEndpoints.Plain.class);
            for (String path : List.of("/plain/" + test, "/upgrading?test=" + test)) {
                try (var client = JakartaTestClient.open(server.port(), path)) {
                    client.text("hello");
                    assertEquals("hello", client.readText());
                    client.reset();
                }
            }
            await().until(() -> JakartaTestEndpoints.count(test, "close 1006") == 2);
            await().until(() -> server.openSessions() == 0);
            assertEquals(List.of(), server.log());
            assertThrows(
                    DeploymentException.class, () -> server.container().addEndpoint(JakartaTestEndpoints.Plain.class));
        }
    }

    @ParameterizedTest
    @MethodSource(CONNECTORS)
    void survivesARestart(Function<Server, Connector> connectors) throws Exception {
        try (var server = new JakartaTestServer(connectors).start(LIMITS, JakartaTestEndpoints.Plain.class)) {
            server.server().stop();
            server.server().start();
            try (var client = JakartaTestClient.open(server.port(), "/plain/" + test)) {
                client.reset();
            }
            await().until(() -> JakartaTestEndpoints.count(test, "close 1006") == 1);
        }
    }

    @Test
    void refusesAContextThatSomebodyElseHasInitialised() {
        var server = new Server();
        var context = new ServletContextHandler("/");
        server.setHandler(context);
        JakartaWebSocketServletContainerInitializer.configure(context, (servletContext, container) -> {});
        JakartaEndpoints.configure(context, LIMITS, List.of(), List.of());
        assertThrows(IllegalStateException.class, server::start);
    }

    /** Upgrades by hand. */
    private static final class Upgrading extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            var container = (ServerContainer) getServletContext().getAttribute(ServerContainer.class.getName());
            try {
                container.upgradeHttpToWebSocket(
                        request,
                        response,
                        jakarta.websocket.server.ServerEndpointConfig.Builder.create(
                                        JakartaTestEndpoints.Programmatic.class, "/unused")
                                .build(),
                        Map.of("test", request.getParameter("test")));
            } catch (DeploymentException e) {
                throw new IOException(e);
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
