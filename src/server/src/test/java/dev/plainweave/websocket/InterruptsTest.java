package dev.plainweave.websocket;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.websocket.End.Reason;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Threads that are interrupted, and sessions that are closed under the thread that waits. */
@Timeout(60)
@ResourceLock(value = LogTap.RESOURCE, mode = ResourceAccessMode.READ)
class InterruptsTest {
    /** The session ends as closed by the server, nothing is logged, nothing is left. */
    private static void interruptEnds(IoPolicy io, SessionHandler handler) throws Exception {
        try (LogTap log = new LogTap();
                Site site = Site.of(io, options -> options.closeTimeout(Duration.ofMillis(300)), handler);
                RawClient client = site.narrowClient()) {
            Site.Visit visit = site.visit();
            Thread thread = visit.handler.get();
            await().until(() ->
                    thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING);
            thread.interrupt();
            assertEquals(Reason.SERVER_CLOSED, visit.end().reason());
            visit.done();
            await().until(() -> site.server().stats().connections() == 0);
            assertTrue(client.readToEnd() >= 0);
            assertEquals(1, visit.ends.get());
            assertEquals(List.of(), log.events(), log::toString);
        }
    }

    @BothPolicies
    void whileReceiving(IoPolicy io) throws Exception {
        interruptEnds(io, WebSocketSession::receive);
    }

    @BothPolicies
    void whileReceivingWithATimeout(IoPolicy io) throws Exception {
        interruptEnds(io, session -> session.receive(Duration.ofMinutes(1)));
    }

    @BothPolicies
    void whileAwaitingTheEnd(IoPolicy io) throws Exception {
        interruptEnds(
                io,
                session -> assertEquals(Reason.SERVER_CLOSED, session.awaitEnd().reason()));
    }

    @BothPolicies
    void whileSending(IoPolicy io) throws Exception {
        interruptEnds(io, session -> session.send(ByteBuffer.allocate(32 << 20)));
    }

    /** The one that reads meanwhile is told the same, not that the peer has reset. */
    @BothPolicies
    void whileSendingAndAnotherReceives(IoPolicy io) throws Exception {
        interruptEnds(io, session -> {
            CompletableFuture<DisconnectedException> receiver = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> {
                try {
                    session.receive();
                } catch (DisconnectedException over) {
                    receiver.complete(over);
                }
            });
            try {
                session.send(ByteBuffer.allocate(32 << 20));
            } finally {
                Thread.interrupted();
                assertEquals(
                        Reason.SERVER_CLOSED, receiver.get(5, TimeUnit.SECONDS).reason());
            }
        });
    }

    /** What a handler leaves behind does not spoil the goodbye. */
    @BothPolicies
    void leftoverInterrupt(IoPolicy io) throws Exception {
        try (Site site = Site.of(io, session -> Thread.currentThread().interrupt());
                RawClient client = site.client()) {
            assertEquals(1000, client.readClose().code());
            client.sendClose(1000);
            assertEquals(0, client.readToEnd());
            assertEquals(Reason.SERVER_CLOSED, site.visit().end().reason());
            await().until(() -> site.server().stats().connections() == 0);
        }
    }

    @BothPolicies
    void closedWhileAnotherReceives(IoPolicy io) throws Exception {
        try (Site site = Site.of(io, WebSocketSession::receive);
                RawClient client = site.client()) {
            Site.Visit visit = site.visit();
            visit.session.close(3500, "enough");
            visit.session.close(3501, "too late");
            RawClient.Frame close = client.readClose();
            assertEquals(3500, close.code());
            client.text("crossing").write(new ClientFrames().close(3500, ""));
            assertEquals(0, client.readToEnd());
            DisconnectedException thrown = (DisconnectedException) visit.thrown();
            assertSame(visit.end(), thrown.end());
            assertEquals(Reason.SERVER_CLOSED, thrown.reason());
            assertEquals(3500, thrown.end().code());
        }
    }

    /** The client does not answer: the connection is cut after the close timeout, and the receiver is told. */
    @BothPolicies
    void closedAndNotAnswered(IoPolicy io) throws Exception {
        try (Site site = Site.of(
                        io, options -> options.closeTimeout(Duration.ofMillis(500)), WebSocketSession::receive);
                RawClient client = site.client()) {
            Site.Visit visit = site.visit();
            visit.session.close();
            assertEquals(1000, client.readClose().code());
            assertEquals(0, client.readToEnd());
            visit.done();
            assertEquals(Reason.SERVER_CLOSED, visit.end().reason());
        }
    }

    /** The handler returns while the attendant has the seat, and while messages lie behind it. */
    @BothPolicies
    void returnsWhileAttended(IoPolicy io) throws Exception {
        CountDownLatch leave = new CountDownLatch(1);
        try (Site site = Site.of(io, session -> leave.await());
                RawClient client = site.client()) {
            client.ping("attended?");
            assertEquals("attended?", client.readPong());
            client.text("held").text("behind").text("and behind");
            leave.countDown();
            assertEquals(1000, client.readClose().code());
            client.text("crossing").sendClose(1000);
            long answered = System.nanoTime();
            assertEquals(0, client.readToEnd());
            Duration taken = Duration.ofNanos(System.nanoTime() - answered);
            assertTrue(taken.toMillis() < 1500, () -> "closed after " + taken);
            await().until(() -> site.server().stats().connections() == 0);
        }
    }

    /** A session that is closed while its handler sleeps: what lies behind the held message must not hide the answer. */
    @BothPolicies
    void closedWhileTheHandlerSleeps(IoPolicy io) throws Exception {
        CountDownLatch leave = new CountDownLatch(1);
        try (Site site = Site.of(io, session -> leave.await());
                RawClient client = site.client()) {
            client.ping("attended?");
            assertEquals("attended?", client.readPong());
            client.text("held").text("behind").text("and behind");
            site.visit().session.close(1000, "");
            assertEquals(1000, client.readClose().code());
            client.text("crossing").text("crossing").sendClose(1000);
            long answered = System.nanoTime();
            assertEquals(0, client.readToEnd());
            Duration taken = Duration.ofNanos(System.nanoTime() - answered);
            assertTrue(taken.toMillis() < 1500, () -> "closed after " + taken);
        } finally {
            leave.countDown();
        }
    }
}
