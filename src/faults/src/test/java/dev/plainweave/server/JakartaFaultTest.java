package dev.plainweave.server;

import static dev.plainweave.server.JakartaTestEndpoints.count;
import static dev.plainweave.server.JakartaTestEndpoints.journal;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that vanish: one end per session, nothing logged, nothing left, neighbours undisturbed. */
@ResourceLock(value = JakartaTestServer.LOG, mode = ResourceAccessMode.READ_WRITE)
class JakartaFaultTest {
    private static final String CONNECTORS = "dev.plainweave.server.JakartaTestServer#connectors";

    private final String test = UUID.randomUUID().toString();

    /** How a client vanishes. */
    enum Fault {
        RESET {
            @Override
            void vanish(JakartaTestClient client, String test) throws IOException {
                client.reset();
            }
        },
        FIN {
            @Override
            void vanish(JakartaTestClient client, String test) throws IOException {
                client.finish();
            }
        },
        RESET_WITHIN_A_FRAME {
            @Override
            void vanish(JakartaTestClient client, String test) throws IOException {
                client.raw(halfFrame());
                client.reset();
            }
        },
        FIN_WITHIN_A_FRAME {
            @Override
            void vanish(JakartaTestClient client, String test) throws IOException {
                client.raw(halfFrame());
                client.finish();
            }
        },
        RESET_WITHIN_A_MESSAGE {
            @Override
            void vanish(JakartaTestClient client, String test) throws IOException {
                client.raw(JakartaTestClient.frame(
                        JakartaTestClient.TEXT, false, "begun".getBytes(StandardCharsets.UTF_8)));
                client.reset();
            }
        },
        FIN_WITHIN_A_MESSAGE {
            @Override
            void vanish(JakartaTestClient client, String test) throws IOException {
                client.raw(JakartaTestClient.frame(
                        JakartaTestClient.TEXT, false, "begun".getBytes(StandardCharsets.UTF_8)));
                client.finish();
            }
        },
        RESET_DURING_A_LARGE_WRITE {
            @Override
            void vanish(JakartaTestClient client, String test) throws IOException {
                resetDuring("large", client, test);
            }
        },
        RESET_DURING_A_LARGE_WRITE_WRAPPED_BY_THE_HANDLER {
            @Override
            void vanish(JakartaTestClient client, String test) throws IOException {
                resetDuring("large, wrapped", client, test);
            }
        };

        abstract void vanish(JakartaTestClient client, String test) throws IOException;

        private static byte[] halfFrame() {
            byte[] frame = JakartaTestClient.frame(JakartaTestClient.TEXT, true, new byte[1_000]);
            return Arrays.copyOf(frame, 500);
        }

        private static void resetDuring(String command, JakartaTestClient client, String test) throws IOException {
            long before = count(test, "large");
            client.text(command);
            await().until(() -> count(test, "large") > before);
            client.read(); // the write has begun, and cannot end: nobody reads the rest
            client.reset();
        }
    }

