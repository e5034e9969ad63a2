package dev.plainweave.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HealthTest {
    private final HttpClient client = HttpClient.newHttpClient();

    private String get(URI root, String path) throws Exception {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(root.resolve(path))
                        .timeout(Duration.ofSeconds(20))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals(
                "application/json", answer.headers().firstValue("Content-Type").orElse("none"));
        assertEquals("no-store", answer.headers().firstValue("Cache-Control").orElse("none"));
        return answer.statusCode() + " " + answer.body();
    }

    private static WebServer.Builder builder(IoPolicy io) {
        return WebServer.builder().io(io).host("127.0.0.1").health("/health").shutdownGrace(Duration.ofMillis(200));
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatRunsIsUp(IoPolicy io) throws Exception {
        try (WebServer server = builder(io).start(0)) {
            for (String path : new String[] {"/health", "/health/live", "/health/ready"}) {
                assertEquals("200 {\"status\":\"up\"}", get(server.uri(), path), path);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCheckThatSaysNoMakesItNotReadyButStillAlive(IoPolicy io) throws Exception {
        AtomicReference<Boolean> database = new AtomicReference<>(true);
        try (WebServer server = builder(io)
                .ready("database", database::get)
                .ready("disk", () -> true)
                .start(0)) {
            String up = "200 {\"status\":\"up\",\"checks\":{\"database\":\"up\",\"disk\":\"up\"}}";
            assertEquals(up, get(server.uri(), "/health/ready"));
            database.set(false);
            String down = "503 {\"status\":\"down\",\"checks\":{\"database\":\"down\",\"disk\":\"up\"}}";
            assertEquals(down, get(server.uri(), "/health"));
            assertEquals("200 {\"status\":\"up\"}", get(server.uri(), "/health/live"));
            database.set(true);
            assertEquals(up, get(server.uri(), "/health/ready"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCheckThatThrowsIsNotToldWhy(IoPolicy io) throws Exception {
        try (WebServer server = builder(io)
                .ready("database", () -> {
                    throw new IllegalStateException("password=secret");
                })
                .start(0)) {
            assertEquals(
                    "503 {\"status\":\"down\",\"checks\":{\"database\":\"failed\"}}",
                    get(server.uri(), "/health/ready"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCheckThatHangsIsGivenUpAndNotStartedAgain(IoPolicy io) throws Exception {
        CountDownLatch hang = new CountDownLatch(1);
        AtomicInteger runs = new AtomicInteger();
        try (WebServer server = builder(io)
                .ready("slow", Duration.ofMillis(50), () -> {
                    runs.incrementAndGet();
                    hang.await();
                    return true;
                })
                .start(0)) {
            for (int i = 0; i < 3; i++) {
                assertEquals(
                        "503 {\"status\":\"down\",\"checks\":{\"slow\":\"timeout\"}}",
                        get(server.uri(), "/health/ready"));
            }
            assertEquals(1, runs.get());
            hang.countDown();
            await().until(() -> get(server.uri(), "/health/ready").startsWith("200"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void readinessTurnsFirstWhileConnectionsAreStillAccepted(IoPolicy io) throws Exception {
        WebServer server = builder(io)
                .readinessDelay(Duration.ofSeconds(3))
                .get("/", (request, response) -> response.getWriter().print("served"))
                .start(0);
        URI root = server.uri();
        Thread stopping = Thread.ofVirtual().start(server::close);
        await().until(() -> get(root, "/health/ready").startsWith("503"));
        assertEquals("503 {\"status\":\"down\",\"reason\":\"stopping\"}", get(root, "/health"));
        assertEquals("200 {\"status\":\"up\"}", get(root, "/health/live"));
        HttpClient newcomer = HttpClient.newHttpClient();
        assertEquals(
                "served",
                newcomer.send(HttpRequest.newBuilder(root).build(), HttpResponse.BodyHandlers.ofString())
                        .body());
        assertTrue(stopping.join(Duration.ofSeconds(20)));
        assertThrows(java.net.ConnectException.class, () -> get(root, "/health"));
    }

    @Test
    void namesAndPathsAreChecked() {
        WebServer.Builder builder = WebServer.builder().ready("database", () -> true);
        assertThrows(IllegalArgumentException.class, () -> builder.ready("database", () -> true));
        for (String path : new String[] {"health", "/", "/health/", "/*"}) {
            assertThrows(IllegalArgumentException.class, () -> builder.health(path), path);
        }
    }
}
