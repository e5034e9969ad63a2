package dev.plainweave.ui;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Pages in a real browser, over what the server really serves. */
class BrowserTest {
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

    private interface Story {
        void tell(WebServer server) throws Exception;
    }

    /** The browser leaves before the server stops, so that nothing complains of that. */
    private void with(PlainweaveBuilder site, Story story) throws Exception {
        try (WebServer server = site.start(0)) {
            browser.screen(1200, 900, "light");
            story.tell(server);
            browser.open("about:blank");
        }
    }

    private void live() {
        await().atMost(PATIENCE).until(() -> browser.state().equals("live"));
    }

    private void see(String text) {
        await().atMost(PATIENCE).untilAsserted(() -> assertTrue(browser.text().contains(text), browser.text()));
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void oldFilesAreDeletedAfterTheUserHasSaidYes(IoPolicy io, @TempDir Path directory) throws Exception {
        for (int number = 0; number < 30; number++) {
            Files.createFile(directory.resolve("file" + number));
        }
        OldFiles.directory = directory;
        with(Sites.on(io).page("/", OldFiles::page), server -> {
            browser.open(server.uri().toString());
            live();
            browser.button("Delete all").click();
            see("Really delete 30 files?");
            browser.screenshot("confirm-" + io);
            browser.button("No").click();
            await().until(() -> !browser.text().contains("Really"));
            assertEquals(30, OldFiles.find().size());
            browser.button("Delete all").click();
            see("Really delete 30 files?");
            browser.button("Yes").click();
            await().atMost(PATIENCE)
                    .until(() -> String.valueOf(browser.run("return document.querySelector('.pw-toast')?.textContent"))
                            .equals("Done"));
            assertEquals(List.of(), OldFiles.find());
            assertEquals("30", browser.find("progress").getDomAttribute("value"));
        });
    }

    @Test
    void typingFastAtHighLatencyThroughCutsLosesNothing() throws Exception {
        AtomicReference<String> last = new AtomicReference<>("");
        PageFunction page = shown -> {
            Label echo = shown.label("");
            Input input = shown.input("Text").onChange(change -> {
                last.set(change.value());
                echo.text("echo " + change.value());
            });
            input.attribute("autocomplete", "off");
            shown.every(Duration.ofMillis(50), () -> shown.title("tick " + System.nanoTime()));
        };
        StringBuilder typed = new StringBuilder();
        with(Sites.one().page("/", page), server -> {
            try (Cutter cutter = new Cutter(server.port())) {
                browser.expect(complaint -> complaint.contains("WebSocket connection to"));
                browser.open("http://127.0.0.1:" + cutter.port() + "/");
                live();
                cutter.delay(200);
                WebElement input = browser.find("input");
                for (int round = 0; round < 12; round++) {
                    String some = "round" + round + " ";
                    typed.append(some);
                    input.sendKeys(some);
                    if (round % 3 == 2) {
                        cutter.cut();
                    }
                }
                assertEquals(typed.toString(), input.getDomProperty("value"));
                cutter.delay(0);
                await().atMost(PATIENCE).until(() -> last.get().contentEquals(typed));
                see("echo " + typed.toString().strip());
                assertEquals(typed.toString(), input.getDomProperty("value"));
                browser.open("about:blank");
            }
        });
    }

    @Test
    void whatTheServerMakesOfAnEditDoesNotDisturbWhoTypesOn() throws Exception {
        AtomicReference<String> last = new AtomicReference<>("");
        PageFunction page = shown -> shown.input("Name")
                .normalize(text -> text.toUpperCase(Locale.ROOT).replace(" ", ""))
                .onChange(change -> last.set(change.value()));
        with(Sites.one().page("/", page), server -> {
            try (Cutter cutter = new Cutter(server.port())) {
                browser.open("http://127.0.0.1:" + cutter.port() + "/");
                live();
                cutter.delay(100);
                WebElement input = browser.find("input");
                input.sendKeys("a b c d e f g h");
                await().atMost(PATIENCE).until(() -> "ABCDEFGH".equals(input.getDomProperty("value")));
                assertEquals("ABCDEFGH", last.get());
                input.sendKeys(Keys.HOME, "x");
                await().atMost(PATIENCE).until(() -> "XABCDEFGH".equals(input.getDomProperty("value")));
                assertEquals(1L, browser.run("return document.activeElement.selectionStart"), "the caret stays");
                browser.open("about:blank");
            }
        });
    }

    @Test
    void nothingIsSentOrAppliedWhileAnInputMethodComposes() throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        AtomicReference<Input> field = new AtomicReference<>();
        PageFunction page = shown -> field.set(shown.input("Name").onChange(change -> heard.add(change.value())));
        with(Sites.one().page("/", page), server -> {
            browser.open(server.uri().toString());
            live();
            browser.find("input").click();
            browser.devTools("Input.imeSetComposition", Map.of("text", "に", "selectionStart", 1, "selectionEnd", 1));
            browser.devTools("Input.imeSetComposition", Map.of("text", "にほ", "selectionStart", 2, "selectionEnd", 2));
            field.get().value("from the server");
            browser.await("setTimeout(arguments[0], 200)");
            assertEquals("にほ", browser.find("input").getDomProperty("value"));
            assertEquals(List.of(), heard);
            browser.devTools("Input.insertText", Map.of("text", "日本"));
            await().atMost(PATIENCE).until(() -> heard.equals(List.of("日本")));
            assertEquals("日本", browser.find("input").getDomProperty("value"));
            field.get().value("from the server");
            await().atMost(PATIENCE)
                    .until(() -> "from the server".equals(browser.find("input").getDomProperty("value")));
        });
    }

