package dev.plainweave.websocket;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The application's code fails wherever the server calls it: one answer or one end each, and the server serves on. */
@Timeout(60)
@ResourceLock(LogTap.RESOURCE) // this makes lines that others would find
class CallbacksThrowTest {
    private static final class Defect extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final AtomicInteger ends = new AtomicInteger();

    private WebServer start(IoPolicy io) {
        return WebServer.builder()
                .io(io)
                .host("127.0.0.1")
                .authenticate(caller -> {
                    if (caller.header("X-Stranger").isPresent()) {
                        throw new Defect();
                    }
                    return java.util.Optional.empty();
                })
                .filter("/filtered/*", (request, response, chain) -> {
                    throw new Defect();
                })
                .ready("check", () -> {
                    throw new Defect();
                })
                .health("/health")
                .get("/handler", (request, response) -> {
                    throw new Defect();
                })
                .get("/after", (request, response) -> {
                    response.getWriter().print("begun");
                    response.flushBuffer();
                    throw new Defect();
                })
                .get("/fine", (request, response) -> response.getWriter().print("fine"))
                .events("/events", stream -> {
                    throw new Defect();
                })
                .onError((thrown, request, response) -> {
                    throw new IllegalStateException("and so does the error handler");
                })
                .websocket(
                        "/admission",
                        options -> options.admit(handshake -> {
                            throw new IllegalStateException("not admitted, not refused");
                        }),
                        Site::echo)
                .websocket("/session", session -> {
                    session.onEnd(this::throwAtTheEnd);
                    session.onEnd(this::throwAtTheEnd);
                    throw new Defect();
                })
                .websocket("/thread", session -> {
                    session.onEnd(this::throwAtTheEnd);
                    Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> {
                        throw new Defect();
                    });
                    throw new StackOverflowError();
                })
                .start(0);
    }

    private void throwAtTheEnd(End end) {
        ends.incrementAndGet();
        throw new Defect();
    }

    private static int status(WebServer server, String path, String... headers) throws IOException {
        try (RawClient client = RawClient.connect(server.port())) {
            List<String> lines = new java.util.ArrayList<>(List.of("GET " + path + " HTTP/1.1", "Host: localhost"));
            lines.addAll(List.of(headers));
            return client.write(RawClient.lines(lines)).answer().status();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theServerServesOn(IoPolicy io) throws Exception {
        try (WebServer server = start(io)) {
            for (int i = 0; i < 5; i++) {
                assertEquals(500, status(server, "/handler"));
                assertEquals(500, status(server, "/filtered/x"));
                assertEquals(500, status(server, "/fine", "X-Stranger: yes"));
                assertEquals(200, status(server, "/after"));
                assertTrue(status(server, "/events", "Accept: text/event-stream") <= 500);
                assertEquals(503, status(server, "/health/ready"));
                try (RawClient client = RawClient.connect(server.port())) {
                    assertEquals(
                            500,
                            client.write(RawClient.request("/admission"))
                                    .answer()
                                    .status());
                }
                for (String path : List.of("/session", "/thread")) {
                    try (RawClient client = RawClient.open(server.port(), path)) {
                        assertEquals(1011, client.readClose().code());
                        client.sendClose(1011);
                        assertEquals(0, client.readToEnd());
                    }
                }
                assertEquals(200, status(server, "/fine"));
            }
            await().until(() -> server.stats().connections() == 0);
            await().until(() -> ends.get() == 15);
            assertEquals(10, server.stats().sessions().ended(End.Reason.HANDLER_FAILED));
            assertEquals(10, server.stats().sessions().handlerFailures());
        }
    }
}
