package dev.plainweave.ui;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.WebServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.openqa.selenium.Keys;

/** What happens to tabs: more of them, left and come back to, asleep, cut off, and their server gone. */
@Execution(ExecutionMode.CONCURRENT)
class BrowserSurvivalTest extends BrowserCase {
    private final List<LivePage> pages = new CopyOnWriteArrayList<>();
    private final List<PageEnd> ends = new CopyOnWriteArrayList<>();

    /** Counts what is clicked, in each tab for itself. */
    private void counter(Page page) {
        pages.add((LivePage) page);
        page.onClose(ends::add);
        AtomicInteger count = new AtomicInteger();
        Label label = page.label("count 0");
        page.button("More").onClick(() -> label.text("count " + count.incrementAndGet()));
        page.link("Away", "/away");
    }

    private void away(Page page) {
        page.label("away");
        page.link("Back", "/");
    }

    private void more(int count) {
        browser.button("More").click();
        see("count " + count);
    }

    private String page() {
        return String.valueOf(browser.run("return document.body.dataset.page"));
    }

    @Test
    void twoTabsAndADuplicateArePagesOfTheirOwn() throws Exception {
        with(Sites.one().page("/", this::counter), server -> {
            browser.open(server.uri().toString());
            live();
            more(1);
            String first = browser.tabs().getFirst();
            String one = page();
            browser.openTab(server.uri().toString());
            live();
            more(1);
            String two = page();
            browser.tab(first);
            browser.run("sessionStorage.setItem('mark', 'copied'); window.open(location.href)");
            await().atMost(PATIENCE).until(() -> browser.tabs().size() == 3);
            browser.tab(browser.tabs().getLast());
            live();
            assertEquals("copied", browser.run("return sessionStorage.getItem('mark')"), "as a duplicated tab has it");
            assertTrue(browser.text().contains("count 0"), "it begins anew");
            more(1);
            assertEquals(3, List.of(one, two, page()).stream().distinct().count());
            browser.tab(first);
            live();
            more(2);
            assertEquals(one, page());
            for (int tab = 0; tab < 2; tab++) {
                browser.closeTab();
            }
            await().atMost(PATIENCE).until(() -> ends.size() == 2);
        });
    }

    /**
     * As Chromium does it: it keeps no document in its back-forward cache that is not to be stored and ever had a socket. What it
     * says (150, Page.backForwardCacheNotUsed, with and without --enable-features=BackForwardCache and
     * CacheControlNoStoreEnterBackForwardCache) are MainResourceHasCacheControlNoStore, WebSocketUsedWithCCNS,
     * CacheControlNoStoreHTTPOnlyCookieModified, BrowsingInstanceNotSwapped, and WebSocket, which goes when that is closed before.
     */
    @Test
    void goingBackIsANewVisitAndTheOldPageHasEnded() throws Exception {
        with(Sites.one().page("/", this::counter).page("/away", this::away), server -> {
            browser.open(server.uri().toString());
            live();
            more(1);
            String before = page();
            browser.find("a").click();
            see("away");
            live();
            browser.back();
            see("count 0");
            live();
            assertNotEquals(before, page());
            await().atMost(PATIENCE).until(() -> ends.equals(List.of(PageEnd.LEFT)));
            more(1);
            browser.forward();
            see("away");
            live();
        });
    }

    /** With what keeps it out of the cache taken away: the header, and the socket just before. */
    @Test
    void aDocumentThatChromiumBringsBackFromItsCacheIsTheSamePage() throws Exception {
        with(Sites.one().page("/", this::counter).page("/away", this::away), server -> {
            try (Cutter cutter = new Cutter(server.port())) {
                cutter.storable();
                browser.open("http://127.0.0.1:" + cutter.port() + "/");
                live();
                more(1);
                String before = page();
                browser.run("addEventListener('pageshow', event => { window.cached = event.persisted })");
                browser.await("import(" + SOCKET_MODULE + ").then(m => { m.disconnect(); arguments[0]() })");
                browser.find("a").click();
                see("away");
                pages.getFirst().label("said meanwhile");
                browser.back();
                until(
                        true,
                        "window.cached ?? performance.getEntriesByType('navigation')[0].notRestoredReasons.reasons");
                see("said meanwhile");
                assertEquals(before, page());
                more(2);
                assertEquals(List.of(), ends);
                browser.leave();
            }
        });
    }

