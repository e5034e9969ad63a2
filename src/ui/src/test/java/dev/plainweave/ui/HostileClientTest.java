package dev.plainweave.ui;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A client that says what no browser says: it loses its connection, or is ignored. Its page goes on, others do not notice,
 * and the log is not the client's to fill.
 */
class HostileClientTest {
    private static final List<String> MESSAGES = List.of(
            "{\"event\":%d,\"frame\":1,\"id\":%d,\"type\":\"click\",\"data\":{}}",
            "{\"event\":%d,\"frame\":1,\"id\":%d,\"type\":\"value\",\"data\":{\"value\":\"a\",\"edit\":1}}",
            "{\"event\":%d,\"frame\":1,\"id\":%d,\"type\":\"keydown\",\"data\":{\"key\":\"a\"}}",
            "{\"event\":%d,\"frame\":1,\"id\":0,\"type\":\"answer\",\"data\":{\"command\":1,\"value\":1}}",
            "{\"event\":%d,\"frame\":1,\"id\":0,\"type\":\"failed\",\"data\":{\"id\":2,\"error\":\"x\"}}",
            "{\"ack\":1}",
            "{\"unknown\":\"toast\"}");

    private final AtomicReference<LivePage> page = new AtomicReference<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();

    private PlainweaveBuilder site(IoPolicy io) {
        return Sites.on(io).page("/", shown -> {
            page.set((LivePage) shown);
            shown.button("Click").onClick(() -> heard.add("click"));
            Input input = shown.input("Field");
            input.on("keydown", EventPolicy.QUEUE, key -> heard.add(key.toString()), "key");
            Dialog<String> closed = shown.dialog();
            closed.button("In a closed dialog").onClick(() -> heard.add("closed dialog"));
        });
    }

