package dev.plainweave.ui;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import dev.plainweave.ui.test.User;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/**
 * Every way for a browser to go, at every moment of a page, all of one policy at the same time: each page ends once and says
 * why, whoever waited is released, neighbours notice nothing, nothing is logged, and nothing is left.
 */
@Timeout(120)
@Isolated("counts the descriptors of the process, and watches its whole log")
class PageFaultMatrixTest {
    private static final Set<PageEnd> AWAY = Set.of(PageEnd.LOST);
    private static final Set<PageEnd> NEVER = Set.of(PageEnd.NEVER_CONNECTED);

    /** What the page is doing when it happens. */
    private enum Moment {
        /** The page function computes, and has shown nothing yet. */
        RENDER,
        /** The browser has the HTML, and its connection, but has not greeted. */
        TAKE_OVER,
        /** The greeting is on its way. */
        GREETING,
        /** It is connected, and nothing happens. */
        IDLE,
        /** It has come back, and is being told what it missed. */
        RESUME,
        /** A handler blocks in code of its own. */
        EVENT,
        BLOCKING,
        CONFIRM,
        PROMPT,
        CHOOSE,
        DIALOG,
        AWAIT_CLICK,
        JS,
        SLEEP;

        boolean isHandler() {
            return compareTo(EVENT) >= 0;
        }

        boolean isWait() {
            return compareTo(CONFIRM) >= 0;
        }

        void act(Page page, CountDownLatch free) throws Exception {
            switch (this) {
                case EVENT -> free.await();
                case BLOCKING ->
                    page.blocking(() -> {
                        free.await();
                        return "";
                    });
                case CONFIRM -> page.confirm("Really?");
                case PROMPT -> page.prompt("Who?");
                case CHOOSE -> page.choose("Which?", List.of("one", "other"));
                case DIALOG -> page.dialog().await();
                case AWAIT_CLICK -> page.button("Next").awaitClick();
                case JS -> page.js("return 1").get(Integer.class);
                case SLEEP -> page.sleep(Duration.ofHours(1));
                default -> {}
            }
        }
    }

    private enum Fault {
        RESET,
        END,
        CLOSE_FRAME,
        BYE,
        GARBAGE,
        APPLICATION_CLOSES;

        void strike(RawTab tab, Page page) throws IOException {
            switch (this) {
                case RESET -> tab.reset();
                case END -> tab.end();
                case CLOSE_FRAME -> tab.closeFrame();
                case BYE -> tab.send("{\"bye\":true}").leave();
                case GARBAGE -> tab.write(new byte[] {(byte) 0xff, 0, 1, 2, 3});
                case APPLICATION_CLOSES -> page.close();
            }
        }

        /** What can happen before there is a greeting, and before there is a connection. */
        boolean fits(Moment moment) {
            return switch (moment) {
                case RENDER -> this == RESET || this == END;
                case TAKE_OVER -> this != BYE;
                default -> true;
            };
        }

        Set<PageEnd> expected(Moment moment) {
            if (this == APPLICATION_CLOSES) {
                return Set.of(PageEnd.CLOSED);
            }
            return switch (moment) {
                case RENDER, TAKE_OVER -> NEVER;
                case GREETING -> Set.of(PageEnd.LOST, PageEnd.NEVER_CONNECTED, PageEnd.LEFT); // who is faster
                default -> this == BYE ? Set.of(PageEnd.LEFT) : AWAY;
            };
        }
    }

    /** One of the matrix. */
    private static final class Case {
        final Moment moment;
        final Fault fault;
        final List<PageEnd> ends = new CopyOnWriteArrayList<>();
        final CompletableFuture<WeakReference<Page>> page = new CompletableFuture<>();
        final CountDownLatch there = new CountDownLatch(1);
        final CountDownLatch free = new CountDownLatch(1);
        final CompletableFuture<String> outcome = new CompletableFuture<>();
        volatile boolean cleanedUp;

