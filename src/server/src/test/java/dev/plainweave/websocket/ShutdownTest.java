package dev.plainweave.websocket;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.StopReport;
import dev.plainweave.websocket.End.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Timeout;

/** A server that stops while sessions are open. */
@Timeout(60)
class ShutdownTest {
    private static CompletableFuture<StopReport> stop(Site site, Duration grace) {
        CompletableFuture<StopReport> report = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> report.complete(site.server().stop(grace)));
        return report;
    }

    private static void endsAtOnce(IoPolicy io, SessionHandler handler) throws Exception {
        try (Site site = Site.of(io, session -> {
                    session.send("ready");
                    handler.handle(session);
                });
                RawClient client = site.client()) {
            assertEquals("ready", client.readText());
            Site.Visit visit = site.visit();
            Thread thread = visit.handler.get();
            await().until(() ->
                    thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING);
            CompletableFuture<StopReport> report = stop(site, Duration.ofSeconds(10));
            assertEquals(1001, client.readClose().code());
            client.sendClose(1001);
            assertEquals(0, client.readToEnd());
            assertEquals(Reason.SHUTDOWN, visit.end().reason());
            visit.done();
            StopReport stopped = report.get(5, TimeUnit.SECONDS);
            assertTrue(stopped.inTime(), stopped::toString);
            assertEquals(0, stopped.cut());
            assertEquals(1, visit.ends.get());
        }
    }

    @BothPolicies
    void receiving(IoPolicy io) throws Exception {
        endsAtOnce(io, WebSocketSession::receive);
    }

    @BothPolicies
    void receivingWithATimeout(IoPolicy io) throws Exception {
        endsAtOnce(io, session -> session.receive(Duration.ofMinutes(1)));
    }

    @BothPolicies
    void awaitingTheEnd(IoPolicy io) throws Exception {
        endsAtOnce(
                io, session -> assertEquals(Reason.SHUTDOWN, session.awaitEnd().reason()));
    }

    /** A busy session goes on, sends, and gets its goodbye when it comes back. */
    private static void busy(IoPolicy io, SessionHandler comingBack) throws Exception {
        CountDownLatch work = new CountDownLatch(1);
        try (Site site = Site.of(io, session -> {
                    session.send("busy");
                    work.await();
                    session.send("done");
                    comingBack.handle(session);
                });
                RawClient client = site.client()) {
            assertEquals("busy", client.readText());
            CompletableFuture<StopReport> report = stop(site, Duration.ofSeconds(10));
            await().until(() -> refused(site));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1500)); // longer than Jetty's own patience
            client.ping("still there?");
            assertEquals("still there?", client.readPong());
            work.countDown();
            assertEquals("done", client.readText());
            assertEquals(1001, client.readClose().code());
            client.sendClose(1001);
            assertEquals(0, client.readToEnd());
            Site.Visit visit = site.visit();
            assertEquals(Reason.SHUTDOWN, visit.end().reason());
            visit.done();
            assertTrue(report.get(5, TimeUnit.SECONDS).inTime());
        }
    }

    private static boolean refused(Site site) {
        try (RawClient another = RawClient.connect(site.port())) {
            return another.tcp().isClosed();
        } catch (Exception refused) {
            return true;
        }
    }

    @BothPolicies
    void busyAndReturns(IoPolicy io) throws Exception {
        busy(io, session -> {});
    }

    @BothPolicies
    void busyAndReceives(IoPolicy io) throws Exception {
        busy(io, WebSocketSession::receive);
    }

    @BothPolicies
    void busyAndAwaitsTheEnd(IoPolicy io) throws Exception {
        busy(io, WebSocketSession::awaitEnd);
    }

    /** A handler that never comes back: its client is told when the grace is over, and the stop is bounded. */
    @BothPolicies
    void neverComesBack(IoPolicy io) throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (Site site = Site.of(io, session -> {
                    session.send("busy");
                    session.onEnd(end -> {
                        try {
                            never.await(); // nor does its callback
                        } catch (InterruptedException stopped) {
                            Thread.currentThread().interrupt();
                        }
                    });
                    never.await();
                });
                RawClient client = site.client()) {
            assertEquals("busy", client.readText());
            long start = System.nanoTime();
            CompletableFuture<StopReport> report = stop(site, Duration.ofMillis(500));
            assertEquals(1001, client.readClose().code());
            Duration told = Duration.ofNanos(System.nanoTime() - start);
            StopReport stopped = report.get(10, TimeUnit.SECONDS);
            Duration taken = Duration.ofNanos(System.nanoTime() - start);
            assertTrue(told.toMillis() >= 450, told::toString);
            assertTrue(taken.toMillis() < 4000, taken::toString);
            assertFalse(stopped.inTime(), stopped::toString);
            assertEquals(1, stopped.cut());
            assertTrue(stopped.took().toMillis() >= 450);
            assertEquals(0, client.readToEnd());
            assertEquals(Reason.SHUTDOWN, site.visit().end().reason());
        } finally {
            never.countDown();
        }
    }

    /** The application's own words win over the server's. */
    @BothPolicies
    void closesByItself(IoPolicy io) throws Exception {
        CountDownLatch work = new CountDownLatch(1);
        try (Site site = Site.of(io, session -> {
                    session.send("busy");
                    work.await();
                    session.close(4001, "my own");
                });
                RawClient client = site.client()) {
            assertEquals("busy", client.readText());
            CompletableFuture<StopReport> report = stop(site, Duration.ofSeconds(10));
            await().until(() -> refused(site));
            work.countDown();
            assertEquals(4001, client.readClose().code());
            client.sendClose(4001);
            report.get(5, TimeUnit.SECONDS);
            assertEquals(Reason.SERVER_CLOSED, site.visit().end().reason());
        }
    }

    /** A connection that was open before may not begin a session any more. */
    @BothPolicies
    void handshakeTooLate(IoPolicy io) throws Exception {
        CountDownLatch work = new CountDownLatch(1);
        try (Site site = Site.of(io, session -> work.await());
                RawClient busy = site.client();
                RawClient late = site.connect(0)) {
            late.write(RawClient.lines(List.of("GET /none HTTP/1.1", "Host: localhost")));
            RawClient.Answer first = late.answer();
            late.in().readNBytes(Integer.parseInt(first.header("Content-Length").orElse("0")));
            CompletableFuture<StopReport> report = stop(site, Duration.ofSeconds(5));
            await().until(() -> refused(site));
            try {
                late.write(RawClient.request("/"));
                assertEquals(503, late.answer().status());
            } catch (IOException closed) {
                assertEquals(1, site.stats().opened());
            }
            work.countDown();
            assertEquals(1001, busy.readClose().code());
            busy.sendClose(1001);
            report.get(10, TimeUnit.SECONDS);
            assertEquals(1, site.stats().opened());
        }
    }
}
