package dev.plainweave.ui;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import dev.plainweave.ui.test.User;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What went wrong in others of our kind. The advisories of NiceGUI, from 1.4.21 to 3.12.0, are seventeen; by what they were:
 *
 * <table>
 * <caption>Classes of attack, and where ours is attacked so</caption>
 * <tr><td>A string became code (8): text, labels of options, icons, Markdown, style sheets, arguments and method names put
 * into generated JavaScript or HTML</td><td>{@link AStringBecomesCode}, {@link SafetyTest}</td></tr>
 * <tr><td>A path left its directory (5): static files, resources of elements, names of uploads, keys of storages</td>
 * <td>{@link APathLeavesItsDirectory}, StorageTest, DownloadTest</td></tr>
 * <tr><td>Who it is (of 4): sockets and events of other visitors' pages, guards that a path's spelling gets past, an address
 * to go to after the login, a session that was planted</td><td>{@link SomebodyElsesPage}, LoginTest</td></tr>
 * <tr><td>What it costs (of 4): pages, sockets and storages that anybody can have made, and that stay</td>
 * <td>{@link ResourcesOfNobody}, {@link HostileClientTest}</td></tr>
 * </table>
 */
class KnownAttacksTest {
    private static final String EVIL = "\"'`><img src=x onerror=\"window.hacked=1\"><script>window.hacked=1</script>"
            + "</title></textarea></style>{{hacked=1}}${window.hacked=1}\u2028javascript:window.hacked=1//";

    /** Text that users wrote is shown to others; some of it was parsed as HTML, CSS, a template or JavaScript. */
    @Nested
    class AStringBecomesCode {
        /** In a real browser: taken over from HTML, and again made by frames. Its console must stay silent too. */
        @Test
        void notInABrowser() throws Exception {
            AtomicReference<Page> open = new AtomicReference<>();
            try (WebServer server = Sites.one()
                            .page("/", page -> {
                                open.set(page);
                                evil(page);
                                page.button("Again").onClick(() -> evil(page));
                            })
                            .start(0);
                    Browser browser = Browser.start()) {
                browser.open(server.uri().toString());
                await().until(() -> browser.state().equals("live"));
                browser.button("Again").click();
                open.get().toast(EVIL);
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> browser.run("return document.querySelectorAll('h2').length")
                                .equals(2L));
                await().until(() -> !browser.run("return document.querySelectorAll('.pw-toast').length")
                        .equals(0L));
                Dialog<Object> dialog = open.get().dialog();
                dialog.label(EVIL);
                dialog.open();
                await().until(() -> browser.run("return document.querySelectorAll('dialog[open]').length")
                        .equals(1L));
                String echo = open.get()
                        .js("return JSON.stringify([typeof window.hacked]) + arguments[0]", EVIL)
                        .get(String.class);
                assertTrue(echo.startsWith("[\"undefined\""), echo);
                assertEquals(
                        0L,
                        browser.run("return document.querySelectorAll('main img[onerror], main script, main"
                                + " style').length"));
                assertEquals("undefined", browser.run("return typeof window.hacked"));
            }
        }

        private void evil(Page page) {
            page.title(EVIL);
            page.heading(2, EVIL);
            page.label(EVIL).tooltip(EVIL).classes(EVIL.replace(" ", "")).style("color: red; " + EVIL);
            page.paragraph(EVIL).attribute("aria-description", EVIL);
            page.input(EVIL).value(EVIL).placeholder(EVIL);
            page.textArea(EVIL).value(EVIL);
            page.select(EVIL, List.of(EVIL, "other")).choose(EVIL);
            page.link(EVIL, "/?" + EVIL.replaceAll("[^a-z=]", ""));
            page.button(EVIL).onClick(() -> {});
            page.log().push(EVIL);
        }

        /** JavaScript that was made of a function and its arguments: they are data here, and travel beside it. */
        @ParameterizedTest
        @EnumSource(IoPolicy.class)
        void argumentsAreNoPartOfTheScript(IoPolicy io) throws Exception {
            AtomicReference<Page> open = new AtomicReference<>();
            try (WebServer server = Sites.on(io).page("/", open::set).start(0);
                    RawTab tab = new RawTab(server.port(), "/")) {
                tab.visit().connect().hello().until("resumed");
                open.get().js("return 1", "\"); window.hacked = 1; (\"");
                String frame = tab.next("\"js\"");
                assertTrue(frame.contains("\"\\\"); window.hacked = 1; (\\\"\""), frame);
                String script = tab.get("/_plainweave/js/" + frame.replaceFirst(".*\"js\",\"([^\"]+)\".*", "$1"));
                assertTrue(script.contains("return 1") && !script.contains("hacked"), script);
            }
        }

