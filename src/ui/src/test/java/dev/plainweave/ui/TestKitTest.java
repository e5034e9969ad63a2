package dev.plainweave.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.ui.test.Download;
import dev.plainweave.ui.test.Found;
import dev.plainweave.ui.test.PageTests;
import dev.plainweave.ui.test.Tab;
import dev.plainweave.ui.test.User;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The test kit: it finds what a user finds, does what a user can do, and says what there was when a test fails. */
class TestKitTest {
    private final List<String> heard = new CopyOnWriteArrayList<>();

    @RegisterExtension
    final PageTests pages = new PageTests(() -> Plainweave.builder()
            .page("/", this::page)
            .page("/next", page -> page.heading("Next page"))
            .page("/broken", page -> {
                throw new IllegalStateException("as the test wants it");
            })
            .page("/who", page -> page.label(page.request().query("name").orElse("nobody"))));

    private void page(Page page) {
        page.heading("Title");
        page.row(row -> row.button("Add").onClick(() -> heard.add("add")));
        page.row(row -> row.button("Add").onClick(() -> heard.add("other")));
        page.button("Off").enabled(false).onClick(() -> heard.add("off"));
        page.button("Hidden").visible(false).onClick(() -> heard.add("hidden"));
        page.button("Deaf");
        Input name = page.input("Name").placeholder("Your full name");
        name.onCommit(value -> heard.add("committed " + value));
        name.on(
                "keydown",
                EventPolicy.QUEUE,
                key -> heard.add("key " + key.text("key").orElse("")),
                "key",
                "ctrlKey");
        page.checkbox("Agree").onChange(change -> heard.add("agree " + change.value()));
        page.select("Colour", List.of("red", "green")).onChange(change -> heard.add("colour " + change.value()));
        page.button("Save")
                .onClick(() -> page.download(
                        "Gr\u00fc\u00dfe 1.txt",
                        "text/plain; charset=iso-8859-1",
                        Content.of("gr\u00fc\u00df".getBytes(StandardCharsets.ISO_8859_1))));
        page.link("To the next", "/next");
        page.button("Go on").onClick(() -> page.navigate("/next"));
        page.button("Leave").onClick(() -> page.navigate("https://example.org/"));
        page.button("Ask").onClick(() -> page.toast("sure: " + page.confirm("Really?")));
        page.button("Fail").onClick(() -> {
            throw new IllegalStateException("as the test wants it");
        });
    }

    private static String failure(User user, Executable expectation) {
        user.patience(Duration.ofMillis(50));
        String said = thrown(expectation);
        user.patience(Duration.ofSeconds(5));
        return said;
    }

    private static String thrown(Executable expectation) {
        return String.valueOf(assertThrows(AssertionError.class, expectation).getMessage());
    }

    private User home() {
        return pages.user().open("/");
    }

    private static void contains(String text, String... parts) {
        for (String part : parts) {
            assertTrue(text.contains(part), text);
        }
    }

    @Test
    void whatIsNotThereIsSaidWithWhatIs() {
        User user = home();
        contains(
                failure(user, () -> user.shouldSee("Nobody")),
                "nobody sees \"Nobody\"",
                "h1#2 \"Title\"",
                "button#6 \"Add\" type=button hears click",
                "button \"Off\"".replace(" ", "#7 "),
                "disabled",
                "placeholder=Your full name");
        contains(failure(user, () -> user.shouldNotSee("Title")), "\"Title\" is still to be seen", "h1#2");
        contains(failure(user, () -> user.find("Nobody")), "no element says \"Nobody\"", "h1#2");
        contains(failure(user, () -> user.findRole("slider")), "there is no slider", "h1#2");
        contains(failure(user, () -> user.findRole("button", "Gone")), "there is no button \"Gone\"");
        contains(failure(user, () -> user.find("Title").shouldSay("Other")), "does not say \"Other\", but \"Title\"");
        contains(failure(user, user::dialog), "no dialog is open");
        contains(failure(user, user::shouldBeBusy), "the page is not busy");
        contains(failure(user, user::shouldBeGone), "the page is still there");
        contains(failure(user, () -> user.shouldBeAt("/next")), "this is /, not /next");
        user.disconnect();
        contains(failure(user, user::settle), "(not connected)");
        user.leave();
        contains(failure(user, () -> user.find("Title")), "no page is open");
    }