    /** There are hundreds of steps, each of which takes a millisecond. */
    private static ConditionFactory soon() {
        return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1));
    }

    /** Greets anew, with the last word on events. */
    private static long resume(RawPage raw) {
        raw.connect().hello(1, 0);
        soon().until(() -> !raw.messages().isEmpty());
        return Incoming.read(raw.messages().getFirst())
                .path("resumed")
                .path("lastEvent")
                .asLong(-1);
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void whatIsNoMessageEndsItsConnectionOnly(IoPolicy io) throws Exception {
        try (WebServer server = site(io).start(0);
                RawPage raw = new RawPage(server)) {
            String deep = "{\"event\":1,\"data\":" + "[".repeat(200_000);
            for (String junk : List.of(
                    "",
                    " ",
                    "null",
                    "[]",
                    "7",
                    "\"hello\"",
                    "{",
                    "{}",
                    "{\"x\":1}",
                    "not json",
                    deep,
                    "{\"ack\":" + "9".repeat(5_000) + "}",
                    "{\"ack\":1e999999999}",
                    "{\"hello\":{}}",
                    "{\"event\":7,\"frame\":1,\"id\":1,\"type\":\"click\",\"data\":{}}",
                    "{\"event\":1,\"frame\":99,\"id\":1,\"type\":\"click\",\"data\":{}}")) {
                resume(raw);
                IntSupplier closing = raw.closing();
                raw.send(junk);
                soon().alias(junk.substring(0, Math.min(40, junk.length()))).until(() -> closing.getAsInt() == 1002);
            }
            Random random = new Random(42);
            for (int round = 0; round < 200; round++) {
                resume(raw);
                StringBuilder bytes = new StringBuilder(String.format(MESSAGES.get(random.nextInt(5)), 1, 2));
                IntStream.range(0, 1 + random.nextInt(4)).forEach(edit -> {
                    int at = random.nextInt(bytes.length());
                    if (random.nextBoolean()) {
                        bytes.setCharAt(at, (char) random.nextInt(1, 0x250));
                    } else {
                        bytes.delete(at, Math.min(bytes.length(), at + random.nextInt(20)));
                        bytes.append(' ');
                    }
                });
                raw.send(bytes.toString());
            }
            assertTrue(resume(raw) >= 0, "the page is still there");
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void answersThatNobodyWaitsForAndOldEventsChangeNothing(IoPolicy io) throws Exception {
        try (WebServer server = site(io).start(0);
                RawPage raw = new RawPage(server)) {
            resume(raw);
            int click = raw.id("Click");
            for (int event = 1; event <= 300; event++) {
                raw.event(event, 1, 0, "answer", "{\"command\":" + event + ",\"value\":\"forged\"}");
            }
            raw.event(301, 1, click, "click", "{}")
                    .event(301, 1, click, "click", "{}")
                    .event(1, 1, click, "click", "{}");
            soon().until(() -> heard.equals(List.of("click")));
            JsCall call = page.get().js("return 1");
            raw.event(302, 1, 0, "answer", "{\"command\":1,\"value\":\"right\"}");
            raw.event(303, 1, 0, "answer", "{\"command\":1,\"value\":\"late\"}");
            assertEquals("right", call.get(String.class));
            assertEquals(303, resume(raw));
            assertEquals(List.of("click"), heard);
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void thousandsOfUnknownsAndIgnoredEventsAreCountedAndNotLogged(IoPolicy io) throws Exception {
        try (WebServer server = site(io).start(0);
                Logged log = Logged.of(Page.class, "");
                RawPage raw = new RawPage(server)) {
            resume(raw);
            int closed = raw.id("In a closed dialog");
            for (int event = 1; event <= 2_000; event++) {
                raw.send("{\"unknown\":\"forged " + event + "\"}").event(event, 1, closed, "click", "{}");
            }
            soon().until(() -> page.get().writer.accepted() == 2_000);
            assertEquals(List.of(), heard);
            assertTrue(
                    log.lines().size() < 10,
                    () -> log.lines().size() + " lines, such as " + log.lines().getFirst());
            assertEquals(0, raw.closed());
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void twoConnectionsOfOnePageRaceAndOneOfThemHasIt(IoPolicy io) throws Exception {
        try (WebServer server = site(io).start(0);
                RawPage raw = new RawPage(server)) {
            List<IntSupplier> closings = new ArrayList<>();
            for (int round = 0; round < 50; round++) {
                raw.connect().hello(1, 0);
                closings.add(raw.closing());
            }
            soon().until(() ->
                    closings.stream().filter(closing -> closing.getAsInt() == 0).count() == 1);
            assertEquals(
                    List.of(0, 4001),
                    closings.stream()
                            .map(IntSupplier::getAsInt)
                            .distinct()
                            .sorted()
                            .toList());
            soon().until(() -> page.get().tree.locked(page.get().writer::isConnected));
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void aHelloOfAPageThatHasEndedIsToldSo(IoPolicy io) throws Exception {
        try (WebServer server = site(io).start(0);
                RawPage raw = new RawPage(server)) {
            resume(raw);
            page.get().close();
            soon().until(() -> raw.closed() == 1000);
            for (int again = 0; again < 20; again++) {
                raw.connect().hello(1, 0);
                soon().until(() -> raw.messages().equals(List.of("{\"gone\":{\"reason\":\"unknown\"}}")));
                soon().until(() -> raw.closed() == 1000);
            }
        }
    }

    @Test
    void whatBrowsersSayOfAModuleIsLoggedOnceAMinute() {
        ScriptModules modules = new ScriptModules();
        assertTrue(modules.mayComplain("a"));
        for (int again = 0; again < 1_000; again++) {
            assertFalse(modules.mayComplain("a"));
        }
        assertTrue(modules.mayComplain("b"), "of another");
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void asManyHandlersRunBesideEachOtherAsMayWaitAndNoMore(IoPolicy io) throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        AtomicInteger running = new AtomicInteger();
        try (WebServer server = Sites.on(io)
                        .pages(PageLimits.DEFAULT.waitingEvents(20))
                        .page("/", shown -> {
                            page.set((LivePage) shown);
                            shown.button("Aside").onClick(EventPolicy.PARALLEL, () -> {
                                running.incrementAndGet();
                                free.await();
                                heard.add("done");
                            });
                        })
                        .start(0);
                RawPage raw = new RawPage(server)) {
            resume(raw);
            int aside = raw.id("Aside");
            for (int event = 1; event <= 500; event++) {
                raw.event(event, 1, aside, "click", "{}");
            }
            soon().until(() -> page.get().writer.accepted() == 500);
            soon().until(() -> running.get() == 20);
            free.countDown();
            soon().until(() -> heard.size() == 20);
            AtomicInteger event = new AtomicInteger(500);
            soon().until(() -> {
                raw.event(event.incrementAndGet(), 1, aside, "click", "{}");
                return heard.size() > 20;
            });
        }
    }
}
