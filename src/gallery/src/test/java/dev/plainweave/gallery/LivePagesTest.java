package dev.plainweave.gallery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The live pages, used as a visitor uses them, in a real browser. */
@Timeout(120)
class LivePagesTest {
    private static final String CLICK = """
        const button = [...document.querySelectorAll("button")].findLast(
            (b) => b.textContent.trim() === arguments[0] && b.checkVisibility() && !b.disabled);
        button?.click();
        return button !== undefined;
        """;

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

    /** Clicks the button of that text, as soon as there is one that can be clicked. */
    private void click(String text) {
        await("a button " + text).until(() -> (boolean) browser.run(CLICK, text));
    }

    private void awaitText(String text) {
        await("the text " + text).until(() -> browser.text("main").contains(text));
    }

    /** Answers the question that is open. */
    private void answer(String text) {
        await("a question").until(() -> !browser.texts("dialog[open] input").isEmpty());
        browser.find("dialog[open] input").sendKeys(text);
        click("OK");
    }

    private void look(String name, IoPolicy io) throws IOException {
        for (int width : List.of(1440, 390)) {
            browser.screen(width, 900, width == 390, "light");
            assertEquals(
                    true,
                    browser.run("return document.documentElement.scrollWidth <= window.innerWidth"),
                    name + " at " + width);
            browser.screenshot("live-" + name + "-" + width + "-" + io);
        }
        browser.screen(1440, 900, false, "light");
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void whatATabDoesAloneAndWhatAllTabsShare(IoPolicy io) throws Exception {
        try (WebServer server = TestGallery.start(io)) {
            browser.open(server.uri() + "pages");
            String first = browser.tab();
            click("Click");
            awaitText("Clicked 1 times.");
            click("Ask me");
            answer("Ada");
            awaitText("Hello, Ada!");
            look("welcome", io);
            String before = browser.texts(".card").get(1);
            browser.openTab(server.uri() + "pages");
            click("Click for all");
            browser.switchTo(first);
            await("the other tab's click")
                    .until(() -> !browser.texts(".card").get(1).equals(before));
            assertTrue(browser.text("main").contains("Clicked 1 times."), "this tab's own is its own");
            assertEquals(List.of(), browser.complaints(text -> false));
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void aWizardGoesFromItsFirstQuestionToItsLast(IoPolicy io) throws Exception {
        try (WebServer server = TestGallery.start(io)) {
            browser.open(server.uri() + "pages/wizard");
            click("Book a table");
            click("Saturday");
            answer("a few"); // is asked again
            answer("4");
            awaitText("A table for 4 on Saturday, is that right?");
            look("wizard", io);
            click("Yes");
            awaitText("A table for 4 on Saturday.");
            click("Book a table");
            click("Cancel");
            await("no question").until(() -> browser.texts("dialog[open]").isEmpty());
            assertEquals(List.of(), browser.complaints(text -> false));
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void theDashboardGoesOnByItself(IoPolicy io) throws Exception {
        try (WebServer server = TestGallery.start(io)) {
            browser.open(server.uri() + "pages/dashboard");
            awaitText("Seen ");
            String seen = browser.text("main");
            await("a second later").until(() -> !browser.text("main").equals(seen));
            look("dashboard", io);
            browser.open(server.uri() + "source/pages/Dashboard.java");
            assertTrue(browser.text("main").contains("page.every(PERIOD"), "the very file that runs");
            assertEquals(List.of(), browser.complaints(text -> false));
        }
    }
}
