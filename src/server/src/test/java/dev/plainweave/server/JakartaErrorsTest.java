package dev.plainweave.server;

import static dev.plainweave.server.JakartaTestEndpoints.count;
import static dev.plainweave.server.JakartaTestEndpoints.journal;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the application throws is told, and hurts its own session only. */
@ResourceLock(value = JakartaTestServer.LOG, mode = ResourceAccessMode.READ_WRITE)
class JakartaErrorsTest {
    private static final String CONNECTORS = "dev.plainweave.server.JakartaTestServer#connectors";

    private final String test = UUID.randomUUID().toString();

    @ParameterizedTest
    @MethodSource(CONNECTORS)
    void warnsOfAThrowInOnMessage(Function<Server, Connector> connectors) throws Exception {
        for (String path : List.of("/plain/", "/programmatic/")) {
            try (var server = start(connectors);
                    var neighbour = JakartaTestClient.open(server.port(), path + "neighbour-" + test);
                    var client = JakartaTestClient.open(server.port(), path + test)) {
                client.text("throw");
                assertEquals(1_003, client.read().closeCode());
                assertTrue(client.readsEnd());
                assertOneWarning(
                        server,
                        path.equals("/plain/")
                                ? JakartaTestEndpoints.Plain.class
                                : JakartaTestEndpoints.Programmatic.class);
                neighbour.text("still here");
                assertEquals("still here", neighbour.readText());
            }
        }
    }

    @ParameterizedTest
    @MethodSource(CONNECTORS)
    void givesAThrowInOnMessageToTheErrorMethodAlone(Function<Server, Connector> connectors) throws Exception {
        try (var server = start(connectors);
                var client = JakartaTestClient.open(server.port(), "/listening/" + test)) {
            client.text("throw");
            assertEquals(1_003, client.read().closeCode());
            assertTrue(client.readsEnd());
            await().until(() -> count(test, "close 1003") == 1);
            assertEquals(List.of("open", "error own", "close 1003"), List.copyOf(journal(test)));
            assertEquals(List.of(), server.log());
        }
    }

    @ParameterizedTest
    @MethodSource(CONNECTORS)
    void warnsOfAThrowInOnOpen(Function<Server, Connector> connectors) throws Exception {
        try (var server = start(connectors);
                var client = JakartaTestClient.open(server.port(), "/throwing/open/" + test)) {
            assertEquals(1_011, client.read().closeCode());
            await().until(() -> count(test, "close 1011") == 1);
            assertTrue(client.readsEnd());
            assertOneWarning(server, JakartaTestEndpoints.Throwing.class);
            assertEquals(0, server.openSessions());
        }
    }

    @ParameterizedTest
    @MethodSource(CONNECTORS)
    void warnsOfAThrowInOnCloseAfterAClose(Function<Server, Connector> connectors) throws Exception {
        try (var server = start(connectors);
                var client = JakartaTestClient.open(server.port(), "/throwing/close/" + test)) {
            client.closeFrame(1_000);
            assertTrue(client.readsEnd());
            await().until(() -> server.openSessions() == 0);
            assertEquals(1, count(test, "close 1000"));
            assertOneWarning(server, JakartaTestEndpoints.Throwing.class);
        }
    }

    @ParameterizedTest
    @MethodSource(CONNECTORS)
    void warnsOfAThrowInOnCloseAfterAReset(Function<Server, Connector> connectors) throws Exception {
        try (var server = start(connectors);
                var client = JakartaTestClient.open(server.port(), "/throwing/close/" + test)) {
            client.reset();
            await().until(() -> count(test, "close 1006") == 1 && server.openSessions() == 0);
            await().until(() -> server.connections() == 0 && !server.log().isEmpty());
            assertOneWarning(server, JakartaTestEndpoints.Throwing.class);
        }
    }

    @ParameterizedTest
    @MethodSource(CONNECTORS)
    void warnsOfAThrowInOnErrorWhateverThatWasToldOf(Function<Server, Connector> connectors) throws Exception {
        try (var server = start(connectors);
                var client = JakartaTestClient.open(server.port(), "/doubly/" + test)) {
            client.reset();
            await().until(() -> count(test, "close 1006") == 1);
            await().until(() -> !server.log().isEmpty());
            assertOneWarning(server, JakartaTestEndpoints.Doubly.class);
        }
        try (var server = start(connectors);
                var client = JakartaTestClient.open(server.port(), "/doubly/" + test)) {
            client.text("throw");
            assertEquals(1_011, client.read().closeCode());
            await().until(() -> count(test, "close 1011") == 1);
            await().until(() -> !server.log().isEmpty());
            assertOneWarning(server, JakartaTestEndpoints.Doubly.class);
        }
    }

    /** The reset says nothing; what the handler throws on its own account afterwards does. */
    @ParameterizedTest
    @MethodSource(CONNECTORS)
    void warnsOfAThrowThatIsNotTheDisconnectsAfterADisconnect(Function<Server, Connector> connectors) throws Exception {
        try (var server = start(connectors);
                var client = JakartaTestClient.open(server.port(), "/plain/" + test)) {
            client.text("large, then throw");
            await().until(() -> count(test, "large") == 1);
            client.reset();
            await().until(() -> count(test, "close 1006") == 1);
            await().until(() -> !server.log().isEmpty());
            assertOneWarning(server, JakartaTestEndpoints.Plain.class);
        }
    }

    private static JakartaTestServer start(Function<Server, Connector> connectors) throws Exception {
        return new JakartaTestServer(connectors)
                .start(
                        JakartaEndpoints.Limits.DEFAULT,
                        List.of(
                                JakartaTestEndpoints.Plain.class,
                                JakartaTestEndpoints.Listening.class,
                                JakartaTestEndpoints.Throwing.class,
                                JakartaTestEndpoints.Doubly.class),
                        List.of(JakartaTestEndpoints.programmatic()));
    }

    /** One WARN, to the logger of the endpoint's class, with the application's exception and its stack. */
    private static void assertOneWarning(JakartaTestServer server, Class<?> endpoint) {
        List<ILoggingEvent> events = server.log();
        assertEquals(1, events.size(), events::toString);
        ILoggingEvent event = events.getFirst();
        assertEquals(Level.WARN, event.getLevel());
        assertTrue(event.getLoggerName().startsWith(endpoint.getName()), event::getLoggerName);
        IThrowableProxy thrown = event.getThrowableProxy();
        while (thrown != null && !thrown.getClassName().equals(IllegalStateException.class.getName())) {
            thrown = thrown.getCause();
        }
        assertTrue(thrown != null && thrown.getStackTraceElementProxyArray().length > 0, "no stack of its own");
    }
}