        Case(Moment moment, Fault fault) {
            this.moment = moment;
            this.fault = fault;
        }

        @Override
        public String toString() {
            return fault + " at " + moment;
        }
    }

    private final Map<String, Case> cases = new ConcurrentHashMap<>();
    private final Property<String> shared = Property.of("shared");
    private final Event<String> event = new Event<>();
    private final AtomicInteger clicks = new AtomicInteger();

    private void page(Page page) throws InterruptedException {
        Case mine = cases.get(page.request().query("case").orElseThrow());
        mine.page.complete(new WeakReference<>(page));
        page.onClose(mine.ends::add);
        page.label("").bind(shared);
        event.listen(page, page::toast);
        page.every(Duration.ofMillis(20), () -> page.title("still there"));
        page.button("Go").onClick(() -> {
            mine.there.countDown();
            try {
                mine.moment.act(page, mine.free);
                mine.outcome.complete("returned");
            } catch (PageClosedException closed) {
                mine.outcome.complete("closed " + closed.end());
                throw closed;
            } finally {
                mine.cleanedUp = true;
            }
        });
        if (mine.moment == Moment.RENDER) {
            mine.there.countDown();
            mine.free.await();
        }
    }

    private void neighbour(Page page) {
        Label label = page.label("nothing");
        page.button("Click").onClick(() -> label.text("click " + clicks.incrementAndGet()));
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void eachPageEndsOnceAndNothingIsLeft(IoPolicy io) throws Exception {
        PageLimits limits = PageLimits.DEFAULT
                .unconnected(1_000)
                .retention(Duration.ofSeconds(1))
                .firstConnect(Duration.ofSeconds(3));
        try (WebServer server = Sites.on(io)
                        .pages(limits)
                        .page("/", this::page)
                        .page("/neighbour", this::neighbour)
                        .start(0);
                User neighbour = new User(server);
                Lines log = new Lines()) {
            neighbour.open("/neighbour").find("Click").click();
            long descriptors = descriptors();
            List<Thread> running = new ArrayList<>();
            List<Throwable> wrong = new CopyOnWriteArrayList<>();
            for (Moment moment : Moment.values()) {
                Stream.of(Fault.values()).filter(fault -> fault.fits(moment)).forEach(fault -> {
                    Case one = new Case(moment, fault);
                    cases.put(one.moment + "-" + one.fault, one);
                    running.add(Thread.ofVirtual().start(() -> {
                        try {
                            run(one, server.port());
                        } catch (Throwable failed) {
                            wrong.add(new AssertionError(one.toString(), failed));
                        }
                    }));
                });
            }
            for (int click = 2; click < 20; click++) {
                neighbour.find("Click").click();
                neighbour.shouldSee("click " + click);
            }
            for (Thread thread : running) {
                thread.join();
            }
            if (!wrong.isEmpty()) {
                AssertionError all = new AssertionError(wrong.toString());
                wrong.forEach(all::addSuppressed);
                throw all;
            }
            for (Case one : cases.values()) {
                await().atMost(Duration.ofSeconds(20))
                        .untilAsserted(() -> assertEquals(1, one.ends.size(), one + " ended " + one.ends));
                assertTrue(one.fault.expected(one.moment).containsAll(one.ends), one + " ended " + one.ends);
                if (one.moment.isHandler()) {
                    one.free.countDown();
                    String expected = one.moment.isWait() ? "closed " + one.ends.getFirst() : "returned";
                    assertEquals(expected, one.outcome.get(), one.toString());
                    await().untilAsserted(() -> assertTrue(one.cleanedUp, one.toString()));
                }
            }
            List<WeakReference<Page>> pages =
                    cases.values().stream().map(one -> one.page.join()).toList();
            assertTrue(pages.size() > 70, "cases: " + pages.size());
            await().untilAsserted(() -> assertEquals(0, event.listeners()));
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                System.gc();
                assertEquals(
                        List.of(),
                        cases.values().stream()
                                .filter(one -> one.page.join().get() != null)
                                .map(Case::toString)
                                .toList(),
                        "pages that are still held");
            });
            await().untilAsserted(() -> assertTrue(descriptors() <= descriptors, "descriptors: " + descriptors()));
            neighbour.find("Click").click();
            neighbour.shouldSee("click 20");
            assertEquals(List.of(), log.lines);
        }
    }

    private void run(Case one, int port) throws Exception {
        RawTab tab = new RawTab(port, "/?case=" + one.moment + "-" + one.fault);
        if (one.moment == Moment.RENDER) {
            tab.ask();
            one.there.await();
            strike(one, tab);
            one.free.countDown();
            return;
        }
        tab.visit().connect();
        if (one.moment != Moment.TAKE_OVER) {
            tab.hello();
        }
        if (one.moment == Moment.RESUME) {
            tab.until("resumed").reset();
            shared.value("while away " + one);
            tab.connect().hello();
        } else if (one.moment.compareTo(Moment.GREETING) > 0) {
            tab.until("resumed");
        }
        if (one.moment.isHandler()) {
            tab.click(1, "Go").until("\"ack\":1");
            one.there.await();
        }
        strike(one, tab);
        if (one.fault == Fault.GARBAGE || one.fault == Fault.APPLICATION_CLOSES) {
            await().until(() -> !one.ends.isEmpty());
            tab.close();
        }
    }

    private static void strike(Case one, RawTab tab) throws IOException {
        Page page = one.page.join().get();
        one.fault.strike(tab, page);
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void theServersStopEndsThemAllAndReleasesWhoeverWaits(IoPolicy io) throws Exception {
        List<RawTab> tabs = new ArrayList<>();
        try (Lines log = new Lines()) {
            try (WebServer server = Sites.on(io).page("/", this::page).start(0)) {
                for (Moment moment : Moment.values()) {
                    if (moment.isHandler() || moment == Moment.IDLE) {
                        Case one = new Case(moment, Fault.END);
                        cases.put(moment + "-" + Fault.END, one);
                        RawTab tab = new RawTab(server.port(), "/?case=" + moment + "-" + Fault.END);
                        tabs.add(tab);
                        tab.visit().connect().hello().until("resumed");
                        if (moment.isHandler()) {
                            tab.click(1, "Go").until("\"ack\":1");
                            one.there.await();
                        }
                    }
                }
                cases.get(Moment.EVENT + "-" + Fault.END).free.countDown();
                cases.get(Moment.BLOCKING + "-" + Fault.END).free.countDown();
            }
            for (Case one : cases.values()) {
                await().untilAsserted(() -> assertEquals(List.of(PageEnd.SHUTDOWN), one.ends, one.toString()));
                if (one.moment.isWait()) {
                    assertEquals("closed SHUTDOWN", one.outcome.get(), one.toString());
                }
                await().untilAsserted(() -> assertTrue(one.cleanedUp || one.moment == Moment.IDLE, one.toString()));
            }
            assertEquals(0, event.listeners());
            assertEquals(
                    List.of(),
                    log.lines.stream().filter(line -> !line.startsWith("INFO")).toList());
        }
        for (RawTab tab : tabs) {
            tab.close();
        }
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    /** All that is logged at INFO or above, but for what the scheduling probe says of a busy machine. */
    private static final class Lines extends AppenderBase<ILoggingEvent> implements AutoCloseable {
        final List<String> lines = new CopyOnWriteArrayList<>();
        private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

        Lines() {
            setContext(root.getLoggerContext());
            start();
            root.addAppender(this);
        }

        @Override
        protected void append(ILoggingEvent line) {
            if (line.getLevel().isGreaterOrEqual(Level.INFO)
                    && !line.getLoggerName().endsWith(".SchedulingProbe")) {
                lines.add(line.getLevel() + " " + line.getLoggerName() + " " + line.getFormattedMessage());
            }
        }

        @Override
        public void close() {
            root.detachAppender(this);
            stop();
        }
    }
}