    @Test
    void aUserOperatesOnlyWhatAUserCan() {
        User user = home();
        contains(failure(user, () -> user.find("Off").click()), "cannot be clicked: it is disabled", "h1#2");
        contains(failure(user, () -> user.find("Hidden")), "no element says");
        contains(failure(user, () -> user.find("Deaf").click()), "nothing hears a click on button#", "\"Deaf\"");
        Found add = user.find("Add");
        user.find("Ask").click();
        user.shouldSee("Really?");
        contains(failure(user, add::click), "cannot be clicked: a dialog is above it");
        contains(failure(user, () -> user.answer("Other?", "Yes")), "does not ask \"Other?\", but \"Really?");
        user.answer("Really?", "Yes").shouldSee("sure: true");
        add.click();
        user.settle();
        assertEquals(List.of("add"), heard);
        contains(failure(user, () -> user.find("Colour").choose("blue")), "there is no option \"blue\"");
    }

    @Test
    void elementsAreFoundByTextLabelRoleAndPlace() {
        User user = home();
        assertEquals("textbox", user.find("Name").role());
        assertEquals(user.find("Name").id(), user.find("Your full name").id());
        assertEquals("Title", user.findRole("heading").text());
        assertEquals("checkbox", user.findRole("checkbox", "Agree").role());
        assertEquals("a", user.findRole("link", "To the next").tag());
        List<Found> buttons = user.all("button");
        assertEquals(
                List.of("Add", "Add"),
                buttons.subList(0, 2).stream().map(Found::text).toList());
        buttons.get(1).click();
        user.settle();
        assertEquals(List.of("other"), heard);
        assertTrue(user.find("Add").has(".btn") && user.find("Add").has("type"));
        assertFalse(user.find("Off").isOperable());
    }

    @Test
    void theKeyboardAndTheMouseDoWhatTheyDoInABrowser() {
        User user = home();
        user.find("Name").type("Ada").press("ArrowDown").clear();
        user.find("Agree").click();
        user.find("Agree").tick(false);
        user.find("Colour").choose("green");
        user.settle();
        assertEquals(
                List.of(
                        "committed Ada",
                        "key ArrowDown",
                        "committed ",
                        "agree true",
                        "agree false",
                        "colour Optional[green]"),
                heard);
        contains(failure(user, () -> user.find("Name").fire("dblclick", Map.of())), "nothing hears a dblclick");
    }

    @Test
    void linksAndNavigationAreFollowed() {
        User user = home();
        user.find("To the next").click();
        user.shouldBeAt("/next").findRole("heading", "Next page");
        user.open("/").find("Go on").click();
        user.shouldSee("Next page").shouldBeAt("/next");
        assertEquals("/next", user.wentTo());
        user.open("/").find("Leave").click();
        user.settle();
        assertEquals("https://example.org/", user.wentTo());
        assertEquals("/", user.path());
        user.open("/who?name=Ada").reload().shouldSee("Ada");
        assertEquals("/who?name=Ada", user.path());
    }

    @Test
    void tabsOfOneVisitorShareItsCookiesAndOthersDoNot() {
        User user = home();
        User second = user.newTab().open("/");
        user.find("Ask").click();
        user.shouldSee("Really?");
        second.shouldNotSee("Really?").find("Add").click();
        second.settle();
        assertEquals(List.of("add"), heard);
        user.disconnect().reconnect().answer("Really?", "No").shouldSee("sure: false");
        assertEquals(List.of("sure: false"), user.toasts());
        assertEquals(List.of(), second.toasts());
    }

    @Test
    void aHandlerThatFailsFailsTheTestThoughNobodyLooked() {
        PageTests inner = new PageTests(() -> Plainweave.builder().page("/", this::page));
        inner.beforeEach(null);
        inner.user().open("/").find("Fail").click();
        contains(thrown(() -> inner.afterEach(null)), "1 handlers failed", "Something went wrong. (");
        inner.beforeEach(null);
        inner.expectFailures();
        inner.user().open("/").find("Fail").click();
        inner.afterEach(null);
        inner.beforeEach(null);
        inner.user().open("/");
        inner.afterEach(null);
    }

    @Test
    void aPageThatCannotBeBuiltFailsTheTest() {
        PageTests inner = new PageTests(() -> Plainweave.builder().page("/broken", page -> {
            throw new IllegalStateException("as the test wants it");
        }));
        inner.beforeEach(null);
        inner.user().open("/broken?a=b");
        assertEquals(
                "1 handlers failed; their stacks are in the log:\n/broken?a=b was answered with 500",
                thrown(() -> inner.afterEach(null)));
        inner.beforeEach(null);
        inner.expectFailures();
        inner.user().open("/broken");
        inner.afterEach(null);
    }

