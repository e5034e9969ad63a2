package dev.plainweave.ui;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import dev.plainweave.ui.test.User;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A text stays a text, an address an address, and a page within its limits. */
class SafetyTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "JaVaScRiPt:alert(1)",
                " javascript:alert(1)",
                "java\tscript:alert(1)",
                "\u0001javascript:alert(1)",
                "data:text/html,x",
                "vbscript:x",
                "file:///etc/passwd",
                "blob:x"
            })
    void anAddressThatABrowserWouldRunIsRefused(String url) {
        assertThrows(IllegalArgumentException.class, () -> Urls.checked(url));
        assertThrows(IllegalArgumentException.class, () -> new Link("text", url));
        assertThrows(IllegalArgumentException.class, () -> new Label("div", "x").attribute("HREF", url));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/path?a=b:c", "path", "?q=a:b", "#a:b", "https://example.org/", "mailto:a@b", "tel:1", ""})
    void otherAddressesPass(String url) {
        assertEquals(url, Urls.checked(url));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a\r\nX: y", "/a\n", "\n/a", "/a\tb", "/a\u0000", "mailto:a\u007f", "/\u0085"})
    void anAddressWithAControlCharacterIsRefusedByWhoeverTakesOne(String url) {
        int at = 0;
        while (!Character.isISOControl(url.charAt(at))) {
            at++;
        }
        String said = String.format(
                "an address has no control characters, but '%s' has U+%04X at %d",
                url.replaceAll("\\p{Cc}", "?"), (int) url.charAt(at), at);
        Link link = new Link("text", "/");
        for (Executable way : List.<Executable>of(
                () -> new Link("text", url),
                () -> link.url(url),
                () -> new Image(url, "text"),
                () -> new Label("div", "x").attribute("href", url))) {
            assertEquals(said, assertThrows(IllegalArgumentException.class, way).getMessage());
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void goingToAnAddressWithALineEndIsAnErrorBeforeAndAfterTheFirstAnswer(IoPolicy io) throws Exception {
        String said = "an address has no control characters, but '/a??X: y' has U+000D at 2";
        List<String> told = new CopyOnWriteArrayList<>();
        PageFunction page = shown -> {
            Executable goes = () -> shown.navigate("/a\r\nX: y");
            told.add(String.valueOf(
                    assertThrows(IllegalArgumentException.class, goes).getMessage()));
            shown.button("Go").onClick(() -> {
                told.add(String.valueOf(
                        assertThrows(IllegalArgumentException.class, goes).getMessage()));
                shown.label("still here");
            });
            shown.button("Log out").onClick(() -> shown.logout("/\n"));
        };
        try (WebServer server = Sites.on(io).page("/", page).start(0);
                User user = new User(server)) {
            user.open("/").find("Go").click();
            user.shouldSee("still here");
            assertEquals(List.of(said, said), told);
            assertEquals("", user.wentTo());
        }
    }

    @Test
    void theNameOfADownloadHasNoControlCharacters() {
        String said = "the name of a download has no control characters, but 'a??b' has U+000D at 1";
        for (Executable way :
                List.<Executable>of(() -> Disposition.of("a\r\nb"), () -> new Link("text", "/").download("a\r\nb"))) {
            assertEquals(said, assertThrows(IllegalArgumentException.class, way).getMessage());
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void aRedirectGoesWhereItsAddressSaysInAnyScript(IoPolicy io) throws Exception {
        try (WebServer server = Sites.on(io)
                        .page(
                                "/",
                                page -> page.navigate("/gr\u00fc\u00dfe/\u65e5\u672c?q=\u00e4 b%20\ud83d\ude00#\u00e4"))
                        .start(0);
                RawTab tab = new RawTab(server.port(), "/")) {
            String location = tab.ask()
                    .answer()
                    .lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("location: "))
                    .findFirst()
                    .orElse("");
            assertEquals(
                    "/gr%C3%BC%C3%9Fe/%E6%97%A5%E6%9C%AC?q=%C3%A4%20b%20%F0%9F%98%80#%C3%A4",
                    location.substring("location: ".length()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"onclick", "ONCLICK", "id", "style", "srcdoc", "a b", "a\"b", "a>b", "data-on", ""})
    void anAttributeThatIsNoneIsRefused(String name) {
        assertThrows(IllegalArgumentException.class, () -> new Label("div", "x").attribute(name, "x"));
    }

    @Test
    void textIsTextWhereverItGoes() throws Exception {
        String evil = "\"'><img src=x onerror=alert(1)></textarea></title><script>alert(1)</script>&";
        try (WebServer server = Sites.one()
                        .page("/", page -> {
                            page.title(evil);
                            page.label(evil)
                                    .tooltip(evil)
                                    .classes("x\"><script>")
                                    .style(evil);
                            page.input(evil).value(evil).placeholder(evil);
                            page.textArea(evil).value(evil);
                            page.link(evil, "/" + evil.replace(":", ""));
                        })
                        .start(0);
                User user = new User(server)) {
            String html = user.visit("/").html();
            assertFalse(html.contains("<script>"), html);
            assertFalse(html.contains("<img"), html);
            assertEquals(1, html.split("</title>", -1).length - 1);
            assertEquals(1, html.split("</textarea>", -1).length - 1);
        }
    }

    @Test
    void aPageHasItsMostElements() throws Exception {
        AtomicReference<String> said = new AtomicReference<>("");
        try (WebServer server = Sites.one()
                        .pages(PageLimits.DEFAULT.elements(5))
                        .page("/", page -> {
                            for (int count = 0; count < 4; count++) {
                                page.label("label");
                            }
                            said.set(String.valueOf(
                                    assertThrows(IllegalStateException.class, () -> page.label("one more"))
                                            .getMessage()));
                        })
                        .start(0);
                User user = new User(server)) {
            user.open("/").shouldSee("label");
            assertTrue(said.get().contains("5 elements"), said.get());
        }
    }

    @Test
    void aServerHasItsMostPages() throws Exception {
        try (WebServer server = Sites.one()
                        .pages(PageLimits.DEFAULT.pages(1))
                        .page("/", page -> page.label("only one"))
                        .start(0);
                User first = new User(server);
                User second = new User(server)) {
            first.open("/").shouldSee("only one");
            assertEquals(503, second.visit("/").status());
        }
    }

    @Test
    void limitsAreChecked() {
        assertThrows(IllegalArgumentException.class, () -> PageLimits.DEFAULT.pages(0));
        assertThrows(IllegalArgumentException.class, () -> PageLimits.DEFAULT.retention(Duration.ZERO));
        assertThrows(
                IllegalArgumentException.class,
                () -> Plainweave.builder().page("/", page -> {}).page("/", page -> {}));
    }

    @Test
    void whatEveryPageLoadsIsSmall() throws Exception {
        int bytes = 0;
        for (String name :
                new String[] {"plainweave.js", "socket.js", "patch.js", "events.js", "commands.js", "theme.js"}) {
            try (var file = Assets.class.getResourceAsStream("/" + Assets.DIRECTORY + "/" + name)) {
                bytes += file.readAllBytes().length;
            }
        }
        assertTrue(bytes < 20_000, "bytes of JavaScript: " + bytes);
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void whatNoUserCouldOperateNobodyElseCanEither(IoPolicy io) throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        List<Integer> buttons = new CopyOnWriteArrayList<>();
        List<Input> inputs = new CopyOnWriteArrayList<>();
        CountDownLatch free = new CountDownLatch(1);
        try (WebServer server = Sites.on(io)
                        .metrics("/metrics")
                        .page("/", page -> {
                            Button removed = page.button("removed meanwhile");
                            page.button("Remove").onClick(() -> {
                                free.await();
                                removed.remove();
                                heard.add("remove");
                            });
                            removed.onClick(() -> heard.add("removed"));
                            for (Container in : List.of(
                                    page,
                                    page.column().visible(false),
                                    page.column().visible(false).row(),
                                    page.row().enabled(false),
                                    page.row().enabled(false).card().column(),
                                    page.dialog(),
                                    page.dialog().row())) {
                                Button button = in.button("button");
                                Input input = in.input("input");
                                if (in.equals(page)) {
                                    button.visible(false);
                                    input.enabled(false);
                                }
                                buttons.add(button.onClick(() -> heard.add("click")).node.id);
                                input.onChange(change -> heard.add("change")).onCommit(value -> heard.add("commit"));
                                inputs.add(input);
                            }
                        })
                        .start(0);
                User user = new User(server);
                RawPage raw = new RawPage(server)) {
            raw.connect().hello(1, 0);
            int event = 0;
            raw.event(++event, 1, raw.id("Remove"), "click", "{}");
            raw.event(++event, 1, raw.id("removed meanwhile"), "click", "{}");
            for (int button : buttons) {
                raw.event(++event, 1, button, "click", "{}");
            }
            for (Input input : inputs) {
                raw.event(++event, 1, input.input.id, "value", "{\"value\":\"forged\",\"edit\":1}");
                raw.event(++event, 1, input.input.id, "commit", "{}");
            }
            raw.event(++event, 1, 1_000_000, "click", "{}").event(++event, 1, 0, "click", "{}");
            raw.event(++event, 1, raw.id("Remove"), "dblclick", "{}");
            free.countDown();
            int ignored = event - 1;
            await().untilAsserted(() -> {
                String metrics = user.visit("/metrics").html();
                assertTrue(metrics.contains("plainweave_pages_events_ignored_total " + ignored + ".0"), metrics);
            });
            assertEquals(List.of("remove"), heard);
            inputs.forEach(input -> assertEquals("", input.value()));
            assertEquals(0, raw.closed(), "it may be an honest browser that is late");
        }
    }
}
