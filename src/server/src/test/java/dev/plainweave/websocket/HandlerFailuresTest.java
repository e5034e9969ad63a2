package dev.plainweave.websocket;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.plainweave.server.IoPolicy;
import dev.plainweave.websocket.End.Reason;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What a handler or a callback throws: whose fault it is, what is logged, and that nobody else notices. */
@ResourceLock(value = LogTap.RESOURCE, mode = ResourceAccessMode.READ_WRITE)
class HandlerFailuresTest {
    private static void failsAlone(Site site, Class<? extends Throwable> failure) throws Exception {
        try (LogTap log = new LogTap();
                RawClient client = site.client()) {
            Site.Visit visit = site.visit();
            RawClient neighbour = site.client();
            client.text("fail");
            RawClient.Frame close = client.readClose();
            assertEquals(1011, close.code());
            assertEquals("", close.reason(), "what failed is not the client's business");
            client.sendClose(1011);
            assertEquals(0, client.readToEnd());
            End end = visit.end();
            assertEquals(Reason.HANDLER_FAILED, end.reason());
            assertEquals(1011, end.code());
            assertSame(visit.thrown(), end.cause().orElseThrow());
            assertEquals(failure, visit.thrown().getClass());
            assertEquals(1, site.stats().handlerFailures());

            neighbour.text("still here");
            assertEquals("still here", neighbour.readText());
            neighbour.leave();

            await().until(() -> !log.events().isEmpty());
            List<ILoggingEvent> events = log.events();
            assertEquals(1, events.size(), log::toString);
            assertEquals(Level.WARN, events.get(0).getLevel());
            assertEquals(failure.getName(), events.get(0).getThrowableProxy().getClassName());
            assertTrue(events.get(0).getThrowableProxy().getStackTraceElementProxyArray().length > 0
                    || failure == DisconnectedException.class);
        }
    }

    private static Site failing(IoPolicy io, SessionHandler failure) {
        return Site.of(io, session -> {
            for (Message message : session) {
                if (message.equals(Message.text("fail"))) {
                    failure.handle(session);
                }
                session.send(message);
            }
        });
    }

    @BothPolicies
    void exception(IoPolicy io) throws Exception {
        try (Site site = failing(io, session -> {
            throw new IOException("a defect");
        })) {
            failsAlone(site, IOException.class);
        }
    }

    @BothPolicies
    void outOfMemory(IoPolicy io) throws Exception {
        try (Site site = failing(io, session -> {
            throw new OutOfMemoryError("not really");
        })) {
            failsAlone(site, OutOfMemoryError.class);
        }
    }

    @BothPolicies
    void endOfAnotherSession(IoPolicy io) throws Exception {
        AtomicReference<WebSocketSession> other = new AtomicReference<>();
        try (Site elsewhere = Site.of(io, session -> {
                    other.set(session);
                    session.awaitEnd();
                });
                Site site = failing(io, session -> other.get().send("hello?"))) {
            RawClient gone = elsewhere.client();
            gone.sendClose(1000);
            elsewhere.visit().end();
            failsAlone(site, DisconnectedException.class);
        }
    }

    @BothPolicies
    void ownEndWrapped(IoPolicy io) throws Exception {
        try (LogTap log = new LogTap();
                Site site = Site.of(io, session -> {
                    try {
                        CompletableFuture.runAsync(session::receive).get();
                    } catch (ExecutionException wrapped) {
                        throw new IllegalStateException("a framework's own", wrapped);
                    }
                });
                RawClient client = site.client()) {
            client.sendClose(1000);
            assertEquals(1000, client.readClose().code());
            Site.Visit visit = site.visit();
            assertEquals(Reason.PEER_CLOSED, visit.end().reason());
            assertEquals(IllegalStateException.class, visit.thrown().getClass());
            await().until(() -> site.server().stats().connections() == 0);
            assertEquals(0, site.stats().handlerFailures());
            assertEquals(List.of(), log.events());
        }
    }

    /** A chain of causes may be a ring. */
    @BothPolicies
    void causesInARing(IoPolicy io) throws Exception {
        try (Site site = failing(io, session -> {
            IllegalStateException one = new IllegalStateException("one");
            one.initCause(new IllegalStateException("two", one));
            throw one;
        })) {
            failsAlone(site, IllegalStateException.class);
        }
    }

    @BothPolicies
    void callbackThrows(IoPolicy io) throws Exception {
        CountDownLatch others = new CountDownLatch(2);
        try (LogTap log = new LogTap();
                Site site = Site.of(io, session -> {
                    session.onEnd(end -> others.countDown());
                    session.onEnd(end -> {
                        throw new IllegalStateException("a callback's defect");
                    });
                    session.onEnd(end -> {
                        throw new StackOverflowError("a callback's error");
                    });
                    session.onEnd(end -> others.countDown());
                    Site.echo(session);
                });
                RawClient client = site.client()) {
            client.text("ready");
            assertEquals("ready", client.readText());
            client.sendClose(1000);
            assertEquals(1000, client.readClose().code());
            assertEquals(0, client.readToEnd());
            assertEquals(Reason.PEER_CLOSED, site.visit().end().reason());
            others.await();
            await().until(() -> log.events().size() == 2);
            assertTrue(log.events().stream().allMatch(event -> event.getLevel() == Level.WARN));
            assertEquals(1, site.stats().ended());
            await().until(() -> site.server().stats().connections() == 0);
        }
    }

    /** A callback may block: neither the goodbye, nor the connection, nor a broadcaster waits for it. */
    @BothPolicies
    void callbackBlocks(IoPolicy io) throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (Site site = Site.of(io, session -> {
                    session.onEnd(end -> {
                        try {
                            release.await();
                        } catch (InterruptedException stopped) {
                            Thread.currentThread().interrupt();
                        }
                    });
                    Site.echo(session);
                });
                RawClient client = site.client()) {
            client.text("ready");
            assertEquals("ready", client.readText());
            client.sendClose(1000);
            assertEquals(1000, client.readClose().code());
            assertEquals(0, client.readToEnd());
            site.visit().done();
            await().until(() -> site.server().stats().connections() == 0);
        } finally {
            release.countDown();
        }
    }

    @BothPolicies
    void callbackRegistrations(IoPolicy io) throws Exception {
        CompletableFuture<End> kept = new CompletableFuture<>();
        CompletableFuture<End> removed = new CompletableFuture<>();
        CompletableFuture<End> inside = new CompletableFuture<>();
        try (Site site = Site.of(io, session -> {
                    session.onEnd(removed::complete).close();
                    session.onEnd(kept::complete);
                    session.onEnd(end -> session.onEnd(inside::complete));
                    session.send("ready");
                    session.awaitEnd();
                });
                RawClient client = site.client()) {
            assertEquals("ready", client.readText());
            client.reset();
            Site.Visit visit = site.visit();
            assertSame(visit.end(), kept.get());
            assertSame(visit.end(), inside.get());
            CompletableFuture<End> late = new CompletableFuture<>();
            visit.session.onEnd(late::complete).close();
            assertSame(visit.end(), late.getNow(null), "after the end the callback is called at once");
            assertTrue(!removed.isDone());
        }
    }
}