    @Test
    void anErrorInTheLogFailsTheTestWhoseServerItIs() throws InterruptedException {
        CountDownLatch logged = new CountDownLatch(1);
        Logger log = LoggerFactory.getLogger("shop");
        java.util.logging.Logger other = java.util.logging.Logger.getLogger("depot");
        PageTests inner = new PageTests(() -> Plainweave.builder().page("/", page -> {
            page.button("Warn").onClick(() -> log.warn("nearly sold out"));
            page.button("Order")
                    .onClick(() -> page.background(() -> {
                        log.error("no stock of {}", "tea", new IOException("empty"));
                        logged.countDown();
                    }));
            page.button("Fetch").onClick(() -> other.severe("no van"));
        }));
        PageTests neighbour = new PageTests(() -> Plainweave.builder().page("/", page -> page.label("quiet")));
        inner.beforeEach(null);
        inner.user().open("/").find("Warn").click();
        inner.afterEach(null);

        inner.beforeEach(null);
        User user = inner.user().open("/");
        user.find("Order").click();
        user.find("Fetch").click();
        user.settle();
        logged.await();
        neighbour.beforeEach(null);
        neighbour.user().open("/").shouldSee("quiet");
        neighbour.afterEach(null);
        contains(
                thrown(() -> inner.afterEach(null)),
                "2 errors were logged",
                "shop: no stock of tea, java.io.IOException: empty",
                "depot: no van");

        inner.beforeEach(null);
        inner.expectFailures();
        inner.user().open("/").find("Fetch").click();
        inner.afterEach(null);
    }

    @Test
    void whoIsAwayAtTheEndComesBackToHearOfFailures() {
        CountDownLatch nobodyThere = new CountDownLatch(1);
        PageTests inner = new PageTests(() -> Plainweave.builder()
                .page(
                        "/",
                        page -> page.button("Fail").onClick(() -> {
                            nobodyThere.await();
                            throw new IllegalStateException("as the test wants it");
                        })));
        inner.beforeEach(null);
        User user = inner.user().open("/");
        user.find("Fail").click();
        user.shouldBeBusy().disconnect();
        nobodyThere.countDown();
        contains(thrown(() -> inner.afterEach(null)), "1 handlers failed", "Something went wrong. (");
    }

    @Test
    void whereTheApplicationTellsTheTestHasTheExceptionsThemselves() {
        CountDownLatch nobodyThere = new CountDownLatch(1);
        PageTests inner = Sites.tested(site -> site.page(
                "/",
                page -> page.background(() -> {
                    nobodyThere.await();
                    throw new IllegalStateException("in the background");
                })));
        inner.beforeEach(null);
        inner.user().visit("/");
        nobodyThere.countDown();
        List<Throwable> told = inner.expectFailures();
        org.awaitility.Awaitility.await().until(() -> told.size() == 1);
        assertEquals("in the background", told.getFirst().getMessage());
        inner.afterEach(null);
    }

    @Test
    void whatIsOfferedForDownloadIsFetchedWithItsName() {
        User user = home();
        contains(failure(user, user::download), "the page offers no download");
        user.find("Save").click();
        Download first = user.download();
        assertEquals("Gr\u00fc\u00dfe 1.txt", first.name());
        assertEquals("text/plain;charset=iso-8859-1", first.mediaType());
        assertEquals("gr\u00fc\u00df", first.text());
        assertEquals(4, first.bytes().length);
        contains(failure(user, user::download), "the page offers no download");
    }

    @Test
    void aUserLogsInAndIsWhereTheyWantedToGo() {
        PageTests inner = new PageTests(() -> Plainweave.builder()
                .login(
                        "/login",
                        page -> page.button("Log in").onClick(() -> page.login(dev.plainweave.access.User.of("ada"))))
                .page(
                        "/account",
                        page -> page.label("account of "
                                + page.request().user().orElseThrow().getName()))
                .requires("/account"));
        inner.beforeEach(null);
        User user = inner.user().open("/account");
        user.find("Log in").click();
        user.shouldSee("account of ada").shouldBeAt("/account");
        user.newTab().open("/account").shouldSee("account of ada");
        inner.user().open("/account").find("Log in");
        inner.afterEach(null);
    }

    @Test
    void whatIsNoPageIsSaid() {
        pages.expectFailures();
        User user = pages.user();
        assertEquals(404, user.visit("/nothing").status());
        user.open("/broken");
        contains(failure(user, () -> user.shouldSee("x")), "no page is open; the last answer was 500");
    }

    @Test
    void aTabIsLiveWhenItHasThePageNotOnlyTheAnswerToHello() {
        Tab tab = new Tab("page", "secret");
        Tab.Wire wire = message -> {};
        tab.connect(wire);
        tab.receive(wire, "{\"snapshot\":{\"lastEvent\":0}}");
        assertFalse(tab.isLive());
        tab.receive(wire, "{\"n\":1,\"base\":0,\"state\":[[1,{\"#\":\"main\",\"*\":[]}]]}");
        assertTrue(tab.isLive());
        tab.disconnected(wire);
        assertFalse(tab.isLive());
    }
}
