package dev.plainweave.gallery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import dev.plainweave.ui.test.User;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The chat, by those who are in it. */
@Timeout(60)
@ParameterizedClass
@EnumSource(IoPolicy.class)
class ChatTest {
    @Parameter
    IoPolicy io;

    private WebServer server;

    @BeforeEach
    void start() throws UsageException {
        server = TestGallery.start(io);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private User enter(String path, String name) {
        User user = new User(server);
        user.open(path);
        user.find("Your name").type(name).enter();
        user.shouldSee("Writing as " + name);
        return user;
    }

    private static void say(User user, String as, String text) {
        user.find("Writing as " + as).type(text).enter();
    }

    @Test
    void everybodyHearsWhoComesSpeaksAndLeaves() {
        try (User ada = enter("/chat", "Ada")) {
            ada.shouldSee("1 person");
            try (User ben = enter("/chat/lobby", "Ben")) {
                ada.shouldSee("2 people");
                say(ada, "Ada", " warp \u202e& <b>weft</b>\u0000 ");
                ben.shouldSee("warp & <b>weft</b>");
                ada.shouldSee("warp & <b>weft</b>");
                assertEquals("", ada.find("Writing as Ada").text());
                ben.find("Rename").click();
                ben.find("Your name from now on").type("Ada");
                ben.find("OK").click();
                ada.shouldSee("is now Ada 2");
                ben.shouldSee("Writing as Ada 2");
            }
            ada.patience(Duration.ofSeconds(12)).shouldSee("closed the page");
            ada.shouldSee("LEFT");
            ada.shouldSee("1 person");
        }
    }

    @Test
    void whoLosesTheConnectionForAWhileIsStillThere() {
        try (User ada = enter("/chat", "Ada");
                User ben = enter("/chat", "Ben")) {
            ben.disconnect();
            say(ada, "Ada", "are you there?");
            say(ben, "Ben", "typed in a tunnel");
            ada.shouldSee("are you there?");
            assertFalse(ada.toString().contains("typed in a tunnel"));
            ben.reconnect();
            ben.shouldSee("are you there?");
            ada.shouldSee("typed in a tunnel");
            ada.shouldSee("2 people");
            assertFalse(ada.toString().contains("left after"), ada::toString);
        }
    }

    @Test
    void whoComesLaterReadsTheLastFiftyLines() {
        try (User ada = enter("/chat/loom", "Ada")) {
            for (int line = 1; line <= 55; line++) {
                say(ada, "Ada", "line no. " + line + ".");
            }
            ada.patience(Duration.ofSeconds(20)).settle();
            try (User ben = new User(server).open("/chat/loom");
                    User elsewhere = new User(server).open("/chat/other")) {
                ben.shouldSee("line no. 55.");
                ben.shouldSee("line no. 6.");
                assertFalse(ben.toString().contains("line no. 5."), ben::toString);
                elsewhere.shouldSee("Pull up a thread.");
            }
        }
    }

    @Test
    void aLineIsNotLongerThanItMayBeAndANameIsNeverEmpty() {
        try (User ada = enter("/chat", "Visitor")) {
            say(ada, "Visitor", "x".repeat(2100));
            ada.settle();
            ada.shouldSee("x".repeat(2000));
            assertFalse(ada.toString().contains("x".repeat(2001)));
        }
        try (User nobody = new User(server).open("/chat/elsewhere")) {
            nobody.find("Join").click();
            nobody.shouldSee("Writing as Visitor");
        }
    }

    @Test
    void roomsAreApart() {
        try (User ada = enter("/chat", "Ada")) {
            ada.find("Change room").click();
            ada.find("Name of the room: letters, digits, - and _. A new name makes a new room.")
                    .type("no such room");
            ada.find("OK").click();
            ada.shouldSee("1 to 32 letters");
            ada.find("Change room").click();
            ada.find("Name of the room: letters, digits, - and _. A new name makes a new room.")
                    .type("weber-stube");
            ada.find("OK").click();
            org.awaitility.Awaitility.await().until(() -> ada.wentTo().equals("/chat/weber-stube"));
        }
        try (User nobody = new User(server)) {
            assertEquals(404, nobody.visit("/chat/no%20name").status());
            assertTrue(nobody.html().contains("1 to 32 letters"), nobody.html());
        }
    }
}
