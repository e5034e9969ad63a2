package dev.plainweave.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.StopReport;
import dev.plainweave.server.WebServer;
import dev.plainweave.websocket.End;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock(value = LogLines.RESOURCE, mode = ResourceAccessMode.READ_WRITE)
class EventsTest {
    private static void quick(EventsOptions options) {
        options.heartbeat(Duration.ofMillis(100));
    }

    /** What became of one stream. */
    private static final class Heard {
        final CompletableFuture<EventStream> stream = new CompletableFuture<>();
        final CompletableFuture<Object> outcome = new CompletableFuture<>();
        final BlockingQueue<End> ends = new LinkedBlockingQueue<>();

        EventsHandler handler(EventsHandler handler) {
            return events -> {
                events.onEnd(ends::add);
                stream.complete(events);
                try {
                    handler.handle(events);
                    outcome.complete("returned");
                } catch (Throwable thrown) {
                    outcome.complete(thrown);
                    throw thrown;
                }
            };
        }

        End end() throws Exception {
            End end = ends.poll(15, TimeUnit.SECONDS);
            assertTrue(end != null, "no end was told");
            assertSame(end, stream.get().end().orElseThrow());
            return end;
        }

        Object outcome() throws Exception {
            return outcome.get(15, TimeUnit.SECONDS);
        }
    }

    private static Caller listen(WebServer server, String path, String... headers) throws IOException {
        Caller caller = new Caller(server.port());
        caller.send("GET", path, headers);
        return caller;
    }

    private static String event(Caller caller) throws IOException {
        return new String(caller.chunk(), StandardCharsets.UTF_8);
    }

    @BothPolicies
    void eventsArriveAsTheyAreSent(IoPolicy policy) throws Exception {
        BlockingQueue<String> toSend = new LinkedBlockingQueue<>();
        try (WebServer server = Sites.on(policy)
                        .events("/feed/{room}", events -> {
                            String room = PathParameters.of(events.request()).text("room");
                            events.send(room + " after " + events.lastEventId().orElse("nothing"));
                            while (true) {
                                events.send(toSend.take());
                            }
                        })
                        .start(0);
                Caller caller = listen(server, "/feed/tea", "Last-Event-ID: 41")) {
            Caller.Answer head = caller.headers();
            assertEquals(200, head.status());
            assertTrue(head.header("Content-Type").startsWith("text/event-stream"), head.header("Content-Type"));
            assertEquals("no-store", head.header("Cache-Control"));
            assertEquals("no", head.header("X-Accel-Buffering"));
            assertEquals("data: tea after 41\n\n", event(caller));
            toSend.add("one\ntwo\r\nthrée\r");
            assertEquals("data: one\ndata: two\ndata: thrée\ndata: \n\n", event(caller));
        }
    }

    @BothPolicies
    void anEventHasANameAnIdAndADelay(IoPolicy policy) throws Exception {
        try (WebServer server = Sites.on(policy)
                        .events(
                                "/feed",
                                events -> events.send(
                                        Event.of("x").named("price").withId("7").withRetry(Duration.ofSeconds(2))))
                        .start(0);
                Caller caller = listen(server, "/feed")) {
            assertEquals(
                    "event: price\nid: 7\nretry: 2000\ndata: x\n\n",
                    caller.answer().text());
        }
    }

