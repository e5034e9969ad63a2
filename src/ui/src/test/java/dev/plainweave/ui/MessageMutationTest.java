package dev.plainweave.ui;

import static dev.plainweave.ui.Rule.Fate.BROKEN;
import static dev.plainweave.ui.Rule.Fate.EITHER;
import static dev.plainweave.ui.Rule.Fate.GONE;
import static dev.plainweave.ui.Rule.Fate.IGNORED;
import static dev.plainweave.ui.Rule.Fate.TAKEN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every message that a browser sends, with each of its fields in turn replaced by what it must not be. PROTOCOL.md says what
 * becomes of each: the page goes on with it, it is counted and ignored, or that connection is closed and nothing else has
 * happened. Never anything else: no other code, no line in the log, nothing to the page beside it, no page that is silent.
 */
@Isolated // what is logged meanwhile is its own doing
class MessageMutationTest {
    private record Move(double clientX, String pointerType) {}

    private final Map<String, LivePage> pages = new ConcurrentHashMap<>();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private RawTab tab;
    /** Of the tab's page so far. */
    private int events;

    private int commands;
    private long broken;
    private long gone;

    // The site.

    private PlainweaveBuilder site(IoPolicy io) {
        return Sites.on(io)
                .pages(PageLimits.DEFAULT.slowConsumer(Duration.ofMinutes(5)))
                .onPageFailure((page, error, failure) -> failures.add(failure))
                .metrics("/metrics")
                .page("/", this::page)
                .page("/beside", this::page);
    }

    private void page(Page page) {
        pages.put(page.request().path(), (LivePage) page);
        page.button("Probe").onClick(() -> heard.add("probe"));
        page.button("Click").onClick(() -> {});
        page.input("Text").onChange(change -> {}).onCommit(text -> {}).onEnter(() -> {});
        page.select("Choice", List.of("red", "green"));
        page.multiSelect("Choices", List.of("red", "green"));
        page.checkbox("Box");
        page.label("Keys").on("keydown", EventPolicy.QUEUE, event -> {}, "key", "ctrlKey");
        page.label("Moves").on("pointermove", Move.class, EventOptions.DEFAULT, move -> {});
        page.add(new Gauge()).onTurned(turned -> {});
    }

    /** The number of the first element that has that in its tag. */
    private int id(String attribute) {
        String before = tab.html.split(attribute, 2)[0];
        return Integer.parseInt(
                before.substring(before.lastIndexOf("id=\"w") + 5).split("\"", 2)[0]);
    }

    // The messages.

    private RuledMessage event(Rule.Fate right, int id, String type, Supplier<String> data, Map<String, Rule> more) {
        Map<String, Rule> rules = new LinkedHashMap<>();
        rules.put("event", value -> Rule.isWhole(value, 1, events) ? TAKEN : BROKEN); // one that has come already
        rules.put("frame", Rule.whole(0, 1));
        rules.put("id", value -> Rule.isWhole(value, 0, Integer.MAX_VALUE) ? IGNORED : BROKEN);
        rules.put("type", Rule.name(IGNORED));
        rules.putAll(more);
        return new RuledMessage(
                type,
                right,
                () -> {
                    ObjectNode made = Mutants.JSON.createObjectNode();
                    made.put("event", events + 1).put("frame", 1).put("id", id).put("type", type);
                    String said = data.get();
                    return said.isEmpty() ? made : made.set("data", Mutants.tree(said));
                },
                rules);
    }

    private RuledMessage edit(int id, String value, Map<String, Rule> values) {
        Map<String, Rule> rules = new LinkedHashMap<>(values);
        rules.put("data", Rule.NEVER);
        rules.put("data/edit", Rule.whole(1, Integer.MAX_VALUE));
        rules.put("data/extra", any -> TAKEN);
        return event(TAKEN, id, "value", () -> "{\"value\":" + value + ",\"edit\":1}", rules);
    }

    /** To a script that waits for it. */
    private RuledMessage answer(String name, String value, Rule values) {
        Rule ours = id -> !Rule.isWhole(id, 0, Integer.MAX_VALUE)
                ? BROKEN
                : id.asInt() == 0 ? TAKEN : IGNORED; // an event of that name, which nobody listens to
        return event(
                TAKEN,
                0,
                "answer",
                () -> {
                    pages.get("/").js("return 1");
                    return "{\"command\":" + ++commands + ",\"" + name + "\":" + value + "}";
                },
                Map.of(
                        "id",
                        ours,
                        "data",
                        Rule.NEVER,
                        "data/command",
                        number -> Rule.isWhole(number, 0, Rule.MOST) ? EITHER : BROKEN,
                        "data/" + name,
                        values,
                        "data/extra",
                        any -> TAKEN));
    }

