package dev.plainweave.ui;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What the browser keeps for a server that does not answer: so much and no more, nothing of it is lost, and one sees it. */
@Execution(ExecutionMode.CONCURRENT)
class BrowserQueueTest extends BrowserCase {
    private static final int MOST_EVENTS = 512;
    private static final String BAR =
            "document.querySelector('.pw-status').checkVisibility({ visibilityProperty: true })";
    private static final String SAYS = "document.querySelector('.pw-status').textContent";

    /** What a user does, faster than one can. */
    private static final String USER = """
        window.click = times => { while (times-- > 0) document.querySelector('main button').click() }
        window.type = (at, text) => {
          const field = document.querySelectorAll('main input')[at]
          field.value += text
          field.dispatchEvent(new Event('input', { bubbles: true }))
        }
        window.commit = at => document.querySelectorAll('main input')[at].dispatchEvent(new Event('change', { bubbles: true }))
        window.tick = detail => document.getElementById(arguments[0]).dispatchEvent(new CustomEvent('tick', { detail }))
        """;

    /** As soon as the connection is lost, and so before the page pays no attention any more. */
    private static final String WHEN_OFFLINE = """
        new MutationObserver((changes, self) => {
          if (document.body.dataset.state !== 'offline') return
          self.disconnect()
          %s
        }).observe(document.body, { attributes: true })
        """;

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final AtomicInteger clicks = new AtomicInteger();
    private final List<Label> ticked = new CopyOnWriteArrayList<>();

    private void page(Page page) {
        Label label = page.label("count 0");
        page.button("More").onClick(() -> {
            label.text("count " + clicks.incrementAndGet());
            heard.add("click");
        });
        for (String name : List.of("one", "two")) {
            page.input(name)
                    .onChange(change -> heard.add(name + " " + change.value()))
                    .onCommit(value -> heard.add("commit " + name + " " + value));
        }
        Label target = page.label("target");
        target.on(
                "tick",
                EventPolicy.QUEUE,
                event -> heard.add("tick " + event.text("detail").orElseThrow().strip()),
                "detail");
        ticked.add(target);
    }

    private void user() {
        browser.run(USER, ticked.getFirst().node.domId());
    }

    private void hears(List<String> what) {
        await().atMost(PATIENCE).untilAsserted(() -> assertEquals(what, heard));
    }

    @Test
    void withoutAConnectionItTakesSoManyEventsAndThenTypingOnly() throws Exception {
        through(this::page, (server, cutter) -> {
            user();
            browser.run(WHEN_OFFLINE.formatted("click(600)"));
            cutter.refuse(true);
            cutter.cut();
            state("offline");
            browser.run("type(0, 'ty'); click(1); type(0, 'ped')");
            until(true, BAR);
            until("Reconnecting…", SAYS);
            cutter.refuse(false);
            live();
            List<String> all = new ArrayList<>(
                    IntStream.range(0, MOST_EVENTS).mapToObj(count -> "click").toList());
            all.add("one typed");
            hears(all);
            see("count " + MOST_EVENTS);
            browser.button("More").click();
            see("count " + (MOST_EVENTS + 1));
        });
    }

    @Test
    void aServerThatIsSlowFillsItTooAndThatIsSeen() throws Exception {
        through(this::page, (server, cutter) -> {
            user();
            cutter.delay(4_000); // less than makes the browser give the connection up
            browser.run("click(600)");
            state("full");
            cutter.delay(0);
            until(true, BAR);
            assertEquals("Waiting for the server…", browser.run("return " + SAYS));
            browser.run("click(1)");
            live();
            until("", SAYS);
            see("count " + MOST_EVENTS);
            browser.button("More").click();
            see("count " + (MOST_EVENTS + 1));
        });
    }

    @Test
    void itTakesSoManyBytes() throws Exception {
        through(this::page, (server, cutter) -> {
            user();
            // Each of some 40,000 bytes, in memory: the seventh makes it more than 256 KB.
            browser.run(WHEN_OFFLINE.formatted("for (let at = 0; at < 10; at++) tick(String(at).padEnd(20000))"));
            cutter.refuse(true);
            cutter.cut();
            state("offline");
            cutter.refuse(false);
            live();
            hears(IntStream.range(0, 7).mapToObj(at -> "tick " + at).toList());
            browser.run("tick('after')");
            await().atMost(PATIENCE).until(() -> heard.getLast().equals("tick after"));
        });
    }

    @Test
    void editsThatWaitBecomeOneButNotAcrossWhatElseIsDone() throws Exception {
        through(this::page, (server, cutter) -> {
            user();
            browser.run(WHEN_OFFLINE.formatted("type(0, 'a'); type(0, 'b'); type(1, 'x'); type(0, 'c'); click(1);"
                    + " type(0, 'd'); type(0, 'e'); commit(0); type(0, 'f'); type(0, 'g')"));
            cutter.refuse(true);
            cutter.cut();
            state("offline");
            cutter.refuse(false);
            live();
            hears(List.of("two x", "one abc", "click", "one abcde", "commit one abcde", "one abcdefg"));
        });
    }

    @Test
    void aFullQueueDoesNotGrowWithWhatIsTypedAndTheLastIsCommitted() throws Exception {
        through(this::page, (server, cutter) -> {
            user();
            browser.run(WHEN_OFFLINE.formatted(
                    "click(512); for (let at = 0; at < 300; at++) {" + " type(0, 'x'); commit(0); type(1, 'y') }"));
            cutter.refuse(true);
            cutter.cut();
            state("offline");
            cutter.refuse(false);
            live();
            String last = "x".repeat(300);
            await().atMost(PATIENCE).until(() -> heard.size() >= MOST_EVENTS + 3);
            assertEquals(
                    List.of("one " + last, "commit one " + last, "two " + "y".repeat(300)),
                    heard.subList(MOST_EVENTS, heard.size()));
        });
    }

    /** As from the back-forward cache: while it was there, its connection was not lost. */
    @Test
    void aDocumentThatComesBackTakesAClickAtOnceAndSaysWhenNobodyAnswers() throws Exception {
        through(this::page, (server, cutter) -> {
            user();
            browser.run("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))");
            browser.await("setTimeout(arguments[0], 3500)");
            cutter.delay(5_000);
            browser.run("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })); click(1)");
            await().atMost(Duration.ofSeconds(8)).until(() -> browser.state().equals("offline"));
            until("Reconnecting…", SAYS);
            cutter.delay(0);
            live();
            see("count 1");
        });
    }
}