    /** As other browsers do it: the events are those of a document that goes into the cache and comes out again. */
    @Test
    void aDocumentFromTheBackForwardCacheIsTheSamePage() throws Exception {
        with(Sites.one().page("/", this::counter), server -> {
            browser.open(server.uri().toString());
            live();
            more(1);
            String before = page();
            LivePage page = pages.getFirst();
            browser.run("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))");
            await().atMost(PATIENCE).until(() -> !page.tree.locked(page.writer::isConnected));
            page.label("said meanwhile");
            browser.await("setTimeout(arguments[0], 300)");
            assertFalse(browser.text().contains("said meanwhile"), "nothing happens to it there");
            browser.run("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
            see("said meanwhile");
            assertEquals(before, page());
            more(2);
            assertEquals(List.of(), ends);
        });
    }

    /** It would come back to a server that has let its page go, or to another that listens there now. */
    @Test
    void aDocumentThatHasSaidGoodbyeConnectsNoMore() throws Exception {
        through(this::counter, (server, cutter) -> {
            browser.run("window.made = []; window.WebSocket = class extends WebSocket {"
                    + " constructor(url) { super(url); window.made.push(this) } }");
            browser.await("import(" + SOCKET_MODULE + ").then(m => { m.disconnect(); m.connect(); arguments[0]() })");
            until(1L, "window.made.length");
            live();
            browser.run("dispatchEvent(new PageTransitionEvent('pagehide'))");
            cutter.cut();
            until(3L, "window.made[0].readyState");
            browser.run("dispatchEvent(new Event('online'))");
            assertEquals(1L, browser.run("return window.made.length"));
            await().atMost(PATIENCE).until(() -> ends.equals(List.of(PageEnd.LEFT)));
        });
    }

    @Test
    void aLaptopThatSleptFindsItsConnectionGoneAndResumes() throws Exception {
        through(this::counter, (server, cutter) -> {
            more(1);
            browser.devTools("Page.setWebLifecycleState", Map.of("state", "frozen"));
            cutter.swallow();
            pages.getFirst().label("said meanwhile");
            long woken = System.nanoTime();
            browser.devTools("Page.setWebLifecycleState", Map.of("state", "active"));
            see("said meanwhile");
            Duration took = Duration.ofNanos(System.nanoTime() - woken);
            System.out.println("after a sleep, what was missed is there in " + took.toMillis() + " ms");
            assertTrue(took.toSeconds() < 10, took.toString());
            more(2);
        });
    }

    @Test
    void aConnectionThatGoesInSilenceIsFoundOutByWhatTheUserDoes() throws Exception {
        through(this::counter, (server, cutter) -> {
            more(1);
            cutter.swallow();
            browser.button("More").click();
            long clicked = System.nanoTime();
            see("count 2");
            Duration took = Duration.ofNanos(System.nanoTime() - clicked);
            System.out.println("a click into the void is heard after " + took.toMillis() + " ms");
            assertTrue(took.toSeconds() < 10, took.toString());
            more(3);
        });
    }

    @Test
    void withoutAConnectionForLongOnlyTypingGoesOn() throws Exception {
        CopyOnWriteArrayList<String> typed = new CopyOnWriteArrayList<>();
        PageFunction page = shown -> {
            counter(shown);
            shown.input("Text").onChange(change -> typed.add(change.value()));
        };
        through(page, (server, cutter) -> {
            browser.run(
                    "new MutationObserver((records, self) => { if (document.body.dataset.state !== 'offline') return;"
                            + " self.disconnect(); document.querySelector('main button').click() })"
                            + ".observe(document.body, { attributes: true })");
            cutter.refuse(true);
            cutter.cut();
            state("offline");
            browser.await("setTimeout(arguments[0], 3500)");
            browser.button("More").click();
            browser.find("input").sendKeys("typed in the dark");
            assertEquals(List.of(), typed);
            cutter.refuse(false);
            live();
            see("count 1");
            await().atMost(PATIENCE).until(() -> typed.equals(List.of("typed in the dark")));
            more(2);
        });
    }

    @Test
    void aPrerenderedDocumentConnectsWhenItIsShown() throws Exception {
        with(Sites.one().page("/", this::away).page("/next", this::counter), server -> {
            browser.devTools("Page.setBypassCSP", Map.of("enabled", true));
            browser.open(server.uri().toString());
            live();
            browser.run("const rules = document.createElement('script'); rules.type = 'speculationrules';"
                    + " rules.textContent = JSON.stringify({ prerender: [{ urls: ['/next'] }] });"
                    + " document.head.append(rules)");
            await().atMost(PATIENCE).until(() -> !pages.isEmpty());
            browser.await("setTimeout(arguments[0], 1000)");
            assertFalse(pages.getFirst().writer.wasConnected());
            browser.run("location.href = '/next'");
            see("count 0");
            live();
            assertTrue(((Number) browser.run("return performance.getEntriesByType('navigation')[0].activationStart"))
                            .doubleValue()
                    > 0);
            more(1);
            assertEquals(1, pages.size());
        });
    }

    @Test
    void aClickOnWhatIsGoneMeanwhileIsNothing() throws Exception {
        AtomicInteger clicked = new AtomicInteger();
        CopyOnWriteArrayList<Button> buttons = new CopyOnWriteArrayList<>();
        PageFunction page = shown -> {
            counter(shown);
            buttons.add(shown.button("Gone").onClick(clicked::incrementAndGet));
        };
        through(page, (server, cutter) -> {
            cutter.delay(1500);
            buttons.getFirst().remove();
            browser.run("document.querySelectorAll('main button')[1].click()");
            cutter.delay(0);
            until(false, "document.querySelector('main').innerText.includes('Gone')");
            more(1);
            assertEquals(0, clicked.get());
            assertFalse(browser.find("body").getDomAttribute("data-state").equals("ended"));
        });
    }

    @Test
    void anotherDocumentThatTakesThePageOverEndsThisOne() throws Exception {
        through(this::counter, (server, cutter) -> {
            LivePage page = pages.getFirst();
            Wire other = new Nowhere();
            page.inbox().connect(other, new Incoming.Hello(page.id, "", 0, 1, 0, ""));
            state("ended");
            assertTrue(
                    page.tree.locked(() -> page.writer.isLink(other)), "they do not take it from each other for ever");
        });
    }

    @Test
    void aRestartOffersAReloadThatKeepsWhatWasTypedButNoPassword() throws Exception {
        CopyOnWriteArrayList<String> heard = new CopyOnWriteArrayList<>();
        PageFunction page = shown -> {
            shown.input("Draft").onChange(change -> heard.add(change.value()));
            shown.input("Draft").value("as it was").onChange(change -> heard.add(change.value()));
            shown.textArea("Notes").onChange(change -> heard.add(change.value()));
            shown.input("Secret")
                    .attribute("type", "password")
                    .onChange(change -> heard.add("secret " + change.value()));
            shown.checkbox("Box").onChange(change -> heard.add("box " + change.value()));
            shown.select("Colour", List.of("red", "green"))
                    .onChange(change -> heard.add(change.value().orElse("none")));
        };
        browser.expect(complaint -> complaint.contains("WebSocket connection to"));
        WebServer first = Sites.one().page("/", page).start(0);
        int port = first.port();
        browser.screen(1200, 900, "light");
        browser.open(first.uri().toString());
        live();
        browser.find("#w1 input").sendKeys("first");
        browser.find("textarea").sendKeys("two", Keys.ENTER, "lines");
        browser.find("[type=password]").sendKeys("hunter2");
        browser.find("[type=checkbox]").click();
        browser.find("select").sendKeys("green");
        await().atMost(PATIENCE).until(() -> heard.contains("green"));
        first.close();
        await().atMost(PATIENCE).until(() -> List.of("offline", "ended").contains(browser.state()));
        try (WebServer second = Sites.one().page("/", page).start(port)) {
            state("ended");
            until("This page has ended.", "document.querySelector('.pw-status').firstChild.data");
            until(true, "document.querySelector('.pw-status').checkVisibility({ visibilityProperty: true })");
            browser.screenshot("ended");
            browser.find("textarea").sendKeys(" and more");
            heard.clear();
            browser.button("Reload").click();
            live();
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertEquals(List.of("first", "two\nlines and more", "box true", "green"), heard));
            assertEquals("first", typed());
            assertEquals("", browser.find("[type=password]").getDomProperty("value"));
            assertEquals("as it was", browser.run("return document.querySelectorAll('input')[1].value"));
            assertEquals(
                    List.of(),
                    browser.run("return Object.keys(sessionStorage).filter(key => key.includes('drafts'))"),
                    "they are not kept for ever");
            browser.open(second.uri().toString());
            live();
            assertEquals("", typed());
            browser.open("about:blank");
        }
    }