        /** A path with a line end in it became a line of the log. */
        @ParameterizedTest
        @ValueSource(strings = {"/a%0d%0aERROR forged", "/a%0aERROR%20forged", "/a%1b[2Jforged", "/a%e2%80%a8forged"})
        void aPathIsNoLineOfTheLog(String path) throws Exception {
            try (WebServer server = Sites.one()
                            .page("/*", page -> {
                                page.background(() -> {
                                    throw new IllegalStateException("as the test wants it");
                                });
                            })
                            .start(0);
                    Logged log = Logged.of(Page.class, "forged");
                    RawTab tab = new RawTab(server.port(), path.replace(" ", "%20"))) {
                String answer = tab.ask().answer();
                if (answer.startsWith("HTTP/1.1 200")) {
                    await().until(() -> !log.lines().isEmpty());
                    log.lines().forEach(line -> assertFalse(line.matches("(?s).*[\\p{Cntrl}\u2028].*"), line));
                } else {
                    assertTrue(answer.startsWith("HTTP/1.1 400"), answer);
                }
            }
        }

        /** Names of events and fields that were put into a handler's source. */
        @ParameterizedTest
        @ValueSource(strings = {"click\" onload=\"x", "click x", "", "a,b", "constructor()", "x\n"})
        void namesOfEventsAndFieldsAreNames(String name) {
            Label label = new Label("div", "x");
            assertThrows(IllegalArgumentException.class, () -> label.on(name, () -> {}));
            assertThrows(IllegalArgumentException.class, () -> label.on("click", EventPolicy.QUEUE, event -> {}, name));
        }

