package dev.plainweave.bench;

import dev.plainweave.server.WebServer;
import dev.plainweave.websocket.DisconnectedException;
import dev.plainweave.websocket.End;
import dev.plainweave.websocket.Message;
import dev.plainweave.websocket.SessionStats;
import dev.plainweave.websocket.WebSocketSession;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An echo with one fault, which shows only after a while: the check before the measurement must not be what finds it. */
public final class FaultyServer {
    private static final Logger LOGGER = LoggerFactory.getLogger(FaultyServer.class);
    private static final int HARMLESS = 100;
    private static final int NOW_AND_THEN = 300; // the rehearsal of a smoke run has 400 messages
    private static final long SLOW_NANOS = 300_000;

    private static final AtomicLong MESSAGES = new AtomicLong();
    private static final AtomicLong SESSIONS = new AtomicLong();
    private static final Queue<FileChannel> LEAKED = new ConcurrentLinkedQueue<>();
    private static final CountDownLatch NEVER = new CountDownLatch(1);

    /** What goes wrong. */
    enum Fault {
        NONE,
        SLOW,
        WRONG,
        TWICE,
        LOST,
        LEAKING_DESCRIPTORS,
        LEAKING_THREADS,
        LOGGING,
        LOGGING_A_TRACE,
        MISSING_END
    }

    private FaultyServer() {}

    public static void main(String[] arguments) {
        Fault fault = Fault.valueOf(arguments[0]);
        CompletableFuture<WebServer> running = new CompletableFuture<>();
        WebServer server = WebServer.builder()
                .host("127.0.0.1")
                .get("/hello", (request, response) -> response.getOutputStream().print("ok\n"))
                .get(
                        "/metrics",
                        (request, response) -> response.getOutputStream()
                                .print(page(running.join().stats().sessions(), fault)))
                .websocket("/echo", session -> serve(session, fault))
                .start(0);
        running.complete(server);
        System.out.println("faulty on http://127.0.0.1:" + server.port());
        server.awaitStop();
    }

    private static void serve(WebSocketSession session, Fault fault) throws IOException {
        opened(fault);
        try {
            while (true) {
                Message message = session.receive();
                long n = MESSAGES.incrementAndGet();
                boolean now = n > HARMLESS && n % NOW_AND_THEN == 0;
                if (fault == Fault.SLOW) {
                    burn();
                }
                if (fault == Fault.LOST && now) {
                    continue;
                }
                session.send(fault == Fault.WRONG && now ? wrong(message) : message);
                if (fault == Fault.TWICE && now) {
                    session.send(message);
                }
            }
        } catch (DisconnectedException gone) {
            if (fault == Fault.LOGGING) {
                LOGGER.info("somebody has left");
            }
            if (fault == Fault.LOGGING_A_TRACE) {
                LOGGER.warn("somebody has left", new IOException("reset"));
            }
            throw gone;
        }
    }

    private static void opened(Fault fault) throws IOException {
        long n = SESSIONS.incrementAndGet();
        if (fault == Fault.LEAKING_DESCRIPTORS && n % 4 == 0) {
            LEAKED.add(FileChannel.open(Path.of("/dev/null")));
        }
        if (fault == Fault.LEAKING_THREADS && n % 3 == 0) {
            Thread.ofPlatform().daemon().start(() -> {
                try {
                    NEVER.await();
                } catch (InterruptedException never) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }

    private static Message wrong(Message message) {
        return message instanceof Message.Text text
                ? new Message.Text(text.text().replace(':', ';'))
                : message;
    }

    private static void burn() {
        long start = System.nanoTime();
        while (System.nanoTime() - start < SLOW_NANOS) {
            Thread.onSpinWait();
        }
    }

    /** The page of the product, but of sessions alone; one end is kept back after a while. */
    private static String page(SessionStats stats, Fault fault) {
        long resets = stats.ended(End.Reason.RESET);
        boolean missing = fault == Fault.MISSING_END && resets > 0 && MESSAGES.get() > HARMLESS;
        StringBuilder page = new StringBuilder();
        page.append("plainweave_sessions_opened_total{kind=\"native\"} %d.0%n".formatted(stats.opened()));
        page.append("plainweave_sessions_open{kind=\"native\"} %d.0%n".formatted(stats.openNow() + (missing ? 1 : 0)));
        for (End.Reason reason : End.Reason.values()) {
            page.append("plainweave_sessions_ended_total{reason=\"%s\"} %d.0%n"
                    .formatted(reason.name().toLowerCase(Locale.ROOT), stats.ended(reason)));
        }
        return page.toString();
    }
}
