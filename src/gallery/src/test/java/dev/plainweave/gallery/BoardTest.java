package dev.plainweave.gallery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import java.net.http.HttpClient;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The board by its socket. */
@Timeout(60)
@ParameterizedClass
@EnumSource(IoPolicy.class)
class BoardTest {
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

    private TestSocket open(String path) throws Exception {
        return TestSocket.open(client, TestGallery.socket(server, path));
    }

    private static JsonNode awaitPicture(TestSocket board, Predicate<JsonNode> wanted) throws Exception {
        while (true) {
            JsonNode picture = JSON.readTree(board.receive());
            if (wanted.test(picture)) {
                return picture;
            }
        }
    }

    @Test
    void showsWhatIsOpenAndHowItEnds() throws Exception {
        try (TestSocket board = open("/live/board");
                TestSocket guest = open("/guest")) {
            guest.send("hello");
            assertEquals("hello", guest.receive());
            JsonNode both =
                    awaitPicture(board, picture -> picture.path("sessions").asInt() == 2);
            assertEquals(1, both.get("openOn").get("/guest").asInt());
            assertTrue(both.get("connections").asInt() >= 2, both::toString);
            guest.close(4321);
            JsonNode ends =
                    awaitPicture(board, picture -> picture.path("latest").size() == 1);
            JsonNode end = ends.get("latest").get(0);
            assertEquals("/guest", end.get("route").asText());
            assertEquals("PEER_CLOSED", end.get("reason").asText());
            assertEquals(4321, end.get("code").asInt());
            assertEquals("READ", end.get("operation").asText());
            JsonNode after =
                    awaitPicture(board, picture -> picture.path("ended").asInt() == 1);
            assertEquals(1, after.get("endedBy").get("PEER_CLOSED").asInt());
            assertEquals(0, after.get("openOn").get("/guest").asInt());
        }
    }

    @Test
    void whoComesLaterSeesWhatHasEndedBefore() throws Exception {
        try (TestSocket guest = open("/guest")) {
            guest.close(1000);
            assertEquals(1000, guest.closeCode());
        }
        try (TestSocket board = open("/live/board")) {
            awaitPicture(board, picture -> picture.path("latest").size() == 1);
        }
    }

    @Test
    void theListIsBounded() throws Exception {
        try (TestSocket board = open("/live/board")) {
            for (int visit = 0; visit < 70; visit++) {
                try (TestSocket guest = open("/guest")) {
                    guest.close(1000);
                    guest.closeCode();
                }
            }
            JsonNode ends = awaitPicture(
                    board,
                    picture -> picture.path("latest").path(0).path("number").asInt() == 70);
            assertEquals(60, ends.get("latest").size());
            assertEquals(11, ends.get("latest").get(59).get("number").asInt());
        }
    }
}