    private List<RuledMessage> messages() {
        Rule list = value -> value.isArray() && value.valueStream().allMatch(JsonNode::isTextual) ? TAKEN : BROKEN;
        return List.of(
                RuledMessage.of("{\"ack\":1}", TAKEN, Rule.whole(0, 1)),
                RuledMessage.of("{\"alive\":true}", TAKEN, Rule.TRUE),
                RuledMessage.of("{\"bye\":true}", TAKEN, Rule.TRUE),
                RuledMessage.of("{\"unknown\":\"name\"}", IGNORED, Rule.name(IGNORED)),
                RuledMessage.of("{\"hello\":{}}", BROKEN, Rule.NEVER),
                event(
                        TAKEN,
                        tab.id("Click"),
                        "click",
                        () -> "{}",
                        Map.of("data", Rule.NO_FIELDS, "data/extra", Rule.SCALAR)),
                event(
                        TAKEN,
                        tab.id("Keys"),
                        "keydown",
                        () -> "{\"key\":\"a\",\"ctrlKey\":true}",
                        Map.of(
                                "data",
                                Rule.NO_FIELDS,
                                "data/key",
                                Rule.SCALAR,
                                "data/ctrlKey",
                                Rule.SCALAR,
                                "data/extra",
                                Rule.SCALAR)),
                event(
                        TAKEN,
                        tab.id("Moves"),
                        "pointermove",
                        () -> "{\"clientX\":1,\"pointerType\":\"pen\"}",
                        Map.of(
                                "data", Rule.NO_FIELDS,
                                "data/clientX", Rule.scalar(EITHER, BROKEN),
                                "data/pointerType", Rule.scalar(EITHER, BROKEN),
                                "data/extra", Rule.scalar(IGNORED, BROKEN))),
                event(TAKEN, id("type=\"text\""), "commit", () -> "", Map.of()),
                event(
                        TAKEN,
                        id("type=\"text\""),
                        "enter",
                        () -> "{}",
                        Map.of("data", Rule.NO_FIELDS, "data/extra", Rule.SCALAR)),
                edit(id("type=\"text\""), "\"typed\"", Map.of("data/value", Rule.TEXT)),
                edit(id("<option "), "\"1\"", Map.of("data/value", Rule.TEXT)),
                edit(
                        id("multiple"),
                        "[\"1\"]",
                        Map.of("data/value", list, "data/value/0", Rule.optional(Rule.TEXT), "type", Rule.NEVER)),
                edit(id("type=\"checkbox\""), "true", Map.of("data/value", Rule.BOX)),
                event(
                        TAKEN,
                        id("data-module"),
                        ".turned",
                        () -> "{\"to\":1,\"how\":\"click\"}",
                        Map.of(
                                "data",
                                data -> data.isObject() && data.isEmpty() ? TAKEN : IGNORED,
                                "data/to",
                                Rule.scalar(EITHER, IGNORED),
                                "data/how",
                                Rule.scalar(EITHER, IGNORED),
                                "data/extra",
                                any -> IGNORED)),
                answer("value", "1", value -> value.isMissingNode() ? BROKEN : TAKEN),
                answer("error", "\"wrong\"", Rule.TEXT),
                event(
                        EITHER,
                        0,
                        "failed",
                        () -> "{\"id\":" + id("data-module") + ",\"error\":\"wrong\"}",
                        Map.of(
                                "data", Rule.NEVER,
                                "data/id", number -> Rule.isWhole(number, 0, Integer.MAX_VALUE) ? IGNORED : BROKEN,
                                "data/error", text -> text.isTextual() ? EITHER : BROKEN,
                                "data/extra", any -> EITHER)));
    }

    // What happens.

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void eachMessageWithEachFieldWrongDoesWhatTheProtocolSaysAndNothingElse(IoPolicy io) throws Exception {
        try (WebServer server = site(io).start(0);
                RawTab beside = new RawTab(server.port(), "/beside")) {
            beside.visit().connect().hello().until("resumed");
            tab = new RawTab(server.port(), "/").visit();
            greet();
            pages.get("/").all().modules().mayComplain(Gauge.MODULE.path()); // what is told once a minute, is
            pages.get("/").all().modules().mayComplain(Gauge.MODULE.path() + " turned");
            try (Logged log = Logged.all()) {
                for (RuledMessage message : messages()) {
                    play(message, Mutants.EXTRA, Mutants.VALUES.getFirst());
                    for (String path : Mutants.paths(message.json().get())) {
                        for (JsonNode by : Mutants.VALUES) {
                            play(message, path, by);
                        }
                    }
                }
                beside.send("{\"alive\":true}");
                assertEquals("{\"ack\":0}", beside.read(), "the page beside has heard of nothing");
                assertEquals(List.of(), log.lines());
            }
            assertFalse(pages.get("/").hasEnded());
            assertTrue(
                    events > 1_000 && broken > 500, "mutants that were taken, twice: " + events + ", not: " + broken);
            counted(beside);
            tab.close();
        }
    }

    /** Comes back, with everything but the state. */
    private void greet() throws IOException {
        tab.connect()
                .send("{\"hello\":{\"v\":1,\"page\":\"" + tab.page() + "\",\"secret\":\"" + tab.secret()
                        + "\",\"lastFrame\":1,\"lastCommand\":" + commands + "}}");
        assertEquals("{\"resumed\":{\"lastEvent\":" + events + "}}", tab.read(), "what was broken has done nothing");
    }