    @Test
    void aBrowserThroughManyCutsEndsWithTheServersTree() throws Exception {
        List<Integer> heard = new CopyOnWriteArrayList<>();
        AtomicReference<LivePage> live = new AtomicReference<>();
        int clicks = 300;
        PageFunction page = shown -> {
            live.set((LivePage) shown);
            shown.label("target")
                    .on(
                            "tick",
                            EventPolicy.QUEUE,
                            event -> heard.add((int) event.number("detail").orElse(-1)),
                            "detail");
            Column column = shown.column();
            Random random = new Random(7);
            shown.every(Duration.ofMillis(2), () -> {
                for (int change = 0; change < 5; change++) {
                    if (column.size() < 20 || random.nextBoolean()) {
                        column.label("label " + random.nextInt(1000)).visible(random.nextBoolean());
                    } else {
                        column.clear();
                    }
                }
            });
        };
        with(Sites.one().page("/", page), server -> {
            try (Cutter cutter = new Cutter(server.port())) {
                browser.expect(complaint -> complaint.contains("WebSocket connection to"));
                browser.open("http://127.0.0.1:" + cutter.port() + "/");
                live();
                browser.run("window.ticks = 0; window.ticking = setInterval(() => {"
                        + "if (ticks < " + clicks
                        + " && document.body.dataset.state === 'live') document.getElementById('w2')"
                        + ".dispatchEvent(new CustomEvent('tick', {detail: ticks++}))}, 4)");
                for (int cut = 0; cut < 40; cut++) {
                    browser.await("setTimeout(arguments[0], 20)");
                    cutter.cut();
                }
                await().atMost(PATIENCE).until(() -> Long.valueOf(clicks).equals(browser.run("return ticks")));
                await().atMost(PATIENCE).until(() -> heard.size() >= clicks);
                assertEquals(IntStream.range(0, clicks).boxed().toList(), heard);
                live.get().every(Duration.ofDays(1), () -> {});
                assertTrue(((Number) browser.run("return document.querySelectorAll('main *').length")).intValue() > 1);
                live.get().close();
                await().atMost(PATIENCE).until(() -> browser.state().equals("ended"));
                StringBuilder html = new StringBuilder();
                live.get().tree.run(() -> new HtmlWriter(html).write(live.get().tree.root, "main"));
                assertEquals(
                        html.toString().replaceAll(" (data-title|class)=\"[^\"]*\"", ""),
                        String.valueOf(browser.run("return document.querySelector('main').outerHTML"))
                                .replaceAll(" (data-title|class)=\"[^\"]*\"", ""));
                browser.open("about:blank");
            }
        });
    }

