package dev.plainweave.websocket;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.Tls;
import dev.plainweave.server.WebServer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A running server with one WebSocket at {@code /}, and what happened to its sessions. */
final class Site implements AutoCloseable {
    static final int PATIENCE_SECONDS = 15;

    /** One session and its handler. */
    static final class Visit {
        final WebSocketSession session;
        final CompletableFuture<Thread> handler = new CompletableFuture<>();
        final AtomicInteger ends = new AtomicInteger();
        private final CompletableFuture<End> end = new CompletableFuture<>();
        private final CompletableFuture<Object> outcome = new CompletableFuture<>();

        Visit(WebSocketSession session) {
            this.session = session;
            session.onEnd(known -> {
                ends.incrementAndGet();
                end.complete(known);
            });
        }

        /** Waits for the end. */
        End end() throws Exception {
            return end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }

        /** Waits until the handler has thrown. */
        Throwable thrown() throws Exception {
            return (Throwable) outcome.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }

        /** Waits until the handler is done, one way or the other. */
        void done() throws Exception {
            outcome.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private final WebServer server;
    private final boolean secure;
    private final BlockingQueue<Visit> visits = new LinkedBlockingQueue<>();

    Site(IoPolicy io, Tls tls, Consumer<WebSocketOptions> options, SessionHandler handler) {
        WebServer.Builder builder = WebServer.builder()
                .io(io)
                .host("127.0.0.1")
                .shutdownGrace(Duration.ofMillis(100))
                .websocket("/", options, session -> visit(session, handler));
        secure = tls != null;
        server = (secure ? builder.tls(tls) : builder).start(0);
    }

    static Site of(IoPolicy io, SessionHandler handler) {
        return new Site(io, null, options -> {}, handler);
    }

    static Site of(IoPolicy io, Consumer<WebSocketOptions> options, SessionHandler handler) {
        return new Site(io, null, options, handler);
    }

    static Site echo(IoPolicy io) {
        return of(io, Site::echo);
    }

    /** The simplest handler. */
    static void echo(WebSocketSession session) {
        while (true) {
            session.send(session.receive());
        }
    }

    private void visit(WebSocketSession session, SessionHandler handler) throws Exception {
        Visit visit = new Visit(session);
        visit.handler.complete(Thread.currentThread());
        visits.add(visit);
        try {
            handler.handle(session);
            visit.outcome.complete("returned");
        } catch (Throwable thrown) {
            visit.outcome.complete(thrown);
            throw thrown;
        }
    }

    RawClient client(String... headers) throws IOException {
        return connect(0).upgrade("/", headers);
    }

    /** A client with a small receive buffer. */
    RawClient narrowClient() throws IOException {
        return connect(4096).upgrade("/");
    }

    RawClient connect(int receiveBuffer) throws IOException {
        return secure ? RawClient.connectTls(port(), receiveBuffer) : RawClient.connect(port(), receiveBuffer);
    }

    /** The next session that was opened and not asked for yet. */
    Visit visit() throws InterruptedException {
        Visit visit = visits.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (visit == null) {
            throw new AssertionError("no session was opened");
        }
        return visit;
    }

    int port() {
        return server.port();
    }

    WebServer server() {
        return server;
    }

    SessionStats stats() {
        return server.stats().sessions();
    }

    @Override
    public void close() {
        server.close();
    }
}
