package dev.plainweave.ui;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.WebServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** What of the elements only a real browser can show. */
class ElementsBrowserTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final AtomicReference<Page> opened = new AtomicReference<>();

    private interface Story {
        void tell(Browser browser, WebServer server) throws Exception;
    }

    private void inBrowser(PageFunction page, Story story) throws Exception {
        PageFunction kept = shown -> {
            opened.set(shown);
            page.build(shown);
        };
        try (WebServer server = Sites.one().page("/", kept).start(0);
                Browser browser = Browser.start()) {
            browser.screen(1200, 900, "light");
            browser.open(server.uri().toString());
            await().atMost(PATIENCE).until(() -> browser.state().equals("live"));
            story.tell(browser, server);
            browser.open("about:blank");
        }
    }

    private void hears(String... what) {
        await().atMost(PATIENCE).untilAsserted(() -> assertEquals(List.of(what), heard));
    }

    private static String focused(Browser browser) {
        return String.valueOf(browser.run("return document.activeElement.textContent || document.activeElement.type"));
    }

    @Test
    void keysAreFilteredAndRulesFollowed() throws Exception {
        PageFunction page = shown -> {
            Input input = shown.input("Text");
            input.on(
                    "keydown",
                    EventOptions.DEFAULT.keys("ctrl+s", "Escape").preventDefault(),
                    event -> heard.add("key"));
            shown.row(row -> {
                row.on("click", () -> heard.add("row"));
                row.button("Stops").on("click", EventOptions.DEFAULT.stopPropagation(), event -> heard.add("stops"));
                row.button("Burst")
                        .on(
                                "click",
                                EventOptions.DEFAULT
                                        .throttle(Duration.ofMillis(300))
                                        .fields("detail"),
                                event -> heard.add("burst"));
                row.button("Last")
                        .on(
                                "click",
                                EventOptions.DEFAULT
                                        .debounce(Duration.ofMillis(200))
                                        .stopPropagation(),
                                event -> heard.add("last"));
            });
        };
        inBrowser(page, (browser, server) -> {
            browser.find("input").sendKeys("a", Keys.chord(Keys.CONTROL, "s"), "s", Keys.ESCAPE);
            hears("key", "key");
            heard.clear();
            browser.button("Stops").click();
            hears("stops");
            heard.clear();
            browser.run("for (let n = 0; n < 5; n++) [...document.querySelectorAll('button')][2].click()");
            hears("last");
            heard.clear();
            browser.run("for (let n = 0; n < 5; n++) [...document.querySelectorAll('button')][1].click()");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertEquals(
                            2,
                            heard.stream().filter("burst"::equals).count(),
                            "the first, and the last of the others"));
            assertEquals(5, heard.stream().filter("row"::equals).count());
        });
    }

    @Test
    void whatIsTypedSlowlyIsToldBeforeWhatIsDoneAfterIt() throws Exception {
        PageFunction page = shown -> {
            Input input = shown.input("Search")
                    .debounce(Duration.ofSeconds(5))
                    .clearable()
                    .onChange(change -> heard.add("typed " + change.value()));
            shown.button("Go").onClick(() -> heard.add("go " + input.value()));
        };
        inBrowser(page, (browser, server) -> {
            browser.find("input").sendKeys("abc");
            browser.button("Go").click();
            hears("typed abc", "go abc");
            browser.find("[aria-label=Clear]").click();
            hears("typed abc", "go abc", "typed ");
            await().atMost(PATIENCE).until(() -> focused(browser).equals("text"));
            assertEquals("", browser.find("input").getDomProperty("value"));
        });
    }

    @Test
    void choicesOfSeveralKindsArrive() throws Exception {
        PageFunction page = shown -> {
            shown.multiSelect("Many", List.of("a", "b", "c"))
                    .choose("b")
                    .onChange(change -> heard.add("" + change.value()));
            shown.combobox("One", List.of("Berlin", "Bern")).onCommit(value -> heard.add(value.orElse("none")));
        };
        inBrowser(page, (browser, server) -> {
            assertEquals("b", browser.run("return document.querySelector('select').selectedOptions[0].text"));
            browser.run("const s = document.querySelector('select'); s.options[2].selected = true;"
                    + "s.dispatchEvent(new Event('input', {bubbles: true}))");
            hears("[b, c]");
            browser.find("input").sendKeys("bern", Keys.TAB);
            hears("[b, c]", "Bern");
        });
    }

    @Test
    void aDialogGivesTheFocusBackAndOneAboveAnother() throws Exception {
        PageFunction page = shown -> shown.button("Open").onClick(() -> {
            heard.add("" + shown.confirm("Sure?", "Do it", "Leave it"));
            Dialog<String> outer = shown.<String>dialog().title("Outer").persistent();
            outer.button("Inner").onClick(() -> heard.add("" + shown.prompt("Name?", "Ada")));
            outer.button("Done").onClick(() -> outer.close("done"));
            heard.add("" + outer.await());
        });
        inBrowser(page, (browser, server) -> {
            browser.button("Open").click();
            await().atMost(PATIENCE).until(() -> focused(browser).equals("Leave it"));
            browser.find("dialog").sendKeys(Keys.ESCAPE);
            hears("false");
            await().atMost(PATIENCE).until(() -> focused(browser).equals("Inner"));
            browser.find("dialog").sendKeys(Keys.ESCAPE);
            browser.button("Inner").click();
            await().atMost(PATIENCE).until(() -> focused(browser).equals("text"));
            browser.run("return document.activeElement.select()");
            browser.find("dialog[open] input").sendKeys("!", Keys.ENTER);
            await().atMost(PATIENCE).until(() -> focused(browser).equals("Inner"));
            browser.button("Done").click();
            await().atMost(PATIENCE).until(() -> focused(browser).equals("Open"));
            assertEquals(3, heard.size(), heard.toString());
            assertTrue(heard.getLast().equals("Optional[done]"), heard.toString());
        });
    }

    @Test
    void aToastHasAKindAPlaceAndAnAction() throws Exception {
        inBrowser(page -> {}, (browser, server) -> {
            Page page = opened.get();
            page.toast(Toast.success("Deleted").at(Toast.Place.TOP).action("Undo", () -> heard.add("undone")));
            page.toast(Toast.error("Full").lasting(Duration.ZERO));
            page.toast(Toast.info("Brief").lasting(Duration.ofMillis(1)).action("Too late", () -> heard.add("late")));
            await().atMost(PATIENCE)
                    .until(() -> browser.run("return document.querySelectorAll('.pw-toast').length")
                            .equals(2L));
            assertEquals("alert", browser.find(".pw-toast-danger").getDomAttribute("role"));
            browser.button("Undo").click();
            hears("undone");
            browser.find(".btn-close").click();
            await().atMost(PATIENCE)
                    .until(() -> browser.run("return document.querySelectorAll('.pw-toast').length")
                            .equals(0L));
        });
    }

    @Test
    void aPictureOfTheProgramIsForThisVisitorAsLongAsItIsShown() throws Exception {
        byte[] svg =
                "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'><rect width='40' height='20'/></svg>"
                        .getBytes(StandardCharsets.UTF_8);
        AtomicReference<Image> image = new AtomicReference<>();
        inBrowser(
                page -> image.set(
                        page.image("", "a bar").source(svg, "image/svg+xml").size(40, 20)),
                (browser, server) -> {
                    await().atMost(PATIENCE)
                            .until(() -> browser.run("return document.querySelector('img').naturalWidth")
                                    .equals(40L));
                    String path = browser.find("img").getDomAttribute("src");
                    assertEquals(200L, status(browser, path));
                    assertEquals(404, anonymous(server, path), "somebody else");
                    image.get().source(svg, "image/svg+xml");
                    assertEquals(404L, status(browser, path), "another one is shown");
                    await().atMost(PATIENCE)
                            .until(() -> !path.equals(browser.find("img").getDomAttribute("src")));
                    String newer = browser.find("img").getDomAttribute("src");
                    image.get().remove();
                    assertEquals(404L, status(browser, newer));
                    browser.expect(complaint -> complaint.contains("404"));
                });
    }

    private static Object status(Browser browser, String path) {
        return browser.await(
                "const done = arguments[1]; fetch(arguments[0], {cache: 'no-store'}).then(r => done(r.status))", path);
    }

    private static int anonymous(WebServer server, String path) throws Exception {
        try (java.net.http.HttpClient client = java.net.http.HttpClient.newHttpClient()) {
            return client.send(
                            java.net.http.HttpRequest.newBuilder(
                                            java.net.URI.create("http://127.0.0.1:" + server.port() + path))
                                    .build(),
                            java.net.http.HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    /** A page with everything on it: looked at as pictures, in both widths and themes; here, nothing sticks out. */
    private static void showroom(Page page) {
        page.heading("All elements").icon("grid-1x2");
        page.paragraph("A paragraph, with a\nline break.");
        page.row(row -> {
            row.link("A link", "/").icon("box-arrow-up-right");
            row.label("muted").muted();
            row.label("code = 1;").code();
            row.icon("star-fill").description("Favourite").large();
            row.spinner().small();
        });
        page.row(row -> {
            for (Button.Look look : Button.Look.values()) {
                row.button(look.name().toLowerCase(java.util.Locale.ROOT)).look(look);
            }
            row.button("With icon").icon("trash").danger();
            row.button("").icon("gear").accessibleName("Settings").secondary();
            row.button("Working").busy(true);
            row.button("Small").small();
            row.button("Large").large();
            row.button("Off").enabled(false);
        });
        page.grid(2, grid -> {
            grid.input("Name").placeholder("Ada").required("Who?").help("As in your passport");
            grid.input("Site").prefix("https://").suffix(".org").clearable().value("plainweave");
            grid.input("Password").passwordWithReveal().value("secret");
            grid.input("Search").icon("search").search();
            grid.input("Wrong").value("x").invalid("This is not right, and here is a longer text that says why.");
            grid.input("Read only").value("cannot be changed").readOnly(true);
            grid.number("Price", 1234.5).format("#,##0.00", java.util.Locale.GERMANY);
            grid.integer("Count").number(3).step(1);
            grid.select("Size", List.of("S", "M", "L")).placeholder("Please choose");
            grid.combobox("City", List.of("Berlin", "Bern")).placeholder("Type a name");
            grid.multiSelect("Days", List.of("Mon", "Tue", "Wed", "Thu"))
                    .choose("Tue", "Wed")
                    .rows(4);
            grid.textArea("Notes").autogrow().value("some\nlines");
        });
        page.row(row -> {
            row.checkbox("A box").value(true);
            row.toggle("A switch").value(true);
            row.toggle("Off");
            row.checkbox("Must").required("Tick it.").invalid("Tick it.");
        });
        page.card(card -> {
            card.title("A card");
            card.label("What is in it");
            card.progress(10).value(6).label("Copying");
            card.footer().justify(Flex.Justify.END).button("Close").secondary();
        });
        page.separator();
        Log log = page.log();
        IntStream.range(0, 30).forEach(line -> log.push("line " + line, line % 7 == 0 ? "text-danger" : ""));
        page.button("Ask").onClick(() -> page.confirm("Delete all of it?"));
        page.button("Toast").onClick(() -> {
            page.toast(Toast.success("Saved").action("Undo", () -> {}));
            page.toast(Toast.warning("Nearly full").lasting(Duration.ZERO));
            page.toast(Toast.error("Something with a longer text that has to be broken into lines")
                    .at(Toast.Place.TOP));
        });
    }

    @Test
    void everythingFitsInBothWidthsAndThemes() throws Exception {
        inBrowser(ElementsBrowserTest::showroom, (browser, server) -> {
            for (String scheme : List.of("light", "dark")) {
                for (int width : new int[] {1200, 400}) {
                    browser.screen(width, width == 400 ? 3400 : 1900, scheme);
                    Object wide = browser.run("return [...document.querySelectorAll('main *')].filter(e =>"
                            + " e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 80))");
                    assertEquals(List.of(), wide, "sticks out at " + width);
                    assertEquals(List.of(), unnamed(browser), "has no name to screen readers");
                    browser.screenshot("elements-" + scheme + "-" + width);
                }
            }
            browser.screen(400, 800, "dark");
            browser.run("[...document.querySelectorAll('button')].find(b => b.textContent === 'Toast').click()");
            await().atMost(PATIENCE)
                    .until(() -> browser.run("return document.querySelectorAll('.pw-toast').length")
                            .equals(3L));
            browser.screenshot("elements-toasts");
            browser.run("[...document.querySelectorAll('button')].find(b => b.textContent === 'Ask').click()");
            await().atMost(PATIENCE)
                    .until(() -> browser.run("return !!document.querySelector('dialog[open]')")
                            .equals(true));
            browser.screenshot("elements-dialog");
        });
    }

    private static Object unnamed(Browser browser) {
        return browser.run("return [...document.querySelectorAll('main button, main a, main input, main select,"
                + " main textarea, main progress, main img, main [role]')].filter(e => !(e.textContent.trim()"
                + " && ['BUTTON', 'A'].includes(e.tagName)) && !e.getAttribute('aria-label') && !e.getAttribute('alt')"
                + " && !(e.labels?.length && e.labels[0].textContent.trim())"
                + " && e.role !== 'alert').map(e => e.outerHTML.slice(0, 80))");
    }
}