    @Test
    void aReloadIsANewPageAndTheOldOneEnds() throws Exception {
        List<PageEnd> ends = new CopyOnWriteArrayList<>();
        PageFunction page = shown -> {
            shown.onClose(ends::add);
            Label label = shown.label("0");
            shown.button("More").onClick(() -> label.text("more"));
        };
        with(Sites.one().page("/", page), server -> {
            browser.open(server.uri().toString());
            live();
            browser.button("More").click();
            see("more");
            browser.run("location.reload()");
            await().atMost(PATIENCE).until(() -> browser.text().startsWith("0"));
            live();
            await().atMost(PATIENCE).until(() -> ends.equals(List.of(PageEnd.LEFT)));
        });
    }

    @Test
    void javaScriptOfTheApplicationRunsUnderThePolicy() throws Exception {
        PageFunction page = shown -> shown.button("Run").onClick(() -> {
            int sum = shown.js("return arguments[0] + await Promise.resolve(arguments[1])", 20, 22)
                    .get(Integer.class);
            String error = assertThrows(
                            JsException.class,
                            () -> shown.js("throw new Error('no')").await())
                    .getMessage();
            shown.label(sum + " " + error);
            assertThrows(JsException.class, () -> shown.js("syntax error").await());
            shown.label("done");
        });
        with(Sites.one().page("/", page), server -> {
            browser.open(server.uri().toString());
            live();
            browser.button("Run").click();
            see("42 Error: no");
            see("done");
        });
    }

    @Test
    void theStateOfTheConnectionIsSeenAndARestartOffersAReload() throws Exception {
        PageFunction page = shown -> shown.input("Draft");
        browser.expect(complaint -> complaint.contains("WebSocket connection to"));
        WebServer first = Sites.one().page("/", page).start(0);
        int port = first.port();
        browser.open(first.uri().toString());
        live();
        browser.find("input").sendKeys("draft");
        first.close();
        await().atMost(PATIENCE).until(() -> List.of("offline", "ended").contains(browser.state()));
        try (WebServer second = Sites.one().page("/", page).start(port)) {
            await().atMost(PATIENCE).until(() -> browser.state().equals("ended"));
            await().atMost(PATIENCE) // a state that passes quickly is not shown
                    .until(() -> browser.find(".pw-status").getText().contains("This page has ended."));
            assertEquals("draft", browser.find("input").getDomProperty("value"));
            browser.button("Reload").click();
            live();
            assertTrue(second.uri().getPort() == port);
            browser.open("about:blank");
        }
    }

    @Test
    void everyElementLooksRightInBothWidthsAndThemes() throws Exception {
        PageFunction page = shown -> {
            shown.heading("Every element");
            shown.paragraph("A paragraph,\nwith a second line, and text that is <b>text</b>.");
            shown.row(row -> {
                row.button("Primary");
                row.button("Secondary").secondary();
                row.button("Danger").danger();
                row.button("Disabled").enabled(false);
                row.link("A link", "/elsewhere");
                row.spinner();
            });
            shown.card(card -> {
                card.heading(2, "A card");
                card.input("Name").placeholder("Ada");
                card.input("Wrong").value("x").invalid("Too short.");
                card.number("Number", 1.5);
                card.textArea("Notes");
                card.checkbox("A box").value(true);
                card.toggle("A switch").value(true);
                card.select("Colour", List.of("red", "green")).choose("green");
            });
            shown.progress().max(10).value(4);
            shown.separator();
            Log log = shown.log();
            log.push("first line\nsecond line");
            shown.grid(3, grid -> {
                grid.label("one");
                grid.label("two");
                grid.label("three");
            });
            shown.button("Ask").onClick(() -> shown.confirm("Really?"));
        };
        with(Sites.one().page("/", page), server -> {
            for (String scheme : List.of("light", "dark")) {
                for (int width : List.of(1200, 390)) {
                    browser.screen(width, 1150, scheme);
                    browser.open(server.uri().toString());
                    live();
                    assertEquals(scheme, browser.run("return document.documentElement.dataset.bsTheme"));
                    assertEquals(
                            true,
                            browser.run("return document.documentElement.scrollWidth <= innerWidth"),
                            "nothing is wider than the window");
                    browser.screenshot("elements-" + width + "-" + scheme);
                    browser.button("Ask").click();
                    see("Really?");
                    browser.screenshot("question-" + width + "-" + scheme);
                }
            }
            long requests =
                    ((Number) browser.run("return performance.getEntriesByType('resource').length + 1")).longValue();
            assertTrue(requests <= 10, "requests: " + requests);
        });
    }
}
