package dev.plainweave.gallery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import dev.plainweave.websocket.End;
import java.net.http.HttpClient;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Storms by their socket: what the server does, and what it refuses. */
@Timeout(60)
@ParameterizedClass
@EnumSource(IoPolicy.class)
class StormTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Parameter
    IoPolicy io;

    private final HttpClient client = HttpClient.newHttpClient();
    private WebServer server;

    @AfterEach
    void stop() {
        client.shutdownNow();
        server.close();
    }

    private TestSocket visit() throws Exception {
        return TestSocket.open(client, TestGallery.socket(server, "/live/storm"));
    }

    /** The next message of that type. */
    private static JsonNode next(TestSocket visitor, String type) throws Exception {
        while (true) {
            JsonNode event = JSON.readTree(visitor.receive());
            if (event.get("type").asText().equals(type)) {
                return event;
            }
        }
    }

    /** What the next second says, once no storm client is at work any more. */
    private static JsonNode calm(TestSocket visitor) throws Exception {
        while (true) {
            JsonNode second = next(visitor, "second");
            if (second.get("clients").asInt() == 0) {
                return second;
            }
        }
    }

    private End.Reason expected(End.Reason onBlocking) {
        return io == IoPolicy.SELECTOR && onBlocking == End.Reason.RESET ? End.Reason.EOF : onBlocking;
    }

    @ParameterizedTest
    @CsvSource({"reset,RESET", "half-close,EOF", "stall,READ_TIMEOUT", "flood,WRITE_TIMEOUT"})
    void everyClientEndsForItsReasonAndTheNeighboursLoseNothing(String fault, End.Reason reason) throws Exception {
        server = TestGallery.start(io);
        try (TestSocket visitor = visit()) {
            assertTrue(next(visitor, "rules").get("allowed").asBoolean());
            visitor.send("{\"fault\":\"" + fault + "\",\"clients\":20}");
            assertEquals(20, next(visitor, "unleashed").get("clients").asInt());
            await().atMost(Duration.ofSeconds(15))
                    .until(() -> server.stats().sessions().ended(expected(reason)) == 20);
            JsonNode after = calm(visitor);
            assertEquals(0, after.get("lost").asLong(), after::toString);
            assertTrue(after.get("allEchoes").asLong() > 0, after::toString);
            assertTrue(next(visitor, "second").get("echoes").asInt() > 0, "the neighbours go on");
            assertEquals(20, server.stats().sessions().ended());
            assertEquals(0, server.stats().sessions().handlerFailures());
        }
    }

    @Test
    void theLimitHoldsAcrossVisitors() throws Exception {
        server = TestGallery.start(io);
        try (TestSocket ada = visit();
                TestSocket ben = visit()) {
            next(ben, "second"); // is told to those who have come
            ada.send("{\"fault\":\"stall\",\"clients\":40}");
            assertEquals(40, next(ben, "unleashed").get("clients").asInt());
            ben.send("{\"fault\":\"stall\",\"clients\":11}");
            String why = next(ben, "refused").get("why").asText();
            assertTrue(why.contains("There are 40 storm clients now, and 50 are the most at once"), why);
            ben.send("{\"fault\":\"stall\",\"clients\":10}");
            assertEquals(10, next(ben, "unleashed").get("clients").asInt());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"fault":"reset","clients":0}  | From 1 to 50 clients can be sent at once.
        {"fault":"reset","clients":51} | From 1 to 50 clients can be sent at once.
        {"fault":"melt","clients":1}   | There is no such fault; expected reset, stall, flood or half-close.
        {"fault":"reset"}              | Not understood; expected {"fault":"reset","clients":20}.
        null                           | Not understood; expected {"fault":"reset","clients":20}.
        storm!                         | Not understood; expected {"fault":"reset","clients":20}.
        """)
    void badOrdersAreRefusedClearly(String order, String why) throws Exception {
        server = TestGallery.start(io);
        try (TestSocket visitor = visit()) {
            visitor.send(order);
            assertEquals(why, next(visitor, "refused").get("why").asText());
            visitor.send("{\"fault\":\"reset\",\"clients\":1}");
            assertEquals(1, next(visitor, "unleashed").get("clients").asInt());
        }
    }

    @Test
    void noStormsForOtherMachines() throws Exception {
        server = TestGallery.start(io, "0.0.0.0", false);
        try (TestSocket visitor = visit()) {
            JsonNode rules = next(visitor, "rules");
            assertTrue(!rules.get("allowed").asBoolean());
            assertTrue(rules.get("why").asText().contains("--demo"), rules::toString);
            visitor.send("{\"fault\":\"reset\",\"clients\":1}");
            assertEquals(
                    rules.get("why").asText(),
                    next(visitor, "refused").get("why").asText());
            assertTrue(next(visitor, "second").get("clients").asInt() == 0);
        }
    }

    @Test
    void exceptWithDemo() throws Exception {
        server = TestGallery.start(io, "0.0.0.0", true);
        try (TestSocket visitor = visit()) {
            assertTrue(next(visitor, "rules").get("allowed").asBoolean());
            visitor.send("{\"fault\":\"reset\",\"clients\":1}");
            assertEquals(1, next(visitor, "unleashed").get("clients").asInt());
        }
    }

    @Test
    void pagesOfOtherSitesGiveNoOrders() throws Exception {
        server = TestGallery.start(io);
        ExecutionException refused = Assertions.assertThrows(
                ExecutionException.class,
                () -> client.newWebSocketBuilder()
                        .header("Origin", "https://elsewhere.example")
                        .buildAsync(TestGallery.socket(server, "/live/storm"), new TestSocket())
                        .get());
        WebSocketHandshakeException answer =
                Assertions.assertInstanceOf(WebSocketHandshakeException.class, refused.getCause());
        assertEquals(403, answer.getResponse().statusCode());
    }

    @Test
    void theNeighboursStayOnlyWhileSomebodyWatches() throws Exception {
        server = TestGallery.start(io);
        for (int visit = 1; visit <= 2; visit++) {
            try (TestSocket visitor = visit()) {
                next(visitor, "second");
                await().until(() -> server.stats().sessions().openNow() == 9);
                visitor.close(1000);
            }
            await().until(() -> server.stats().sessions().openNow() == 0);
        }
        assertEquals(18, server.stats().sessions().ended(End.Reason.PEER_CLOSED));
    }
}
