package dev.plainweave.gallery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.openqa.selenium.Keys;

/**
 * What only a real browser can tell of the pages; whatever its console complains of fails the test. With {@code
 * -Dscreenshots=true} it takes pictures of all of them, at both widths and in both themes.
 */
class PagesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int WIDE = 1280;
    private static final int NARROW = 400;

    private static Browser browser;
    private WebServer server;

    @BeforeAll
    static void openBrowser() throws Exception {
        browser = Browser.start();
    }

    @AfterAll
    static void closeBrowser() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void start() throws UsageException {
        server = TestGallery.start(IoPolicy.BLOCKING);
        browser.screen(WIDE, 900, false, "light");
    }

    @AfterEach
    void stop() {
        browser.open("about:blank"); // or its page would look for the server that has gone
        server.close();
    }

    private void open(String path) {
        browser.open(server.uri() + path);
        awaitLive();
    }

    private static void awaitLive() {
        await("a live page").atMost(PATIENCE).until(() -> state().equals("live"));
    }

    private static String state() {
        return String.valueOf(browser.run("return document.body.dataset.state"));
    }

    private static void awaitText(String text) {
        await(text).atMost(PATIENCE).until(() -> browser.text("main").contains(text));
    }

    private static void click(String button) {
        await(button).until(() -> browser.clickButton(button));
    }

    private static void assertNoComplaints() {
        assertEquals(List.of(), browser.complaints(text -> false));
    }

    @TestFactory
    Stream<DynamicTest> everyPageFitsEveryScreenInBothThemesAndComplainsOfNothing() {
        browser.open(server.uri() + "elements");
        List<String> examples = browser.hrefs(".tile");
        Stream<String> others = Stream.of(
                "",
                "elements",
                "wizard",
                "dashboard",
                "chat",
                "storm",
                "sleep",
                "board",
                "login",
                "source/storm/Storm.java");
        return Stream.concat(others, examples.stream().map(path -> path.substring(1)))
                .map(path -> DynamicTest.dynamicTest("/" + path, () -> fits(path)));
    }

    private void fits(String path) throws Exception {
        browser.screen(WIDE, 900, false, "light");
        open(path);
        for (int width : List.of(WIDE, NARROW)) {
            for (String scheme : List.of("light", "dark")) {
                browser.screen(width, 900, width == NARROW, scheme);
                await(scheme)
                        .until(() -> scheme.equals(browser.run("return document.documentElement.dataset.bsTheme")));
                assertEquals(List.of(), wide(), "nothing is wider than the window of " + width);
                assertEquals(List.of(), unnamed(), "what can be operated has a name");
                if (Boolean.getBoolean("screenshots")) {
                    String name = path.isEmpty() ? "home" : path.replaceAll("\\W", "-");
                    browser.fullScreenshot(name + "-" + width + "-" + scheme);
                }
            }
        }
        assertNoComplaints();
    }

    /** Whatever reaches beyond the window, but for what scrolls by itself. */
    private static List<String> wide() {
        return browser.strings("""
            return [...document.querySelectorAll('main *')].filter(element => {
              for (let box = element.parentElement; box; box = box.parentElement) {
                if (['auto', 'scroll', 'hidden'].includes(getComputedStyle(box).overflowX)) return false
              }
              return element.getBoundingClientRect().right > innerWidth + 1
            }).map(element => element.tagName + '.' + element.className)\
            """);
    }

    private static List<String> unnamed() {
        return browser.strings("""
            return [...document.querySelectorAll('main :is(a, button, input, textarea, select)')]
              .filter(e => !(e.textContent.trim() || e.getAttribute('aria-label') || e.labels?.length))
              .map(e => e.outerHTML)\
            """);
    }

    @Test
    void aStormIsOnTheChartAndIsMadeByKeyboardToo() {
        open("storm");
        await().atMost(PATIENCE).until(() -> !browser.texts(".chart .line").isEmpty());
        browser.focusButton("20");
        browser.focused().sendKeys(Keys.chord(Keys.SHIFT, Keys.TAB));
        assertEquals("5", browser.focused().getText());
        assertTrue(
                (Boolean) browser.run("return document.activeElement.matches(':focus-visible')"), "it is to be seen");
        browser.focused().sendKeys(Keys.SPACE);
        await().until(() -> browser.texts("[aria-pressed=true]").equals(List.of("5")));
        click("Half-close");
        await().atMost(PATIENCE).until(() -> browser.texts(".chart .mark-text").equals(List.of("5 × half-close")));
        awaitText("5 × EOF");
        assertNoComplaints();
    }

    @Test
    void theChatIsUsedByKeyboardAndFollowsTheConversation() {
        open("chat");
        await().until(() -> "text".equals(browser.focused().getAttribute("type")));
        browser.focused().sendKeys("Ada", Keys.ENTER);
        awaitText("Writing as Ada");
        for (int line = 1; line <= 30; line++) {
            browser.focused().sendKeys("line " + line, Keys.ENTER);
        }
        awaitText("line 30");
        await("the end is in view").until(() -> (Boolean) browser.run("const box = document.querySelector('.lines');"
                + " return box.scrollTop > 0 && box.scrollHeight - box.scrollTop - box.clientHeight < 8"));
        assertEquals("", browser.focused().getAttribute("value"));
        assertNoComplaints();
    }

    @Test
    void whatIsAskedIsAnsweredByKeyboard() {
        open("");
        click("Greet me");
        await().until(() -> !browser.texts("dialog[open] input").isEmpty());
        await().until(() -> "INPUT".equals(browser.run("return document.activeElement.tagName")));
        browser.focused().sendKeys("Ada", Keys.ENTER);
        awaitText("Hello, Ada!");
        assertNoComplaints();
    }

    @Test
    void darkOrLightIsChosenForAllPagesAndLaterVisits() {
        open("");
        browser.find(".theme").click();
        await().until(() -> "dark".equals(browser.run("return document.documentElement.dataset.bsTheme")));
        open("board");
        assertEquals("dark", browser.run("return document.documentElement.dataset.bsTheme"));
        browser.find(".theme").click();
        await().until(() -> "light".equals(browser.run("return document.documentElement.dataset.bsTheme")));
        browser.run("localStorage.clear()");
        assertNoComplaints();
    }

    @Test
    void scriptsRunInTheBrowser() {
        open("elements/javascript");
        click("How wide is the window?");
        awaitText(WIDE + " pixels");
        click("Fail");
        awaitText("It threw: Error: no such thread");
        assertNoComplaints();
    }

    @Test
    void aPageSaysThatItsServerIsAwayAndOffersToReloadWhenThereIsAnother() throws Exception {
        open("board");
        int port = server.port();
        server.stop(Duration.ofMillis(100));
        await().atMost(PATIENCE)
                .until(() -> browser.text(".pw-status").contains("Reconnecting") || state().equals("ended"));
        browser.screenshot("away");
        try (WebServer second = TestGallery.start(IoPolicy.BLOCKING, port)) {
            await().atMost(PATIENCE).until(() -> state().equals("ended"));
            browser.screenshot("ended");
            click("Reload");
            awaitLive();
            assertEquals(port, second.port());
        }
        assertEquals(List.of(), browser.complaints(text -> text.contains("ERR_CONNECTION_REFUSED")));
    }
}
