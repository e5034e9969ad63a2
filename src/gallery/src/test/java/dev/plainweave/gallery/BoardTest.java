package dev.plainweave.gallery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import dev.plainweave.ui.test.User;
import java.net.http.HttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The board, as somebody sees it who looks at it. */
@Timeout(60)
@ParameterizedClass
@EnumSource(IoPolicy.class)
class BoardTest {
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

    private TestSocket guest() throws Exception {
        return TestSocket.open(client, TestGallery.socket(server, "/guest"));
    }

    @Test
    void showsWhatIsOpenAndHowItEnds() throws Exception {
        try (User user = new User(server);
                TestSocket guest = guest()) {
            user.open("/board");
            user.shouldSee("Nothing has ended yet.");
            guest.send("hello");
            assertEquals("hello", guest.receive());
            user.shouldSee("/guest");
            guest.close(4321);
            user.shouldSee("PEER_CLOSED 4321");
            user.shouldSee("said goodbye, met by read");
            user.shouldSee("1 × PEER_CLOSED");
            user.shouldNotSee("Nothing has ended yet.");
        }
    }

    @Test
    void whoComesLaterSeesWhatHasEndedBefore() throws Exception {
        try (TestSocket guest = guest()) {
            guest.close(1000);
            assertEquals(1000, guest.closeCode());
        }
        await().until(() -> server.stats().sessions().ended() == 1);
        try (User user = new User(server)) {
            user.open("/board");
            user.shouldSee("PEER_CLOSED 1000");
        }
    }

    @Test
    void aTabThatIsClosedIsToldOfToo() {
        try (User watcher = new User(server);
                User visitor = new User(server)) {
            watcher.open("/board");
            visitor.open("/elements/button");
            visitor.leave();
            watcher.shouldSee("/elements/{name}");
            watcher.patience(java.time.Duration.ofSeconds(12)).shouldSee("LEFT");
            watcher.shouldSee("closed the page");
        }
    }

    @Test
    void theListIsBounded() throws Exception {
        try (User user = new User(server)) {
            user.open("/board");
            for (int visit = 0; visit < 70; visit++) {
                try (TestSocket guest = guest()) {
                    guest.close(4000 + visit);
                    guest.closeCode();
                }
            }
            user.shouldSee("PEER_CLOSED 4069");
            user.shouldSee("60 × PEER_CLOSED");
            user.shouldSee("PEER_CLOSED 4010");
            assertFalse(user.toString().contains("PEER_CLOSED 4009"), user::toString);
        }
    }
}
