package dev.plainweave.ui;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.WebServer;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Elements that a module of the application's shows. */
class CustomElementTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final String CONTEXT_MENU =
            "document.querySelector('.pw-custom button').dispatchEvent(new Event('contextmenu'))";

    private final AtomicReference<Page> opened = new AtomicReference<>();
    private final List<Gauge> gauges = new CopyOnWriteArrayList<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();

    private void page(Page page) {
        opened.set(page);
        Gauge first = page.add(new Gauge().value(3).alternative("3 of 10"));
        first.onTurned(turned -> {
            heard.add(turned.toString());
            first.value(turned.to());
        });
        gauges.add(first);
    }

    private interface Story {
        void tell(Browser browser, String url, int port) throws Exception;
    }

    private static void inBrowser(PageFunction page, Story story) throws Exception {
        try (WebServer server = Sites.one().page("/", page).start(0);
                Browser browser = Browser.start()) {
            story.tell(browser, server.uri().toString(), server.port());
            browser.open("about:blank");
        }
    }

    private static void see(Browser browser, String text) {
        await().atMost(PATIENCE).untilAsserted(() -> assertTrue(browser.text().contains(text), browser.text()));
    }

    @Test
    void aModuleShowsWhatJavaSaysAndJavaHearsWhatItTells() throws Exception {
        inBrowser(this::page, (browser, url, port) -> {
            browser.open(url);
            see(browser, "at 3 of ? mounted");
            Gauge first = gauges.getFirst();
            browser.find(".pw-custom button").click();
            see(browser, "at 4 of ? value");
            assertEquals(List.of("Turned[to=4, how=click]"), heard);
            first.scale(new Gauge.Scale(10, "m"));
            see(browser, "at 4 of 10 most,unit");
            first.noScale();
            see(browser, "at 4 of ? most");
            assertEquals("3px", browser.find(".pw-custom button").getCssValue("letter-spacing"), "its style sheet");
            assertEquals(new Gauge.Twice(42, 4), first.method("twice", 21).get(Gauge.Twice.class));
            JsException thrown =
                    assertThrows(JsException.class, () -> first.method("fails").await());
            assertEquals("Error: as the test wants it", thrown.getMessage());
            assertThrows(JsException.class, () -> first.method("missing").await());
            assertThrows(
                    JsException.class, () -> first.method("twice", 1).get(Gauge.Scale.class), "another type of answer");
        });
    }

    @Test
    void oneThatComesLaterIsMountedAndOneThatGoesIsUnmounted() throws Exception {
        inBrowser(this::page, (browser, url, port) -> {
            browser.open(url);
            see(browser, "at 3 of ? mounted");
            Page page = opened.get();
            Column column = page.column();
            Gauge second = column.add(new Gauge().value(7));
            assertEquals(14, second.method("twice", 7).get(Gauge.Twice.class).twice(), "a call waits for the mounting");
            see(browser, "at 7 of ? mounted");
            second.moveTo(page, 0);
            second.value(8);
            see(browser, "at 8 of ? value");
            assertEquals(2L, browser.run("return window.mounts"), "a move mounts nothing anew");
            JsCall late = second.method("twice", 1);
            second.remove();
            column.remove();
            await().atMost(PATIENCE).until(() -> browser.run("return window.unmounts") instanceof Long);
            assertEquals(1L, browser.run("return window.unmounts"));
            assertThrows(JsException.class, late::await);
        });
    }

    @Test
    void whoWasAwayIsUpdatedAndNotMountedAnew() throws Exception {
        inBrowser(this::page, (browser, url, port) -> {
            try (Cutter cutter = new Cutter(port)) {
                browser.expect(complaint -> complaint.contains("WebSocket connection to"));
                browser.open("http://127.0.0.1:" + cutter.port() + "/");
                see(browser, "at 3 of ? mounted");
                Gauge first = gauges.getFirst();
                for (int round = 0; round < 5; round++) {
                    first.value(50);
                    cutter.cut();
                    first.value(100 + round);
                    see(browser, "at " + (100 + round) + " of ");
                    assertEquals(
                            2 * round,
                            first.method("twice", round).get(Gauge.Twice.class).twice());
                }
                assertEquals(1L, browser.run("return window.mounts"));
                assertEquals(null, browser.run("return window.unmounts ?? null"));
                browser.open("about:blank");
            }
        });
    }

    @Test
    void whatCannotBeShownIsSaidInItsPlaceAndInTheLog(@TempDir Path directory) throws Exception {
        Path syntax = Files.writeString(directory.resolve("syntax.js"), "export function mount( {");
        ScriptModule unreadable = ScriptModule.files(syntax);
        PageFunction page = shown -> {
            gauges.add(shown.add(new Gauge(Gauge.BROKEN)));
            gauges.add(shown.add(new Gauge(unreadable)));
            gauges.add(shown.add(new Gauge().value(12)));
        };
        try (Logged log = Logged.of(Page.class, "could not show")) {
            inBrowser(page, (browser, url, port) -> {
                browser.expect(complaint -> complaint.contains("/_plainweave/")); // the errors, on purpose
                browser.open(url);
                see(browser, "at 12 of");
                gauges.get(2).value(13);
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertEquals(
                                3L,
                                browser.run("return document.querySelectorAll('.pw-failed').length"),
                                String.valueOf(browser.run("return document.querySelector('main').outerHTML"))));
                assertThrows(
                        JsException.class,
                        () -> gauges.getFirst().method("twice", 1).await());
                await().atMost(PATIENCE).until(() -> log.lines().size() == 3);
            });
            assertTrue(
                    log.lines().stream().anyMatch(line -> line.contains("Error: never mounts")),
                    log.lines().toString());
            assertTrue(
                    log.lines().stream().anyMatch(line -> line.contains("SyntaxError")),
                    log.lines().toString());
            assertTrue(
                    log.lines().stream().anyMatch(line -> line.contains("an unlucky value")),
                    log.lines().toString());
        }
    }

    @Test
    void aMessageThatIsNoSuchThingIsToldOnceAndIgnored() throws Exception {
        try (Logged log = Logged.of(Page.class, "the message turned")) {
            inBrowser(this::page, (browser, url, port) -> {
                browser.open(url);
                see(browser, "at 3 of ? mounted");
                for (int times = 0; times < 3; times++) {
                    browser.run(CONTEXT_MENU);
                }
                browser.find(".pw-custom button").click();
                see(browser, "at 4 of");
            });
            assertEquals(List.of("Turned[to=4, how=click]"), heard);
            assertEquals(1, log.lines().size(), log.lines().toString());
        }
    }

    @Test
    void modulesAreKeptForEverAndNothingElseIsServed() throws Exception {
        try (WebServer server = Sites.one().page("/", this::page).start(0);
                HttpClient client = HttpClient.newHttpClient()) {
            String html = get(client, server, "/").body();
            assertTrue(html.contains("3 of 10"), "readable before any script");
            assertTrue(html.contains("data-properties=\"{&quot;:value&quot;:3}\""), html);
            HttpResponse<String> module = get(client, server, Gauge.MODULE.path());
            assertEquals(200, module.statusCode());
            assertTrue(
                    module.headers().firstValue("cache-control").orElseThrow().contains("immutable"));
            assertTrue(module.headers().firstValue("content-type").orElseThrow().startsWith("text/javascript"));
            String directory = Gauge.MODULE.path().replace("gauge.js", "");
            assertEquals(200, get(client, server, directory + "gauge.css").statusCode());
            assertEquals(404, get(client, server, directory + "Gauge.class").statusCode());
            assertEquals(404, get(client, server, Gauge.BROKEN.path()).statusCode(), "on no page yet");
        }
    }

    private static HttpResponse<String> get(HttpClient client, WebServer server, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void mistakesOfTheProgramAreToldAtOnce() {
        assertThrows(UncheckedIOException.class, () -> ScriptModule.classPath(Gauge.class, "custom/missing.js"));
        assertThrows(
                IllegalArgumentException.class,
                () -> ScriptModule.classPath(Gauge.class, "custom/gauge.js", "custom/gauge.js"));
        assertThrows(IllegalArgumentException.class, () -> new Gauge().value(new Object()), "not writable");
        assertThrows(IllegalArgumentException.class, () -> new Gauge().method("a b"));
        assertThrows(IllegalStateException.class, () -> new Gauge().method("twice", 1));
    }
}