    static Stream<Arguments> faults() {
        return JakartaTestServer.connectorFactories()
                .flatMap(connector -> Stream.of(
                                "/plain/", "/plain/deflated-", "/listening/", "/programmatic/", "/stream/")
                        .flatMap(path -> Arrays.stream(Fault.values())
                                .filter(fault -> !path.equals("/stream/")
                                        || !fault.name().contains("LARGE"))
                                .map(fault -> arguments(connector, path, fault))));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void endsOnceAndSaysNothing(Function<Server, Connector> connectors, String path, Fault fault) throws Exception {
        int rounds = fault.name().contains("LARGE") ? 5 : 20;
        String test = path.substring(path.lastIndexOf('/') + 1) + this.test;
        String extensions = path.contains("deflated") ? "permessage-deflate" : "none";
        try (var server = faultServer(connectors);
                var neighbour = JakartaTestClient.open(server.port(), "/plain/neighbour-" + test)) {
            for (int i = 0; i < rounds; i++) {
                try (var client = JakartaTestClient.open(
                        server.port(), path + this.test, "Sec-WebSocket-Extensions: " + extensions)) {
                    fault.vanish(client, test);
                    if (fault.name().startsWith("FIN")) {
                        assertTrue(client.readsEnd());
                    }
                }
            }
            await().until(() -> count(test, "close 1006") == rounds);
            if (fault.name().endsWith("A_MESSAGE")) {
                // The application's threads that wait for the rest of a message are let go.
                await().until(() -> count(test, "cut off") == count(test, "reading"));
            }
            await().until(() -> server.openSessions() == 1 && server.connections() == 1);
            assertEquals(rounds, count(test, "open"));
            assertEquals(rounds, count(test, "close 1006"));
            assertEquals(path.equals("/listening/") ? rounds : 0, count(test, "error other"));
            neighbour.text("still here");
            assertEquals("still here", neighbour.readText());
            assertEquals(List.of(), server.log());
        }
    }

    /** A client is gone at each point on its way to a session; the endpoint's class hears of opened sessions only. */
    @ParameterizedTest
    @MethodSource(CONNECTORS)
    void saysNothingAboutAThousandResetsOnTheWayToASession(Function<Server, Connector> connectors) throws Exception {
        byte[] request = JakartaTestClient.request("/plain/" + test);
        byte[] withFrame = Arrays.copyOf(request, request.length + 11);
        System.arraycopy(
                JakartaTestClient.frame(JakartaTestClient.TEXT, true, new byte[5]), 0, withFrame, request.length, 11);
        try (var server = faultServer(connectors)) {
            for (int i = 0; i < 1_000; i++) {
                try (var client = JakartaTestClient.connect(server.port())) {
                    switch (i % 5) {
                        case 0 -> client.raw(new byte[0]);
                        case 1 -> client.raw(Arrays.copyOf(request, 1 + i % request.length));
                        case 2, 3 -> client.raw(request);
                        default -> client.raw(withFrame);
                    }
                    if (i % 5 == 3) {
                        client.readResponse();
                    }
                    client.reset();
                }
            }
            await().until(() -> server.connections() == 0 && server.openSessions() == 0);
            assertEquals(count(test, "open"), count(test, "close 1006"));
            assertTrue(count(test, "open") >= 200, "opened: " + count(test, "open"));
            assertEquals(List.of(), server.log());
        }
    }

    /** A session that we end, by a stop or in a handler, is no failure either. */
    @ParameterizedTest
    @MethodSource(CONNECTORS)
    void saysNothingAboutSessionsThatTheServerEnds(Function<Server, Connector> connectors) throws Exception {
        try (var server = faultServer(connectors)) {
            try (var client = JakartaTestClient.open(server.port(), "/plain/" + test)) {
                client.text("close 1011");
                assertEquals(1_011, client.read().closeCode());
            }
            await().until(() -> count(test, "close 1011") == 1);
            try (var client = JakartaTestClient.open(server.port(), "/plain/" + test)) {
                client.text("close and send");
                assertEquals(1_000, client.read().closeCode());
                client.closeFrame(1_000);
                assertTrue(client.readsEnd());
            }
            // Jetty lets the late send override the code that was sent.
            await().until(() -> count(test, "close 1003") == 1);
            try (var client = JakartaTestClient.open(server.port(), "/plain/" + test)) {
                client.text("hello");
                assertEquals("hello", client.readText());
                server.server().setStopTimeout(5_000);
                server.server().stop();
                assertEquals(1_001, client.read().closeCode());
            }
            assertEquals(1, count(test, "close 1001"));
            assertEquals(3, count(test, "open"));
            assertFalse(
                    server.log().stream()
                            .anyMatch(event -> event.getThrowableProxy() != null
                                    || event.getLevel().isGreaterOrEqual(ch.qos.logback.classic.Level.WARN)),
                    () -> server.log().toString());
        }
    }

    /** A peer that breaks the protocol gets its close code, and no line in the log. */
    @ParameterizedTest
    @MethodSource(CONNECTORS)
    void saysNothingAboutAPeerThatBreaksTheProtocol(Function<Server, Connector> connectors) throws Exception {
        try (var server = faultServer(connectors)) {
            try (var client = JakartaTestClient.open(server.port(), "/plain/" + test)) {
                client.raw(JakartaTestClient.frame(3, true, new byte[0]));
                assertEquals(1_002, client.read().closeCode());
            }
            // Its thread and that of the next session are not ordered by anything that the client sees.
            await().until(() -> journal(test).size() == 2);
            try (var client = JakartaTestClient.open(server.port(), "/plain/" + test)) {
                client.raw(JakartaTestClient.frame(JakartaTestClient.TEXT, true, new byte[] {(byte) 0xC0, 0x20}));
                assertEquals(1_007, client.read().closeCode());
            }
            await().until(() -> journal(test).size() == 4);
            assertEquals(List.of("open", "close 1002", "open", "close 1007"), List.copyOf(journal(test)));
            assertEquals(List.of(), server.log());
        }
    }

    /** What one listener does not read holds up neither who sends it to all nor the others. */
    @ParameterizedTest
    @MethodSource(CONNECTORS)
    void aListenerThatDoesNotReadHoldsUpNobody(Function<Server, Connector> connectors) throws Exception {
        try (var server = faultServer(connectors);
                var first = JakartaTestClient.open(server.port(), "/broadcast/" + test);
                var reader = JakartaTestClient.open(server.port(), "/broadcast/" + test);
                var last = JakartaTestClient.open(server.port(), "/broadcast/" + test);
                var publisher = JakartaTestClient.open(server.port(), "/broadcast/" + test)) {
            for (int i = 0; i < 3; i++) {
                publisher.text("large");
            }
            publisher.text("and that was all");
            for (int i = 0; i < 3; i++) {
                assertEquals(16 << 20, reader.readText().length());
            }
            assertEquals("and that was all", reader.readText());
            assertEquals(4, count(test, "published"));
            assertEquals(4, server.openSessions(), "the others were cut off before, so that it could go on");
            first.reset();
            last.reset();
            await().until(() -> count(test, "close 1006") == 2);
            publisher.text("still here");
            assertEquals("still here", reader.readText());
            assertEquals(List.of(), server.log());
        }
    }

    private static JakartaTestServer faultServer(Function<Server, Connector> connectors) throws Exception {
        var limits = new JakartaEndpoints.Limits(65_536, 65_536, Duration.ofMinutes(1), Duration.ofSeconds(10), 100);
        return new JakartaTestServer(connectors)
                .start(
                        limits,
                        List.of(
                                JakartaTestEndpoints.Plain.class,
                                JakartaTestEndpoints.Broadcasting.class,
                                JakartaTestEndpoints.Listening.class,
                                JakartaTestEndpoints.Streaming.class),
                        List.of(JakartaTestEndpoints.programmatic()));
    }
}