        /** An address with a line end in it became a header field of the answer. */
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/next\r\nSet-Cookie: plainweave=x",
                    "/next\nX: y",
                    "/next?\r\n\r\n<script>",
                    "/\u010d\u010aX: y"
                })
        void anAddressIsNoHeader(String target) throws Exception {
            try (WebServer server =
                            Sites.one().page("/", page -> page.navigate(target)).start(0);
                    RawTab tab = new RawTab(server.port(), "/")) {
                String answer = tab.ask().answer();
                String head = answer.substring(0, answer.indexOf("\r\n\r\n"));
                assertFalse(head.lines().anyMatch(line -> line.startsWith("X:")), head);
                assertFalse(head.contains("plainweave=x\r\n") && head.contains("\r\nSet-Cookie: plainweave=x"), head);
                assertFalse(answer.substring(head.length()).contains("<script>"), answer);
            }
        }
    }

    /** A path with dots, in some spelling, read files from elsewhere, or wrote them there. */
    @Nested
    class APathLeavesItsDirectory {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/../secret.txt",
                    "/..%2fsecret.txt",
                    "/%2e%2e/secret.txt",
                    "/%2e%2e%2fsecret.txt",
                    "/..%5csecret.txt",
                    "/..\\secret.txt",
                    "/....//secret.txt",
                    "/%252e%252e/secret.txt",
                    "/.%00./secret.txt",
                    "/..;/secret.txt",
                    "//secret.txt",
                    "/sub/../../secret.txt",
                    "/link/secret.txt",
                    "/%c0%ae%c0%ae/secret.txt"
                })
        void noneOfStaticFiles(String path, @TempDir Path directory) throws Exception {
            Path root = Files.createDirectories(directory.resolve("public/sub")).getParent();
            Files.writeString(directory.resolve("secret.txt"), "a secret of the server's");
            Files.createSymbolicLink(root.resolve("link"), directory);
            try (WebServer server = Sites.one()
                            .page("/", page -> {})
                            .files("/files", root)
                            .start(0);
                    RawTab tab = new RawTab(server.port(), "/files" + path)) {
                String answer = tab.ask().answer();
                assertFalse(answer.contains("a secret"), answer);
                assertTrue(answer.startsWith("HTTP/1.1 40"), answer);
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/_plainweave/js/../../etc/passwd",
                    "/_plainweave/js/..%2f..%2fmodule-info.class",
                    "/_plainweave/js/%00",
                    "/_plainweave/js/",
                    "/_plainweave/js/nothing",
                    "/_plainweave/../dev/plainweave/ui/Page.class",
                    "/_plainweave/%2e%2e/dev/plainweave/ui/Page.class",
                    "ASSETS/../../dev/plainweave/ui/Page.class",
                    "ASSETS/..%2f..%2fdev/plainweave/ui/Page.class",
                    "ASSETS/%2e%2e/%2e%2e/module-info.class",
                    "ASSETS/../MANIFEST.MF",
                    "ASSETS/..\\MANIFEST.MF",
                    "ASSETS/",
                    "/META-INF/MANIFEST.MF"
                })
        void noneOfTheFrameworksOwn(String path) throws Exception {
            try (WebServer server = Sites.one().page("/", page -> {}).start(0);
                    RawTab tab = new RawTab(server.port(), path.replace("ASSETS", Assets.path()))) {
                String answer = tab.ask().answer();
                assertTrue(answer.startsWith("HTTP/1.1 40"), answer);
                assertFalse(answer.contains("\u00ca\u00fe\u00ba\u00be") || answer.contains("Manifest-Version"), answer);
            }
        }
    }

    /** What belongs to one visitor was to be had by another who knew, or guessed, its name. */
    @Nested
    class SomebodyElsesPage {
        @ParameterizedTest
        @EnumSource(IoPolicy.class)
        void aStolenSecretIsNothingWithoutItsCookieNorFromElsewhere(IoPolicy io) throws Exception {
            AtomicReference<LivePage> page = new AtomicReference<>();
            try (WebServer server = Sites.on(io)
                            .page("/", shown -> page.compareAndSet(null, (LivePage) shown))
                            .start(0);
                    RawPage victim = new RawPage(server);
                    RawPage thief = new RawPage(server)) {
                victim.connect().hello(1, 0);
                await().until(() -> victim.messages().toString().contains("resumed"));
                for (String cookie : List.of(thief.cookie, "", victim.cookie + "x", "plainweave=" + "A".repeat(22))) {
                    thief.connect(Optional.of(thief.origin()), cookie);
                    thief.send("{\"hello\":{\"v\":1,\"page\":\"" + victim.page + "\",\"secret\":\"" + victim.secret
                            + "\",\"lastFrame\":1,\"lastCommand\":0}}");
                    await(cookie).until(() -> thief.closed() == 1000);
                    assertEquals(List.of("{\"gone\":{\"reason\":\"unknown\"}}"), thief.messages(), cookie);
                }
                for (String origin : List.of("http://evil.example", "null", "https://127.0.0.1", "http://127.0.0.1")) {
                    assertEquals(403, victim.refusal(Optional.of(origin)), origin);
                }
                assertEquals(403, victim.refusal(Optional.empty()));
                assertEquals(0, victim.closing().getAsInt());
                assertTrue(page.get().tree.locked(page.get().writer::isConnected));
            }
        }

        @ParameterizedTest
        @EnumSource(IoPolicy.class)
        void aGoodbyeInAnothersNameEndsNothing(IoPolicy io) throws Exception {
            AtomicReference<Page> open = new AtomicReference<>();
            try (WebServer server = Sites.on(io).page("/", open::set).start(0);
                    RawTab tab = new RawTab(server.port(), "/")) {
                tab.visit().connect().hello().until("resumed");
                for (String body : List.of("", "{}", "[]", "null", "{\"page\":1,\"secret\":[]}", "x".repeat(2_000))) {
                    String answer = tab.post("/_plainweave/bye", body, "");
                    assertTrue(answer.startsWith("HTTP/1.1 20") || answer.startsWith("HTTP/1.1 40"), answer);
                }
                open.get().title("alive");
                tab.until("alive");
            }
        }

        /** A cookie that an attacker has planted must not be the visitor's own ever after: see also LoginTest. */
        @Test
        void aCookieThatIsNoneOfOursIsReplaced() throws Exception {
            try (WebServer server = Sites.one().page("/", page -> {}).start(0)) {
                for (String planted : List.of("x", "../../x", "A".repeat(21), "A".repeat(23), "A".repeat(21) + "=")) {
                    try (RawTab tab = new RawTab(server.port(), "/", "Cookie: plainweave=" + planted + "\r\n")) {
                        tab.visit();
                        assertNotEquals("plainweave=" + planted, tab.cookie());
                        assertEquals(33, tab.cookie().length());
                    }
                }
            }
        }
    }

    /** Anybody could have things made that cost memory, and never come back for them. */
    @Nested
    class ResourcesOfNobody {
        @ParameterizedTest
        @EnumSource(IoPolicy.class)
        void pagesOfAVisitorAndOfAnAddressAreLimitedAndRefusalsCounted(IoPolicy io) throws Exception {
            try (WebServer server = Sites.on(io)
                            .metrics("/metrics")
                            .pages(PageLimits.DEFAULT.visitorPages(2).addressPages(3))
                            .page("/", page -> page.label("open"))
                            .start(0);
                    User one = new User(server);
                    User other = new User(server)) {
                one.open("/").shouldSee("open");
                one.newTab().open("/").shouldSee("open");
                assertEquals(429, one.newTab().visit("/").status(), "a third page of the visitor");
                other.open("/").shouldSee("open");
                assertEquals(429, other.newTab().visit("/").status(), "a fourth page of the address");
                String metrics = other.newTab().visit("/metrics").html();
                assertTrue(metrics.contains("plainweave_pages_refusals_total{limit=\"visitorPages\"} 1.0"), metrics);
                assertTrue(metrics.contains("plainweave_pages_refusals_total{limit=\"addressPages\"} 1.0"), metrics);
                assertTrue(metrics.contains("plainweave_pages_open 3.0"), metrics);
                assertTrue(metrics.contains("plainweave_pages_violations_total 0.0"), metrics);
            }
        }

        @ParameterizedTest
        @EnumSource(IoPolicy.class)
        void aSocketThatNeverSaysHelloIsClosed(IoPolicy io) throws Exception {
            try (WebServer server = Sites.on(io)
                            .pages(PageLimits.DEFAULT.greeting(Duration.ofMillis(200)))
                            .page("/", page -> {})
                            .start(0);
                    RawPage silent = new RawPage(server);
                    RawPage quick = new RawPage(server)) {
                quick.connect().hello(1, 0);
                silent.connect();
                await().until(() -> silent.closed() == 1002);
                assertEquals(0, quick.closed());
            }
        }

        @ParameterizedTest
        @EnumSource(IoPolicy.class)
        void aFloodIsReadNoFasterThanItMayCome(IoPolicy io) throws Exception {
            AtomicReference<LivePage> page = new AtomicReference<>();
            try (WebServer server = Sites.on(io)
                            .metrics("/metrics")
                            .pages(PageLimits.DEFAULT.eventsPerSecond(200))
                            .page("/", shown -> page.set((LivePage) shown))
                            .start(0);
                    User user = new User(server);
                    RawPage flood = new RawPage(server)) {
                flood.connect().hello(1, 0);
                long begin = System.nanoTime();
                for (int event = 1; event <= 400; event++) {
                    flood.event(event, 1, 1, "click", "{}");
                }
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> page.get().writer.accepted() == 400);
                Duration took = Duration.ofNanos(System.nanoTime() - begin);
                assertTrue(took.compareTo(Duration.ofMillis(900)) > 0, "200 at once, 200 in a second: took " + took);
                assertEquals(0, flood.closed(), "nothing is lost, nobody is thrown out");
                String metrics = user.visit("/metrics").html();
                assertFalse(metrics.contains("plainweave_pages_slowed_total 0.0"), metrics);
                assertTrue(metrics.contains("plainweave_pages_events_ignored_total 400.0"), metrics);
            }
        }

        @ParameterizedTest
        @EnumSource(IoPolicy.class)
        void anOversizeMessageEndsItsConnectionAndThePageComesBack(IoPolicy io) throws Exception {
            try (WebServer server = Sites.on(io)
                            .pages(PageLimits.DEFAULT.messageBytes(10_000))
                            .page("/", page -> {})
                            .start(0);
                    RawPage raw = new RawPage(server)) {
                raw.connect().hello(1, 0).event(1, 1, 1, "click", "{\"x\":\"" + "x".repeat(20_000) + "\"}");
                await().until(() -> raw.closed() == 1009);
                raw.connect().hello(1, 0);
                await().until(() -> raw.messages().contains("{\"resumed\":{\"lastEvent\":0}}"));
            }
        }

        @Test
        void limitsSayWhatTheyWant() {
            PageLimits limits = PageLimits.DEFAULT;
            assertEquals(20_000, limits.eventsPerSecond());
            assertEquals(Duration.ofSeconds(10), limits.greeting());
            for (int wrong : new int[] {0, -1, 1_000_001}) {
                String said =
                        String.valueOf(assertThrows(IllegalArgumentException.class, () -> limits.eventsPerSecond(wrong))
                                .getMessage());
                assertTrue(said.contains("eventsPerSecond") && said.contains(String.valueOf(wrong)), said);
            }
            assertThrows(IllegalArgumentException.class, () -> limits.greeting(Duration.ZERO));
            assertThrows(IllegalArgumentException.class, () -> limits.visitorPages(0));
            assertThrows(IllegalArgumentException.class, () -> limits.addressPages(0));
        }
    }
}
