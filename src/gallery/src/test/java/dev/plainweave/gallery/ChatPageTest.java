package dev.plainweave.gallery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.Keys;

/** The chat page in a real browser, over what the server really serves. */
class ChatPageTest {
    private Browser browser;

    @BeforeEach
    void openBrowser() throws Exception {
        browser = Browser.start();
    }

    @AfterEach
    void closeBrowser() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void twoPagesTalk(IoPolicy io) throws Exception {
        try (WebServer server = TestGallery.start(io)) {
            browser.open(server.uri() + "chat");
            String adas = browser.tab();
            browser.screen(1440, 900, false, "light");
            browser.screenshot("welcome-1440-" + io);
            joinByKeyboard("Ada");
            say("Is anybody here?");
            String bens = browser.openTab(server.uri() + "chat");
            joinByKeyboard("Ben");
            awaitLine("Is anybody here?");
            say("Yes: <b>me</b> & my thread");
            awaitLine("Yes: <b>me</b> & my thread");
            browser.switchTo(adas);
            awaitLine("Yes: <b>me</b> & my thread");
            say("Good. The loom is up, a thread each.\nNobody waits for anybody.");
            awaitPeople("2 people");
            for (String scheme : List.of("light", "dark")) {
                browser.screen(1440, 900, false, scheme);
                noScrollbarAcross();
                browser.screenshot("chat-1440-" + scheme + "-" + io);
                browser.screen(390, 844, true, scheme);
                noScrollbarAcross();
                browser.screenshot("chat-390-" + scheme + "-" + io);
            }

            browser.switchTo(bens);
            browser.closeTab();
            browser.switchTo(adas);
            awaitPeople("1 person");
            String left = browser.texts("#log .left").getFirst();
            assertTrue(left.contains("Ben left after") && left.contains("PEER_CLOSED 1001"), left);
            browser.screen(1440, 900, false, "light");
            browser.screenshot("left-1440-" + io);
            assertEquals(List.of(), browser.complaints(text -> false));
        }
    }

    @Test
    void saysWhyPeopleLeft() throws Exception {
        try (WebServer server = TestGallery.start(IoPolicy.BLOCKING)) {
            browser.screen(1440, 900, false, "light");
            browser.open(server.uri() + "chat");
            joinByKeyboard("Ada");
            RawVisitor ben = new RawVisitor(server.port(), "Ben");
            ben.say("My train is about to enter a tunnel");
            awaitLine("My train is about to enter a tunnel");
            RawVisitor cleo = new RawVisitor(server.port(), "Cleo");
            awaitPeople("3 people");
            say("We will know when you are gone.");
            ben.reset();
            awaitLeft("connection was reset RESET 1006");
            cleo.say("Closing the lid. See you tomorrow!");
            awaitLine("Closing the lid. See you tomorrow!");
            cleo.frame(0x88, new byte[] {0x03, (byte) 0xE9});
            awaitLeft("closed the page PEER_CLOSED 1001");
            RawVisitor dora = new RawVisitor(server.port(), "Dora");
            dora.say("Hello from a script");
            awaitLine("Hello from a script");
            dora.hangUp();
            awaitLeft("hung up without a goodbye EOF 1006");
            RawVisitor emil = new RawVisitor(server.port(), "Emil");
            emil.say("What happens if I send nonsense?");
            awaitLine("What happens if I send nonsense?");
            emil.frame(0x83, new byte[0]);
            awaitLeft("broke the protocol PROTOCOL_ERROR 1002");
            say("And the rest of us did not notice a thing.");
            awaitLine("And the rest of us did not notice a thing.");
            browser.screenshot("reasons-1440-light");
            browser.screen(390, 844, true, "dark");
            noScrollbarAcross();
            browser.screenshot("reasons-390-dark");
            assertEquals(List.of(), browser.complaints(text -> false));
        }
    }

    @Test
    void reconnectsByItself() throws Exception {
        WebServer first = TestGallery.start(IoPolicy.BLOCKING);
        int port = first.port();
        browser.open(first.uri() + "chat");
        joinByKeyboard("Ada");
        first.stop(Duration.ofSeconds(1));
        // Seen together, for it may be trying again just now; the pauses between two attempts grow.
        await().until(() -> browser.text("#state").startsWith("Reconnecting")
                && browser.find("#retry").isDisplayed()
                && !browser.find("#send").isEnabled());
        browser.screen(1440, 900, false, "light");
        browser.screenshot("reconnecting");
        try (WebServer second = TestGallery.start(IoPolicy.BLOCKING, port)) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> browser.text("#state").equals("Connected"));
            assertEquals(1, second.stats().sessions().opened());
            say("Back again");
            awaitLine("Back again");
        }
        assertEquals(List.of(), browser.complaints(text -> text.contains("ERR_CONNECTION_REFUSED")));
    }

    @Test
    void roomsAreApartAndNamesAreChanged() throws Exception {
        try (WebServer server = TestGallery.start(IoPolicy.BLOCKING)) {
            browser.open(server.uri() + "chat");
            joinByKeyboard("Ada");
            say("in the lobby");
            awaitLine("in the lobby");
            browser.find("#other-room").click();
            browser.screen(390, 844, true, "light");
            browser.screenshot("rooms");
            browser.focused().sendKeys("weber-stube", Keys.ENTER);
            await().until(() -> browser.text("#room").equals("weber-stube"));
            await().until(() -> browser.texts("#log .said").isEmpty());
            await().until(() -> browser.text("#state").equals("Connected"));
            browser.find("#rename").click();
            browser.focused().sendKeys(Keys.chord(Keys.CONTROL, "a"), "Ada Lovelace", Keys.ENTER);
            await().until(() -> browser.text("#rename").equals("Ada Lovelace"));
            assertEquals("text", browser.focused().getAttribute("id"));
            await().until(() -> browser.texts("#log .renamed").size() == 1);
            browser.open(server.uri() + "chat#no%20such%20room");
            await().until(() -> browser.text("#state").equals("Closed"));
            assertTrue(browser.text("#problem").contains("letters"), browser.text("#problem"));
            assertEquals(List.of(), browser.complaints(text -> false));
        }
    }

    /** The name field has the focus when the page opens; afterwards the message field has it. */
    private void joinByKeyboard(String name) {
        assertEquals("name", browser.focused().getAttribute("id"));
        browser.focused().sendKeys(Keys.chord(Keys.CONTROL, "a"), name, Keys.ENTER);
        await().until(() -> browser.text("#state").equals("Connected"));
        assertEquals("text", browser.focused().getAttribute("id"));
    }

    private void say(String text) {
        browser.find("#text").sendKeys(text.replace("\n", Keys.chord(Keys.SHIFT, Keys.ENTER)), Keys.ENTER);
    }

    private void awaitLine(String text) {
        await().until(() -> browser.texts("#log .text").contains(text));
    }

    private void awaitLeft(String end) {
        await().until(() -> browser.texts("#log .left").stream().anyMatch(line -> line.contains(end)));
    }

    private void awaitPeople(String count) {
        await().until(() -> browser.text("#count").equals(count));
    }

    private void noScrollbarAcross() {
        Object over = browser.run("return document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertEquals(0L, over);
    }
}
