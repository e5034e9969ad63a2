package dev.plainweave.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plainweave.access.Authenticator;
import dev.plainweave.access.User;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

@ResourceLock("log")
class AccessLogTest {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getFormattedMessage());
        }
    };
    private Logger logger;

    @BeforeEach
    void listen() {
        await().until(() -> LoggerFactory.getILoggerFactory() instanceof LoggerContext);
        logger = (Logger) LoggerFactory.getLogger(AccessLog.LOGGER);
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        appender.start();
        logger.addAppender(appender);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(appender);
        logger.setAdditive(true);
    }

    private static WebServer.Builder builder(IoPolicy io, AccessLog format) {
        return WebServer.builder()
                .io(io)
                .host("127.0.0.1")
                .accessLog(format)
                .shutdownGrace(Duration.ofMillis(200))
                .get("/hello/*", (request, response) -> response.getWriter().print("hello"))
                .websocket("/echo/{room}", session -> {
                    while (true) {
                        session.send(session.receive());
                    }
                });
    }

    private static void exchange(WebServer server, String head) throws Exception {
        try (JakartaTestClient client = JakartaTestClient.connect(server.port())) {
            client.raw((head + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            client.readResponse();
        }
    }

    private void awaitLines(int count) {
        await().until(() -> lines.size() == count);
    }

    @ParameterizedTest
    @EnumSource
    void aRequestIsOneLineInTheCombinedFormat(IoPolicy io) throws Exception {
        try (WebServer server = builder(io, AccessLog.COMBINED).start(0)) {
            exchange(
                    server,
                    "GET /hello/you?a=b HTTP/1.1\r\nHost: localhost\r\nUser-Agent: test/1\r\nReferer: http://x/");
            awaitLines(1);
            assertTrue(
                    lines.get(0)
                            .matches("127\\.0\\.0\\.1 - - \\[\\d\\d/\\w{3}/\\d{4}:\\d\\d:\\d\\d:\\d\\d [+-]\\d{4}]"
                                    + " \"GET /hello/you\\?a=b HTTP/1\\.1\" 200 5 \"http://x/\" \"test/1\""
                                    + " \\d+\\.\\d{3}"),
                    lines.get(0));
            exchange(server, "GET /missing HTTP/1.1\r\nHost: localhost");
            awaitLines(2);
            exchange(server, "nonsense");
            awaitLines(3);
            assertTrue(lines.get(1).contains("\"GET /missing HTTP/1.1\" 404 "), lines.get(1));
            assertTrue(lines.get(2).contains("\" 400 "), lines.get(2));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRequestIsOneJsonObject(IoPolicy io) throws Exception {
        try (WebServer server = builder(io, AccessLog.JSON).start(0)) {
            exchange(server, "GET /hello/you?a=b HTTP/1.1\r\nHost: localhost\r\nUser-Agent: \"te\\st\" \u00e4");
            awaitLines(1);
            JsonNode line = new ObjectMapper().readTree(lines.get(0));
            assertEquals("127.0.0.1", line.get("remote").asText());
            assertEquals("/hello/you?a=b", line.get("uri").asText());
            assertEquals(200, line.get("status").asInt());
            assertEquals(5, line.get("bytes").asInt());
            assertEquals("\"te\\st\" \u00e4", line.get("agent").asText());
            assertTrue(line.get("seconds").asDouble() > 0);
            assertFalse(line.has("principal"));
            assertTrue(lines.get(0).chars().allMatch(c -> c >= ' ' && c < 0x7f), lines.get(0));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoItWasStandsInTheLinesOfRequestsAndOfSessions(IoPolicy io) throws Exception {
        Authenticator basic = Authenticator.basic(
                "test", (user, password) -> password.equals("secret") ? Optional.of(User.of(user)) : Optional.empty());
        String credentials = "Authorization: Basic "
                + Base64.getEncoder().encodeToString("ada \" x:secret".getBytes(StandardCharsets.UTF_8));
        try (WebServer server = builder(io, AccessLog.COMBINED)
                .authenticate(basic)
                .requires("/*")
                .start(0)) {
            exchange(server, "GET /hello/you HTTP/1.1\r\nHost: localhost\r\n" + credentials);
            awaitLines(1);
            assertTrue(lines.get(0).startsWith("127.0.0.1 - ada \\x22 x ["), lines.get(0));
            exchange(server, "GET /hello/you HTTP/1.1\r\nHost: localhost");
            awaitLines(2);
            assertTrue(
                    lines.get(1).startsWith("127.0.0.1 - - [") && lines.get(1).contains("\" 401 "), lines.get(1));
            try (JakartaTestClient client = JakartaTestClient.open(server.port(), "/echo/blue", credentials)) {
                client.text("hello");
                client.readText();
            }
            awaitLines(4);
            assertTrue(lines.get(2).startsWith("127.0.0.1 - ada \\x22 x ["), lines.get(2));
            assertTrue(
                    lines.get(3).startsWith("127.0.0.1 - ada \\x22 x [")
                            && lines.get(3).contains("\"WEBSOCKET "),
                    lines.get(3));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSessionIsOneLineAtItsEnd(IoPolicy io) throws Exception {
        try (WebServer server = builder(io, AccessLog.COMBINED).start(0);
                JakartaTestClient client = JakartaTestClient.open(server.port(), "/echo/blue", "User-Agent: test/1")) {
            awaitLines(1);
            assertTrue(lines.get(0).contains("\"GET /echo/blue HTTP/1.1\" 101 "), lines.get(0));
            for (int i = 0; i < 3; i++) {
                client.text("hello");
                client.readText();
            }
            client.closeFrame(1000);
            awaitLines(2);
            assertTrue(
                    lines.get(1)
                            .matches("127\\.0\\.0\\.1 - - \\[.*] \"WEBSOCKET /echo/blue HTTP/1\\.1\" 1000 3 \"-\" "
                                    + "\"test/1\" \\d+\\.\\d{3} received=3 end=PEER_CLOSED"),
                    lines.get(1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatAClientSaysCannotForgeALine(IoPolicy io) throws Exception {
        try (WebServer server = builder(io, AccessLog.COMBINED).start(0)) {
            exchange(
                    server,
                    "GET /hello/%0d%0aforged HTTP/1.1\r\nHost: localhost\r\nUser-Agent: a\" \u001b[31m\u0085 \\x");
            awaitLines(1);
            exchange(server, "GET /hello/a HTTP/1.1\r\nHost: localhost\r\nUser-Agent: b\" 200 \tc\u00e4");
            awaitLines(2);
            for (String line : lines) {
                assertTrue(line.chars().allMatch(c -> c >= ' ' && c < 0x7f), line);
            }
            assertTrue(lines.get(1).contains("\"b\\x22 200 \\x09c\\xe4\""), lines.get(1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsLoggedUnlessItIsAskedFor(IoPolicy io) throws Exception {
        try (WebServer server = WebServer.builder()
                .io(io)
                .host("127.0.0.1")
                .get("/", (request, response) -> response.getWriter().print("hello"))
                .start(0)) {
            exchange(server, "GET / HTTP/1.1\r\nHost: localhost");
            await().until(() -> server.stats().requests() == 1);
        }
        assertEquals(List.of(), lines);
    }

    @Test
    void theFormatIsOneWord() {
        assertEquals(AccessLog.JSON, AccessLog.parse(" Json "));
        assertThrows(IllegalArgumentException.class, () -> AccessLog.parse("common"));
        assertEquals("\\x00\\x7f\\u202e\\x22\\x5c", AccessLogLine.escape("\0\u007f\u202e\"\\"));
    }
}
