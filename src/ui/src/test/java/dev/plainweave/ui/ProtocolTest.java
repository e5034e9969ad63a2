package dev.plainweave.ui;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PROTOCOL.md, rule by rule, as a client sees it that keeps to it, and as one that does not. */
@Execution(ExecutionMode.CONCURRENT)
class ProtocolTest {
    private final AtomicReference<LivePage> page = new AtomicReference<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();

    private PlainweaveBuilder site(IoPolicy io) {
        return Sites.on(io).page("/", shown -> {
            page.set((LivePage) shown);
            Label label = shown.label("first");
            shown.button("Click").onClick(() -> heard.add("click"));
            shown.button("Hidden").visible(false).onClick(() -> heard.add("hidden"));
            shown.button("Disabled").enabled(false).onClick(() -> heard.add("disabled"));
            shown.row().enabled(false).button("Inside").onClick(() -> heard.add("inside"));
            shown.input("Field").enabled(false).onChange(change -> heard.add("edit"));
            shown.button("Label").onClick(() -> label.text("second"));
        });
    }

    private static void until(RawPage raw, String part) {
        await().untilAsserted(() -> assertTrue(
                raw.messages().stream().anyMatch(message -> message.contains(part)),
                raw.messages().toString()));
    }

    // Rules 1 and 2: state and removal.

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void onlyWhatChangedTravelsAndAChangedPropertyOf1000ElementsIsSmall(IoPolicy io) throws Exception {
        AtomicReference<Label> one = new AtomicReference<>();
        try (WebServer server = Sites.on(io)
                        .page("/", shown -> {
                            for (int count = 0; count < 1000; count++) {
                                one.set(shown.label("label " + count));
                            }
                        })
                        .start(0);
                RawPage raw = new RawPage(server)) {
            raw.connect().hello(1, 0);
            until(raw, "resumed");
            one.get().text("changed");
            until(raw, "changed");
            String frame = raw.messages().getLast();
            assertTrue(frame.length() <= 120, frame);
            assertEquals("{\"n\":2,\"base\":1,\"state\":[[1001,{\".text\":\"changed\"}]]}", frame);
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void aResumeSendsTheLatestOfWhatChangedAndNothingElse(IoPolicy io) throws Exception {
        try (WebServer server = site(io).start(0);
                RawPage raw = new RawPage(server)) {
            raw.connect().hello(1, 0);
            until(raw, "resumed");
            raw.cut();
            await().until(() -> !page.get().tree.locked(page.get().writer::isConnected));
            Label label = page.get().label("old");
            label.text("new");
            Label removed = page.get().label("short-lived");
            removed.remove();
            raw.connect().hello(1, 0);
            until(raw, "\"new\"");
            assertEquals(2, raw.messages().size(), raw.messages().toString());
            String frame = raw.messages().get(1);
            assertFalse(frame.contains("old") || frame.contains("short-lived") || frame.contains("first"), frame);
            assertFalse(frame.contains("\"+\""), "a resume sends whole lists");
        }
    }

    // Rule 3: commands.

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void commandsGoAgainFromWhereTheBrowserIs(IoPolicy io) throws Exception {
        try (WebServer server = site(io).start(0);
                RawPage raw = new RawPage(server)) {
            raw.connect().hello(1, 0);
            page.get().toast("one");
            page.get().toast("two");
            until(raw, "two");
            raw.connect().hello(1, 1);
            until(raw, "two");
            assertFalse(raw.messages().toString().contains("one"));
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void whenTooManyCommandsWaitToastsGoFirstAndNobodyWaitsForEver(IoPolicy io) throws Exception {
        try (WebServer server = site(io).start(0);
                RawPage raw = new RawPage(server)) {
            JsCall call = page.get().js("return 1");
            for (int count = 0; count < CommandLog.LIMIT + 10; count++) {
                page.get().toast("toast " + count);
            }
            raw.connect().hello(1, 0);
            until(raw, "\"toast " + (CommandLog.LIMIT + 9) + "\"");
            assertTrue(raw.messages().toString().contains("\"js\""), "the script is still there");
            assertFalse(raw.messages().toString().contains("\"toast 0\""));
            for (int count = 0; count < CommandLog.LIMIT + 10; count++) {
                page.get().js("return 2");
            }
            heard.clear();
            Thread.ofVirtual().start(() -> {
                try {
                    call.await();
                } catch (IllegalStateException lost) {
                    heard.add("lost");
                }
            });
            await().until(() -> heard.equals(List.of("lost")));
        }
    }

    // Rule 4: events.

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void anEventThatComesTwiceIsHeardOnce(IoPolicy io) throws Exception {
        try (WebServer server = site(io).start(0);
                RawPage raw = new RawPage(server)) {
            int click = raw.id("Click");
            raw.connect().hello(1, 0);
            raw.event(1, 1, click, "click", "{}")
                    .event(1, 1, click, "click", "{}")
                    .event(2, 1, click, "click", "{}");
            until(raw, "\"ack\":2");
            raw.connect().hello(1, 0);
            until(raw, "\"lastEvent\":2");
            raw.event(2, 1, click, "click", "{}").event(3, 1, click, "click", "{}");
            until(raw, "\"ack\":3");
            await().until(() -> heard.size() == 3);
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void whatCannotBeOperatedIsNot(IoPolicy io) throws Exception {
        try (WebServer server = site(io).start(0);
                RawPage raw = new RawPage(server)) {
            raw.connect().hello(1, 0);
            int number = 0;
            for (String text : List.of("Hidden", "Disabled", "Inside")) {
                raw.event(++number, 1, raw.id(text), "click", "{}");
            }
            raw.event(++number, 1, 99_999, "click", "{}");
            raw.event(++number, 1, raw.id("Click"), "close", "{}");
            raw.event(++number, 1, raw.tag("input"), "value", "{\"value\":\"forged\",\"edit\":1}");
            raw.event(++number, 1, raw.id("Click"), "click", "{}");
            await().until(() -> heard.equals(List.of("click")));
            until(raw, ".value\":[\"\",1]");
        }
    }

    // Rule 5: flow.

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void aBrowserThatDoesNotKeepUpGetsTheLatestAndNoQueueGrows(IoPolicy io) throws Exception {
        try (WebServer server = site(io).start(0);
                RawPage raw = new RawPage(server)) {
            raw.connect().hello(1, 0);
            until(raw, "resumed");
            Label label = page.get().label("");
            for (int change = 0; change < 10_000; change++) {
                label.text("change " + change);
                page.get().writer.flush();
            }
            await().until(() -> raw.frames().size() == PageWriter.WINDOW_FRAMES);
            raw.send("{\"ack\":" + raw.frames().getLast().path("n").asLong() + "}");
            until(raw, "change 9999");
            assertEquals(PageWriter.WINDOW_FRAMES + 1, raw.frames().size());
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void aBrowserThatAppliesNothingIsClosedAndMayResume(IoPolicy io) throws Exception {
        PageLimits limits = PageLimits.DEFAULT.slowConsumer(Duration.ofMillis(200));
        try (WebServer server = site(io).pages(limits).start(0);
                RawPage raw = new RawPage(server)) {
            raw.connect().hello(1, 0);
            until(raw, "resumed");
            page.get().label("never applied");
            await().until(() -> raw.closed() == PageWriter.SLOW_CONSUMER);
            raw.connect().hello(1, 0);
            until(raw, "never applied");
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void whoAsksWhetherAnybodyIsThereIsAnswered(IoPolicy io) throws Exception {
        try (WebServer server = site(io).start(0);
                RawPage raw = new RawPage(server)) {
            raw.connect().hello(1, 0);
            until(raw, "resumed");
            raw.send("{\"alive\":true}");
            until(raw, "{\"ack\":0}");
            raw.event(1, 1, 1, "nothing", "{}").send("{\"alive\":true}");
            await().until(() -> raw.messages().getLast().contains("\"ack\":1"));
        }
    }

    // Rule 7: the secret.

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void thePageIsForItsVisitorOnly(IoPolicy io) throws Exception {
        try (WebServer server = site(io).start(0);
                RawPage raw = new RawPage(server);
                RawPage other = new RawPage(server)) {
            assertEquals(403, raw.refusal(Optional.empty()), "a handshake names its origin");
            assertEquals(403, raw.refusal(Optional.of("https://evil.example")));
            raw.connect(Optional.of(raw.origin()), other.cookie); // a stolen secret
            raw.hello(1, 0);
            until(raw, "gone");
            raw.connect(Optional.of(raw.origin()), "");
            raw.hello(1, 0);
            until(raw, "gone");
            raw.connect()
                    .send("{\"hello\":{\"v\":1,\"page\":\"" + raw.page + "\",\"secret\":\"" + other.secret
                            + "\",\"lastFrame\":1,\"lastCommand\":0}}");
            until(raw, "gone");
            raw.connect().hello(1, 0);
            until(raw, "resumed");
            assertFalse(raw.secret.equals(other.secret));
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void theNewestConnectionWinsAndTheOlderIsNotHeard(IoPolicy io) throws Exception {
        try (WebServer server = site(io).start(0);
                RawPage raw = new RawPage(server)) {
            raw.connect().hello(1, 0);
            until(raw, "resumed");
            IntSupplier first = raw.closing();
            raw.connect().hello(1, 0);
            until(raw, "resumed");
            await().until(() -> first.getAsInt() == PageWriter.REPLACED);
            assertEquals(0, raw.closed());
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void aHelloThatComesLateDoesNotTakeOver(IoPolicy io) throws Exception {
        try (WebServer server = site(io).start(0);
                RawPage raw = new RawPage(server);
                RawPage late = new RawPage(server)) {
            String hello = "{\"hello\":{\"v\":1,\"page\":\"" + raw.page + "\",\"secret\":\"" + raw.secret
                    + "\",\"lastFrame\":1,\"lastCommand\":0,\"attempt\":";
            raw.connect().send(hello + "2}}");
            until(raw, "resumed");
            late.connect(Optional.of(late.origin()), raw.cookie);
            late.send(hello + "1}}");
            await().until(() -> late.closed() == PageWriter.REPLACED);
            assertEquals(List.of(), late.messages());
            assertEquals(0, raw.closed());
        }
    }

    // Rule 8: hello.

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void whoHasNothingGetsASnapshotOfAll(IoPolicy io) throws Exception {
        try (WebServer server = site(io).start(0);
                RawPage raw = new RawPage(server)) {
            raw.connect().hello(0, 0);
            until(raw, "\"base\":0");
            assertEquals("{\"snapshot\":{\"lastEvent\":0}}", raw.messages().getFirst());
            assertEquals(
                    page.get().tree.size(),
                    raw.frames().getFirst().path("state").size());
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void anotherVersionIsTold(IoPolicy io) throws Exception {
        try (WebServer server = site(io).start(0);
                RawPage raw = new RawPage(server)) {
            raw.connect()
                    .send("{\"hello\":{\"v\":2,\"page\":\"x\",\"secret\":\"y\",\"lastFrame\":1,\"lastCommand\":0}}");
            until(raw, "{\"gone\":{\"reason\":\"version\"}}");
        }
    }

    // Rule 9: tabs.

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void eachTabIsAPageOfItsOwnAndIsNotKept(IoPolicy io) throws Exception {
        try (WebServer server = site(io).start(0);
                RawPage raw = new RawPage(server)) {
            var answer = raw.client.send(
                    java.net.http.HttpRequest.newBuilder(raw.site)
                            .header("Cookie", raw.cookie)
                            .build(),
                    java.net.http.HttpResponse.BodyHandlers.ofString());
            assertEquals(
                    "no-store", answer.headers().firstValue("cache-control").orElse(""));
            assertEquals(
                    Visits.POLICY,
                    answer.headers().firstValue("content-security-policy").orElse(""));
            assertFalse(answer.body().contains(raw.secret));
            String cookie = answer.headers().firstValue("set-cookie").orElse("");
            assertTrue(
                    cookie.startsWith(raw.cookie + ";"),
                    "the visitor is known, and from now on for a month: " + cookie);
        }
    }

    // Rule 10: numbers and unknown operations.

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "[]",
                "{\"nobody\":\"knows\"}",
                "{\"ack\":2}",
                "{\"ack\":-1}",
                "{\"ack\":\"1\"}",
                "{\"ack\":9007199254740993}",
                "{\"event\":2,\"frame\":1,\"id\":1,\"type\":\"click\"}",
                "{\"event\":1,\"frame\":9,\"id\":1,\"type\":\"click\"}",
                "{\"event\":1,\"frame\":1,\"id\":1}",
                "{\"event\":1,\"frame\":1,\"id\":99999999999,\"type\":\"click\"}",
                "{\"event\":1,\"frame\":1,\"id\":0,\"type\":\"answer\",\"data\":{}}",
                "{\"hello\":{\"v\":1}}"
            })
    void whatIsNotInTheProtocolClosesThatConnectionOnly(String message) throws Exception {
        try (WebServer server = site(IoPolicy.BLOCKING).start(0);
                RawPage raw = new RawPage(server)) {
            raw.connect().hello(1, 0);
            until(raw, "resumed");
            raw.send(message);
            await().until(() -> raw.closed() == 1002);
            raw.connect().hello(1, 0);
            until(raw, "resumed");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "{}", "{\"event\":1}", "{\"hello\":{\"v\":1,\"page\":1}}"})
    void aGreetingThatIsNoneClosesTheConnection(String message) throws Exception {
        try (WebServer server = site(IoPolicy.BLOCKING).start(0);
                RawPage raw = new RawPage(server)) {
            raw.connect().send(message);
            await().until(() -> raw.closed() == 1002);
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void aMessageAboveTheLimitClosesThatConnectionOnly(IoPolicy io) throws Exception {
        PageLimits limits = PageLimits.DEFAULT.messageBytes(1000);
        try (WebServer server = site(io).pages(limits).start(0);
                RawPage raw = new RawPage(server)) {
            raw.connect().hello(1, 0);
            until(raw, "resumed");
            raw.send("{\"ack\":1" + " ".repeat(2000) + "}");
            await().until(() -> raw.closed() == 1009);
            raw.connect().hello(1, 0);
            until(raw, "resumed");
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void aScriptIsForItsVisitorOnly(IoPolicy io) throws Exception {
        try (WebServer server = site(io).start(0);
                RawPage raw = new RawPage(server)) {
            raw.connect().hello(1, 0);
            page.get().js("return 'mine'");
            until(raw, "\"js\"");
            String token = raw.frames().getLast().path("commands").get(0).get(2).asText();
            var address = raw.site.resolve("_plainweave/js/" + token);
            var builder = java.net.http.HttpRequest.newBuilder(address);
            var text = java.net.http.HttpResponse.BodyHandlers.ofString();
            assertEquals(404, raw.client.send(builder.build(), text).statusCode());
            var answer = raw.client.send(builder.header("Cookie", raw.cookie).build(), text);
            assertTrue(answer.body().contains("return 'mine'"));
            raw.event(1, 2, 0, "answer", "{\"command\":1,\"value\":\"mine\"}");
            until(raw, "\"ack\":1");
            assertEquals(404, raw.client.send(builder.build(), text).statusCode(), "once answered it is gone");
        }
    }
}