    @Test
    void theStateOfTheConnectionIsSeenAboveADialogToo() throws Exception {
        CopyOnWriteArrayList<Dialog<?>> dialogs = new CopyOnWriteArrayList<>();
        PageFunction page = shown -> {
            counter(shown);
            Dialog<?> dialog = shown.dialog();
            dialog.label("question");
            dialogs.add(dialog);
            shown.button("Busy").onClick(() -> await().until(() -> dialogs.size() > 1));
        };
        String bar = "document.querySelector('.pw-status').checkVisibility({ visibilityProperty: true })";
        through(page, (server, cutter) -> {
            browser.button("Busy").click();
            until(true, "document.body.hasAttribute('data-busy')");
            dialogs.add(dialogs.getFirst());
            until(false, "document.body.hasAttribute('data-busy')");
            dialogs.getFirst().open();
            until(true, "document.querySelector('dialog').matches(':modal')");
            cutter.close(); // nobody answers
            state("offline");
            until(true, bar);
            browser.screenshot("reconnecting");
            until("Reconnecting…", "document.querySelector('.pw-status').textContent");
            browser.await("setTimeout(arguments[0], 3500)");
            browser.press(Keys.ESCAPE);
            browser.press(Keys.ESCAPE);
            until(true, "document.querySelector('dialog').matches(':modal')"); // nobody could be told
            assertTrue(dialogs.getFirst().isOpen());
        });
        with(Sites.one().page("/", page), server -> {
            browser.open(server.uri().toString());
            live();
            LivePage last = pages.getLast();
            dialogs.getLast().open();
            until(true, "document.querySelector('dialog').matches(':modal')");
            last.tree.run(() -> last.writer.end(Incoming.gone("login")));
            state("ended");
            until("You are logged out.", "document.querySelector('.pw-status').firstChild.data");
            until(true, bar);
            browser.button("Log in").click();
            live();
            assertNotEquals(last.id, page());
        });
    }

    @Test
    void aPartOfTheRuntimeThatCannotBeHadIsAskedForUntilItComes() throws Exception {
        browser.expect(complaint -> complaint.contains("net::ERR_BLOCKED_BY_CLIENT"));
        String asked = "performance.getEntriesByType('resource').filter(one => one.name.includes('/fields.js'))";
        PageFunction page = shown -> shown.button("Add").onClick(() -> shown.input("Name"));
        with(Sites.one().page("/", page), server -> {
            browser.open(server.uri().toString());
            live();
            browser.devTools("Network.enable", Map.of());
            browser.devTools("Network.setBlockedURLs", Map.of("urls", List.of("*/fields.js*")));
            browser.button("Add").click();
            until(true, asked + ".length > 6");
            browser.devTools("Network.setBlockedURLs", Map.of("urls", List.of()));
            until(true, asked + ".some(one => one.responseStatus === 200)");
            browser.find("input").sendKeys("Ada");
            assertEquals("Ada", typed());
        });
    }
}