    @Test
    void anEventCannotBreakOutOfItsLine() {
        assertThrows(IllegalArgumentException.class, () -> Event.of("x").named("a\nb"));
        assertThrows(IllegalArgumentException.class, () -> Event.of("x").withId("a\rb"));
        assertThrows(IllegalArgumentException.class, () -> Event.of("x").withId("a\0b"));
        assertThrows(IllegalArgumentException.class, () -> Event.of("x").withRetry(Duration.ofSeconds(-1)));
        assertThrows(IllegalArgumentException.class, () -> new EventsOptions().heartbeat(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> new EventsOptions().heartbeat(Duration.ofMinutes(1)));
    }

    @BothPolicies
    void headIsAnsweredWithoutAStream(IoPolicy policy) throws Exception {
        try (WebServer server =
                Sites.on(policy).events("/feed", events -> events.awaitEnd()).start(0)) {
            Caller.Answer head = Caller.call(server, "HEAD", "/feed");
            assertEquals(200, head.status());
            assertTrue(head.header("Content-Type").startsWith("text/event-stream"));
        }
    }

    @BothPolicies
    void aHandlerThatReturnsEndsTheStream(IoPolicy policy) throws Exception {
        Heard heard = new Heard();
        try (WebServer server = Sites.on(policy)
                        .events("/feed", heard.handler(events -> events.send("last")))
                        .start(0);
                Caller caller = listen(server, "/feed")) {
            assertEquals("data: last\n\n", caller.answer().text());
            End end = heard.end();
            assertEquals(End.Reason.SERVER_CLOSED, end.reason());
            assertEquals(0, end.code());
            EventStream stream = heard.stream.get();
            EventsEndedException late = assertThrows(EventsEndedException.class, () -> stream.send("too late"));
            assertSame(end, late.end());
            assertSame(stream, late.stream());
            AtomicInteger told = new AtomicInteger();
            stream.onEnd(known -> told.incrementAndGet());
            await().until(() -> told.get() == 1);
        }
    }

    @BothPolicies
    void silenceIsFilledWithHeartbeatsWhileTheHandlerSleeps(IoPolicy policy) throws Exception {
        CountDownLatch wake = new CountDownLatch(1);
        try (WebServer server = Sites.on(policy)
                        .events("/feed", EventsTest::quick, events -> {
                            wake.await();
                            events.send("awake");
                        })
                        .start(0);
                Caller caller = listen(server, "/feed")) {
            caller.headers();
            assertEquals(":\n\n", event(caller));
            assertEquals(":\n\n", event(caller));
            wake.countDown();
            String next = event(caller);
            while (next.equals(":\n\n")) {
                next = event(caller);
            }
            assertEquals("data: awake\n\n", next);
        }
    }

    @BothPolicies
    void aClientThatVanishesEndsTheHandlerThatWaitsForSomethingElse(IoPolicy policy) throws Exception {
        Heard heard = new Heard();
        BlockingQueue<String> never = new LinkedBlockingQueue<>();
        try (LogLines log = new LogLines();
                WebServer server = Sites.on(policy)
                        .events("/feed", EventsTest::quick, heard.handler(events -> {
                            while (true) {
                                events.send(never.take());
                            }
                        }))
                        .get("/ok", (request, response) -> response.getWriter().print("ok"))
                        .start(0)) {
            try (Caller caller = listen(server, "/feed")) {
                caller.headers();
                caller.reset();
            }
            End end = heard.end();
            assertEquals(End.Reason.RESET, end.reason());
            assertEquals(End.Operation.WRITE, end.operation());
            assertTrue(heard.outcome() instanceof InterruptedException, heard.outcome()::toString);
            await().until(() -> server.stats().connections() == 0);
            assertEquals("ok", Caller.get(server, "/ok").text());
            assertEquals(List.of(), log.lines());
            assertTrue(heard.ends.isEmpty(), "told once");
        }
    }

    @BothPolicies
    void aClientThatClosesIsMetByTheSendingHandler(IoPolicy policy) throws Exception {
        Heard heard = new Heard();
        try (LogLines log = new LogLines();
                WebServer server = Sites.on(policy)
                        .events("/feed", heard.handler(events -> {
                            while (true) {
                                events.send("tick");
                                Thread.onSpinWait();
                            }
                        }))
                        .start(0)) {
            try (Caller caller = listen(server, "/feed")) {
                caller.headers();
                event(caller);
            }
            End end = heard.end();
            assertTrue(List.of(End.Reason.RESET, End.Reason.EOF).contains(end.reason()), end::toString);
            EventsEndedException thrown = (EventsEndedException) heard.outcome();
            assertSame(end, thrown.end());
            assertEquals(0, thrown.getStackTrace().length);
            await().until(() -> server.stats().connections() == 0);
            assertEquals(List.of(), log.lines());
        }
    }

    @BothPolicies
    void overTlsEventsComeAndAVanishedClientIsNoticedToo(IoPolicy policy) throws Exception {
        Heard heard = new Heard();
        CountDownLatch never = new CountDownLatch(1);
        try (LogLines log = new LogLines();
                WebServer server = Sites.secure(policy)
                        .events("/feed", EventsTest::quick, heard.handler(events -> {
                            events.send("first");
                            never.await();
                        }))
                        .start(0)) {
            try (Caller caller = Caller.tls(server.port())) {
                assertEquals(200, caller.send("GET", "/feed").headers().status());
                assertEquals("data: first\n\n", event(caller));
                assertEquals(":\n\n", event(caller));
                caller.reset();
            }
            assertTrue(List.of(End.Reason.RESET, End.Reason.EOF)
                    .contains(heard.end().reason()));
            assertTrue(heard.outcome() instanceof InterruptedException, heard.outcome()::toString);
            await().until(() -> server.stats().connections() == 0);
            assertEquals(List.of(), log.lines());
        }
    }

    @BothPolicies
    void aHandlersFailureIsItsOwnEndAndOneWarning(IoPolicy policy) throws Exception {
        Heard heard = new Heard();
        try (LogLines log = new LogLines();
                WebServer server = Sites.on(policy)
                        .events("/feed", heard.handler(events -> {
                            throw new IllegalStateException("a bug");
                        }))
                        .start(0)) {
            assertEquals("", Caller.get(server, "/feed").text());
            assertEquals(End.Reason.HANDLER_FAILED, heard.end().reason());
            await().until(() -> log.lines().size() == 1);
            assertTrue(log.lines().get(0).contains("GET /feed"), log.lines()::toString);
        }
    }

    @BothPolicies
    void theEndOfAnotherStreamIsAFailureHere(IoPolicy policy) throws Exception {
        Heard first = new Heard();
        Heard second = new Heard();
        try (LogLines log = new LogLines();
                WebServer server = Sites.on(policy)
                        .events("/first", first.handler(events -> events.send("x")))
                        .events(
                                "/second",
                                second.handler(events -> first.stream.get().send("to the wrong one")))
                        .start(0)) {
            Caller.get(server, "/first");
            first.end();
            Caller.get(server, "/second");
            assertEquals(End.Reason.HANDLER_FAILED, second.end().reason());
            await().until(() -> log.lines().size() == 1);
        }
    }

    @BothPolicies
    void aShutdownEndsStreamsAtOnce(IoPolicy policy) throws Exception {
        Heard waiting = new Heard();
        Heard elsewhere = new Heard();
        CountDownLatch never = new CountDownLatch(1);
        try (LogLines log = new LogLines()) {
            WebServer server = Sites.on(policy)
                    .shutdownGrace(Duration.ofSeconds(60))
                    .events("/waiting", waiting.handler(events -> events.awaitEnd()))
                    .events("/elsewhere", elsewhere.handler(events -> never.await()))
                    .start(0);
            try (Caller one = listen(server, "/waiting");
                    Caller other = listen(server, "/elsewhere")) {
                one.headers();
                other.headers();
                waiting.stream.get(10, TimeUnit.SECONDS);
                elsewhere.stream.get(10, TimeUnit.SECONDS);
                StopReport report = server.stop(Duration.ofSeconds(60));
                assertTrue(report.took().compareTo(Duration.ofSeconds(20)) < 0, report::toString);
                assertTrue(report.inTime(), report::toString);
                assertEquals(End.Reason.SHUTDOWN, waiting.end().reason());
                assertEquals(End.Reason.SHUTDOWN, elsewhere.end().reason());
                assertEquals("returned", waiting.outcome());
                assertTrue(elsewhere.outcome() instanceof InterruptedException);
                assertEquals(0, one.chunk().length, "the stream ended as it should");
            }
            assertEquals(List.of(), log.lines());
        }
    }

    @BothPolicies
    void anotherThreadSendsAndCloses(IoPolicy policy) throws Exception {
        Heard heard = new Heard();
        try (WebServer server = Sites.on(policy)
                        .events(
                                "/feed",
                                heard.handler(events -> assertEquals(
                                        End.Reason.SERVER_CLOSED,
                                        events.awaitEnd().reason())))
                        .start(0);
                Caller caller = listen(server, "/feed")) {
            EventStream stream = heard.stream.get(10, TimeUnit.SECONDS);
            caller.headers();
            stream.send("from elsewhere");
            assertEquals("data: from elsewhere\n\n", event(caller));
            stream.close();
            assertEquals(0, caller.chunk().length);
            assertEquals("returned", heard.outcome());
            assertEquals(200, caller.send("HEAD", "/feed").answer(true).status(), "the connection goes on");
        }
    }

    @BothPolicies
    void anInterruptOfTheEndDoesNotReachTheNextRequest(IoPolicy policy) throws Exception {
        CompletableFuture<EventStream> stream = new CompletableFuture<>();
        try (WebServer server = Sites.on(policy)
                        .events("/feed", events -> {
                            stream.complete(events);
                            while (events.end().isEmpty()) {
                                Thread.onSpinWait();
                            }
                        })
                        .get(
                                "/flag",
                                (request, response) -> response.getWriter()
                                        .print(Thread.currentThread().isInterrupted()))
                        .start(0);
                Caller caller = listen(server, "/feed")) {
            caller.headers();
            stream.get(10, TimeUnit.SECONDS).close();
            assertEquals(0, caller.chunk().length);
            assertEquals("false", caller.send("GET", "/flag").answer().text());
        }
    }

    /** Only here: Jetty's own connector lets a stalled write be for 30 seconds. */
    @Test
    void aClientThatTakesNothingAnyMoreIsAWriteTimeout() throws Exception {
        Heard heard = new Heard();
        String much = "x".repeat(100_000);
        try (LogLines log = new LogLines();
                WebServer server = Sites.on(IoPolicy.BLOCKING)
                        .limits(limit -> limit.stalledWrite(Duration.ofSeconds(1)))
                        .events("/feed", heard.handler(events -> {
                            while (true) {
                                events.send(much);
                            }
                        }))
                        .start(0);
                Caller caller = new Caller(server.port(), 4096)) {
            caller.send("GET", "/feed");
            End end = heard.ends.poll(30, TimeUnit.SECONDS);
            assertEquals(End.Reason.WRITE_TIMEOUT, end.reason());
            assertTrue(heard.outcome() instanceof EventsEndedException);
            assertEquals(List.of(), log.lines());
        }
    }

    @BothPolicies
    void aStreamIsNeverCompressed(IoPolicy policy) throws Exception {
        try (WebServer server = Sites.on(policy)
                        .events("/feed", events -> events.send("x".repeat(5000)))
                        .start(0);
                Caller caller = listen(server, "/feed", "Accept-Encoding: gzip")) {
            Caller.Answer answer = caller.answer();
            assertEquals("", answer.header("Content-Encoding"));
            assertFalse(answer.text().isEmpty());
        }
    }
}
