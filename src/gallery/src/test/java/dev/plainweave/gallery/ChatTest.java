package dev.plainweave.gallery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import java.net.http.HttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(IoPolicy.class)
class ChatTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Parameter
    IoPolicy io;

    private final HttpClient client = HttpClient.newHttpClient();
    private WebServer server;

    @BeforeEach
    void start() throws UsageException {
        server = TestGallery.start(io);
    }

    @AfterEach
    void stop() {
        client.shutdownNow();
        server.close();
    }

    private TestSocket enter(String path) throws Exception {
        return TestSocket.open(client, TestGallery.socket(server, path));
    }

    private static JsonNode next(TestSocket socket, String type) throws Exception {
        JsonNode event = JSON.readTree(socket.receive());
        assertEquals(type, event.get("type").asText(), event::toString);
        return event;
    }

    @Test
    void everybodyHearsWhoComesSpeaksAndLeaves() throws Exception {
        try (TestSocket ada = enter("/chat/lobby?name=Ada");
                TestSocket ben = enter("/chat/lobby?name=Ben")) {
            JsonNode welcome = next(ada, "welcome");
            assertEquals("lobby", welcome.get("room").asText());
            assertEquals("Ada", welcome.get("people").get(0).get("name").asText());
            assertEquals("Ben", next(ada, "joined").get("name").asText());
            assertEquals(2, next(ben, "welcome").get("people").size());

            ada.send("{\"type\":\"say\",\"text\":\" warp \\u202e& weft\\u0000 \"}");
            assertEquals("warp & weft", next(ada, "said").get("text").asText());
            assertEquals("Ada", next(ben, "said").get("name").asText());
            ben.send("{\"type\":\"rename\",\"name\":\"Ada\"}");
            assertEquals("Ada 2", next(ada, "renamed").get("name").asText());

            ben.close(3001);
            JsonNode left = next(ada, "left");
            assertEquals("Ada 2", left.get("name").asText());
            assertEquals("PEER_CLOSED", left.get("reason").asText());
            assertEquals(3001, left.get("code").asInt());
        }
    }

    @Test
    void aVisitorWhoVanishesIsMissedWithTheReason() throws Exception {
        try (TestSocket ada = enter("/chat/lobby?name=Ada")) {
            next(ada, "welcome");
            try (TestSocket ben = enter("/chat/lobby?name=Ben")) {
                next(ben, "welcome");
                next(ada, "joined");
            }
            String reason = next(ada, "left").get("reason").asText();
            assertTrue(reason.equals("EOF") || reason.equals("RESET"), reason);
        }
    }

    @Test
    void whoComesLaterReadsTheLastFiftyLines() throws Exception {
        try (TestSocket ada = enter("/chat/loom?name=Ada")) {
            next(ada, "welcome");
            for (int line = 1; line <= 55; line++) {
                ada.send("{\"type\":\"say\",\"text\":\"" + line + "\"}");
                next(ada, "said");
            }
            try (TestSocket ben = enter("/chat/loom?name=Ben")) {
                JsonNode said = next(ben, "welcome").get("history");
                assertEquals(50, said.findValues("text").size());
                assertEquals("6", said.findValues("text").getFirst().asText());
            }
            try (TestSocket elsewhere = enter("/chat/other?name=Cleo")) {
                assertEquals(
                        0,
                        next(elsewhere, "welcome")
                                .get("history")
                                .findValues("text")
                                .size());
            }
        }
    }

    @Test
    void nonsenseIsAnsweredAndTheVisitorStays() throws Exception {
        try (TestSocket ada = enter("/chat/lobby")) {
            assertEquals(
                    "Visitor",
                    next(ada, "welcome").get("people").get(0).get("name").asText());
            for (String nonsense : new String[] {"", "null", "{}", "{\"type\":\"say\"}", "{\"type\":\"x\"}", "[1"}) {
                ada.send(nonsense);
                next(ada, "problem");
            }
            ada.send(new byte[] {1});
            next(ada, "problem");
            ada.send("{\"type\":\"say\",\"text\":\"" + "x".repeat(3000) + "\"}");
            assertEquals(2000, next(ada, "said").get("text").asText().length());
        }
    }

    @Test
    void aRoomNeedsAProperName() throws Exception {
        try (TestSocket socket = enter("/chat/no%20name")) {
            assertEquals(4000, socket.closeCode());
        }
    }
}