    private void play(RuledMessage message, String path, JsonNode by) throws Exception {
        ObjectNode right = message.json().get();
        ObjectNode mutant = Mutants.replaced(right, path, by);
        Rule.Fate fate = mutant.equals(right) ? message.fate() : message.fate(path, by);
        String told = Mutants.named(message.name(), path, by);
        long before = pages.get("/").all().ignoredEvents();
        tab.send(mutant.toString());
        if (fate == BROKEN) {
            assertEquals("closed 1002", closing(told), told);
            tab.end();
            broken++;
            greet();
            return;
        }
        if (Rule.isWhole(mutant.path("event"), events + 1, events + 1)) {
            events++;
        }
        tab.click(++events, "Probe");
        if (heard.poll(10, TimeUnit.SECONDS) == null) {
            fail(told + ": the page is silent, and was " + closing(told));
        }
        long ignored = pages.get("/").all().ignoredEvents() - before;
        assertTrue(
                fate == EITHER ? ignored <= 1 : ignored == (fate == IGNORED ? 1 : 0),
                () -> told + ": " + ignored + " were ignored, expected " + fate);
        assertEquals(List.of(), failures, told);
    }

    private String closing(String told) {
        try {
            return tab.closing();
        } catch (IOException neither) {
            return fail(told + ": neither taken nor closed", neither);
        }
    }

    private void counted(RawTab visitor) throws IOException {
        String metrics = visitor.get("/metrics");
        assertEquals(broken, sum(metrics, "plainweave_pages_violations_total"));
        assertEquals(gone, sum(metrics, "plainweave_pages_gone_total"));
    }

    private static long sum(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void aGreetingWithAnyFieldWrongFindsNoPageOrIsNone(IoPolicy io) throws Exception {
        try (WebServer server = site(io).start(0);
                RawTab first = new RawTab(server.port(), "/").visit();
                Logged log = Logged.all()) {
            tab = first;
            for (RuledMessage message : messages()) {
                tab.connect().send(message.json().get().toString());
                assertEquals("closed 1002", closing(message.name()), "a greeting comes first");
                tab.end();
                broken++;
            }
            for (String path : Mutants.paths(RuledMessage.hello(tab).json().get())) {
                for (JsonNode by : Mutants.VALUES) {
                    greetAnew(server, path, by);
                }
            }
            counted(tab);
            assertEquals(List.of(), failures);
            assertEquals(List.of(), log.lines());
        }
    }

    private void greetAnew(WebServer server, String path, JsonNode by) throws Exception {
        String told = Mutants.named("hello", path, by);
        try (RawTab visitor = new RawTab(server.port(), "/").visit()) {
            RuledMessage message = RuledMessage.hello(visitor);
            ObjectNode right = message.json().get();
            ObjectNode mutant = Mutants.replaced(right, path, by);
            visitor.connect().send(mutant.toString());
            switch (mutant.equals(right) ? message.fate() : message.fate(path, by)) {
                case BROKEN -> {
                    assertEquals("closed 1002", visitor.read(), told);
                    broken++;
                }
                case GONE -> {
                    String reason = path.equals("hello/v") ? "version" : "unknown";
                    assertEquals("{\"gone\":{\"reason\":\"" + reason + "\"}}", visitor.read(), told);
                    assertEquals("closed 1000", visitor.closing(), told);
                    gone++;
                }
                default -> {
                    assertEquals(
                            "{\"" + (mutant.at("/hello/lastFrame").asInt() == 0 ? "snapshot" : "resumed")
                                    + "\":{\"lastEvent\":0}}",
                            visitor.read(),
                            told);
                    visitor.click(1, "Probe");
                    assertEquals("probe", heard.poll(10, TimeUnit.SECONDS), told);
                }
            }
            pages.get("/").close();
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void aGoodbyeByPostWithAnyFieldWrongIsNobodys(IoPolicy io) throws Exception {
        try (WebServer server = site(io).start(0);
                RawTab visitor = new RawTab(server.port(), "/").visit()) {
            visitor.connect().hello().until("resumed");
            ObjectNode right = Mutants.JSON.createObjectNode();
            right.put("page", visitor.page()).put("secret", visitor.secret());
            for (String path : Mutants.paths(right)) {
                for (JsonNode by : Mutants.VALUES) {
                    ObjectNode mutant = Mutants.replaced(right, path, by);
                    boolean readable = mutant.toString().length() <= 1024
                            && Rule.name(TAKEN).of(mutant.path("page")) == TAKEN
                            && Rule.name(TAKEN).of(mutant.path("secret")) == TAKEN;
                    String answer =
                            visitor.post("/_plainweave/bye", mutant.toString(), "Cookie: " + visitor.cookie() + "\r\n");
                    String told = Mutants.named("bye", path, by);
                    assertTrue(answer.startsWith("HTTP/1.1 " + (readable ? "204 " : "400 ")), told + ": " + answer);
                    boolean left = path.equals(Mutants.EXTRA);
                    assertTrue(left || pages.get("/").isPresent(), told);
                }
            }
            assertFalse(pages.get("/").isPresent(), "a right one with something more was taken");
        }
    }
}
