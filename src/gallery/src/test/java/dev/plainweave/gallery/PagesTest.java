package dev.plainweave.gallery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** The live pages in a real browser, over what the server really serves. The chat has a test of its own. */
class PagesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

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
    @ValueSource(strings = {"", "chat", "board", "storm", "sleep", "source/storm/Storm.java"})
    void everyPageFitsEveryScreenAndComplainsOfNothing(String path) throws Exception {
        try (WebServer server = TestGallery.start(IoPolicy.BLOCKING)) {
            for (String scheme : List.of("light", "dark")) {
                for (int width : List.of(1440, 390)) {
                    browser.screen(width, width == 1440 ? 900 : 844, width == 390, scheme);
                    browser.open(server.uri() + path);
                    if (!path.equals("chat") && !path.startsWith("source")) {
                        awaitLive();
                    }
                    assertEquals(List.of(), wide(), "nothing is wider than the window of " + width);
                    assertEquals(List.of(), unnamed(), "what can be operated has a name");
                    String name = path.isEmpty() ? "home" : path.replaceAll("\\W", "-");
                    browser.fullScreenshot(name + "-" + width + "-" + scheme);
                }
            }
            assertEquals(List.of(), browser.complaints(text -> false));
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void aStormIsSeenOnTheBoardAndNotByTheNeighbours(IoPolicy io) throws Exception {
        try (WebServer server = TestGallery.start(io)) {
            browser.screen(1440, 1100, false, "light");
            browser.open(server.uri() + "storm");
            awaitLive();
            await().atMost(PATIENCE).until(() -> points() > 2);
            browser.find("[data-fault=reset]").click();
            await().atMost(PATIENCE)
                    .until(() -> browser.texts("#chart .mark-text").contains("20 × reset"));
            String reason = io == IoPolicy.BLOCKING ? "RESET" : "EOF";
            await().atMost(PATIENCE).until(() -> browser.texts("#tally .chip"), List.of("20 × " + reason)::equals);
            assertEquals(20, browser.texts("#ends .chip").size());
            int then = points();
            await().atMost(PATIENCE).until(() -> points() > then + 2);
            assertEquals("0", browser.text("#lost"));
            assertTrue(Integer.parseInt(browser.text("#echoes").replace(",", "")) > 0);
            browser.open(server.uri() + "board");
            await().atMost(PATIENCE).until(() -> browser.texts("#reasons li").contains(reason + "20"));
            assertTrue(browser.texts("#ends .chip").contains(reason + " 1006"));
            assertEquals(List.of(), browser.complaints(text -> false));
        }
    }

    @Test
    void theStormIsMadeByKeyboardToo() throws Exception {
        try (WebServer server = TestGallery.start(IoPolicy.BLOCKING)) {
            browser.open(server.uri() + "storm");
            awaitLive();
            tabTo("many");
            browser.focused().sendKeys(Keys.ARROW_LEFT); // from 20 to 5
            tabTo("half-close");
            assertTrue(focusIsVisible());
            browser.focused().sendKeys(Keys.SPACE);
            await().atMost(PATIENCE).until(() -> browser.texts("#tally .chip"), List.of("5 × EOF")::equals);
            assertEquals(List.of(), browser.complaints(text -> false));
        }
    }

    @Test
    void whatIsRefusedIsSaid() throws Exception {
        try (WebServer server = TestGallery.start(IoPolicy.BLOCKING)) {
            browser.open(server.uri() + "storm");
            awaitLive();
            browser.run("document.querySelector('[value=\"50\"]').click()");
            browser.find("[data-fault=stall]").click();
            await().atMost(PATIENCE).until(() -> browser.text("#clients").startsWith("50 of 50"));
            browser.find("[data-fault=reset]").click();
            await().atMost(PATIENCE).until(() -> browser.text("#refused").contains("50 are the most at once"));
            await().atMost(PATIENCE).until(() -> browser.texts("#tally .chip"), List.of("50 × READ_TIMEOUT")::equals);
            browser.screenshot("refused-1440");
            assertEquals("0", browser.text("#lost"));
            assertEquals(List.of(), browser.complaints(text -> false));
        }
    }

    @Test
    void withoutDemoOthersSeeWhyThereAreNoStorms() throws Exception {
        try (WebServer server = TestGallery.start(IoPolicy.BLOCKING, "0.0.0.0", false)) {
            browser.screen(390, 844, true, "light");
            browser.open(server.uri() + "storm");
            awaitLive();
            await().until(() -> browser.text("#closed").contains("--demo"));
            assertFalse(browser.find("[data-fault=reset]").isEnabled());
            browser.screenshot("closed-390");
            assertEquals(List.of(), browser.complaints(text -> false));
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void sleepersSleepAndTheNeighboursGoOn(IoPolicy io) throws Exception {
        try (WebServer server = TestGallery.start(io)) {
            browser.screen(1440, 900, false, "light");
            browser.open(server.uri() + "sleep");
            awaitLive();
            browser.find("#start").sendKeys(Keys.ENTER);
            browser.find("#start").sendKeys(Keys.ENTER);
            await().until(() -> browser.text("#count").equals("2 handlers"));
            await().atMost(PATIENCE).until(() -> echoesWhileAsleep() > 300);
            browser.screenshot("asleep-1440-" + io);
            await().atMost(PATIENCE)
                    .until(() -> browser.texts("#sleepers .done").size() == 2);
            assertTrue(browser.texts("#sleepers .done").getFirst().contains("slept 10000 ms"));
            assertEquals("0", browser.text("#lost"));
            assertEquals("nobody", browser.text("#count"));
            assertEquals(List.of(), browser.complaints(text -> false));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "board", "storm"})
    void aPageComesBackWhenTheServerDoes(String path) throws Exception {
        WebServer first = TestGallery.start(IoPolicy.BLOCKING);
        int port = first.port();
        browser.screen(1440, 900, false, "light");
        browser.open(first.uri() + path);
        awaitLive();
        first.stop(Duration.ofSeconds(1));
        await().atMost(PATIENCE).until(() -> browser.text("#state").startsWith("Reconnecting in"));
        assertTrue(browser.find("#retry").isDisplayed());
        browser.screenshot("reconnecting-" + (path.isEmpty() ? "home" : path));
        try (WebServer second = TestGallery.start(IoPolicy.BLOCKING, port)) {
            awaitLive();
            assertFalse(browser.find("#retry").isDisplayed());
            assertTrue(second.stats().sessions().opened() > 0);
            if (path.equals("storm")) {
                browser.find("[data-fault=reset]").click();
                await().atMost(PATIENCE).until(() -> browser.texts("#tally .chip"), List.of("20 × RESET")::equals);
            }
        }
        assertEquals(List.of(), browser.complaints(text -> text.contains("ERR_CONNECTION_REFUSED")));
    }

    @Test
    void nothingMovesForThoseWhoDoNotWantIt() throws Exception {
        try (WebServer server = TestGallery.start(IoPolicy.BLOCKING)) {
            browser.reducedMotion();
            for (String path : List.of("", "storm", "sleep")) {
                browser.open(server.uri() + path);
                assertEquals(0L, browser.run("return document.getAnimations().length"), path);
            }
        }
    }

    private void awaitLive() {
        await().atMost(PATIENCE).until(() -> browser.text("#state").equals("Live"));
    }

    /** Points of the line of the 99th percentile. */
    private int points() {
        return ((Number) browser.run("return (document.querySelector('#chart .line.p99')?.getAttribute('d')"
                        + " ?? '').split('L').length"))
                .intValue();
    }

    private int echoesWhileAsleep() {
        return Integer.parseInt(browser.text("#echoes").replace(",", ""));
    }

    /** Presses Tab until the radio group or button of that name has the focus. */
    private void tabTo(String name) {
        Set<String> seen = new TreeSet<>();
        for (int press = 0; press < 60; press++) {
            browser.focused().sendKeys(Keys.TAB);
            String at = String.valueOf(browser.run(
                    "const e = document.activeElement; return e.name || e.dataset.fault || e.textContent.trim()"));
            seen.add(at);
            if (at.equals(name)) {
                return;
            }
        }
        throw new AssertionError("Tab does not lead to " + name + ", but to " + seen);
    }

    private boolean focusIsVisible() {
        return (Boolean) browser.run("const e = document.activeElement; const s = getComputedStyle(e);"
                + "return e.matches(':focus-visible') && s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2");
    }

    /** What sticks out of the window, if the window can be scrolled across. */
    @SuppressWarnings("unchecked")
    private List<String> wide() {
        return (List<String>) browser.run("const d = document.documentElement;if (d.scrollWidth <= d.clientWidth)"
            + " return [];return [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right"
            + " > d.clientWidth + 1).map(e => e.tagName + '.' + e.className)");
    }

    /** Buttons, links and fields without a name that a screen reader could say. */
    @SuppressWarnings("unchecked")
    private List<String> unnamed() {
        return (List<String>)
                browser.run("return [...document.querySelectorAll('a, button, input, textarea, [tabindex=\"0\"]')]"
                        + ".filter(e => !(e.textContent.trim() || e.ariaLabel || e.labels?.length || e.title))"
                        + ".map(e => e.outerHTML.slice(0, 80))");
    }
}
