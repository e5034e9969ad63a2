package dev.plainweave.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WebServerTest {
    private final HttpClient client = HttpClient.newHttpClient();

    private HttpResponse<String> send(WebServer server, String method, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.uri().resolve(path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(20))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static WebServer.Builder builder(IoPolicy policy) {
        return WebServer.builder().io(policy).host("127.0.0.1");
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void aRequestIsAnsweredByTheHandlerOfItsMethodAndPath(IoPolicy policy) throws Exception {
        try (WebServer server = builder(policy)
                .get("/item", (request, response) -> response.getWriter().print("got"))
                .post("/item", (request, response) -> response.getWriter().print("posted"))
                .get("/item/{id}", (request, response) -> response.getWriter().print("one"))
                .get("/below/*", (request, response) -> response.getWriter().print("below"))
                .start(0)) {
            assertEquals("got", send(server, "GET", "/item").body());
            assertEquals("posted", send(server, "POST", "/item").body());
            assertEquals("one", send(server, "GET", "/item/7").body());
            assertEquals("below", send(server, "GET", "/below/a/b").body());
            assertEquals(404, send(server, "GET", "/other").statusCode());
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void aMethodWithoutAHandlerIsToldWhichThereAre(IoPolicy policy) throws Exception {
        try (WebServer server = builder(policy)
                .get("/item", (request, response) -> response.getWriter().print("got"))
                .start(0)) {
            HttpResponse<String> refused = send(server, "DELETE", "/item");
            assertEquals(405, refused.statusCode());
            assertEquals(
                    "GET, HEAD, OPTIONS", refused.headers().firstValue("Allow").orElseThrow());
            assertEquals(204, send(server, "OPTIONS", "/item").statusCode());
            HttpResponse<String> head = send(server, "HEAD", "/item");
            assertEquals(200, head.statusCode());
            assertEquals("", head.body());
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void aHandlerThatSleepsCostsNobodyElse(IoPolicy policy) throws Exception {
        CountDownLatch asleep = new CountDownLatch(400);
        CountDownLatch wake = new CountDownLatch(1);
        try (WebServer server = builder(policy)
                .get("/sleep", (request, response) -> {
                    asleep.countDown();
                    wake.await();
                    response.getWriter().print("awake");
                })
                .get("/quick", (request, response) -> response.getWriter().print("quick"))
                .start(0)) {
            CompletableFuture<?>[] sleepers = new CompletableFuture<?>[400];
            for (int i = 0; i < sleepers.length; i++) {
                HttpRequest request =
                        HttpRequest.newBuilder(server.uri().resolve("/sleep")).build();
                sleepers[i] = client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                        .thenAccept(response -> assertEquals("awake", response.body()));
            }
            assertTrue(asleep.await(20, TimeUnit.SECONDS), "all 400 handlers run at once");
            assertEquals("quick", send(server, "GET", "/quick").body());
            wake.countDown();
            CompletableFuture.allOf(sleepers).get(20, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void anExceptionBecomesA500ThatShowsNoneOfTheCode(IoPolicy policy) throws Exception {
        try (WebServer server = builder(policy)
                .get("/fails", (request, response) -> {
                    throw new IOException("secret detail");
                })
                .start(0)) {
            HttpResponse<String> response = send(server, "GET", "/fails");
            assertEquals(500, response.statusCode());
            assertFalse(response.body().contains("WebServerTest"), response.body());
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void aPortInUseIsAnUncheckedIoException(IoPolicy policy) {
        try (WebServer first = builder(policy).start(0)) {
            assertThrows(UncheckedIOException.class, () -> builder(policy).start(first.port()));
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void stoppingLetsARequestFinishAndAcceptsNoOther(IoPolicy policy) throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        WebServer server = builder(policy)
                .get("/busy", (request, response) -> {
                    inside.countDown();
                    leave.await();
                    response.getWriter().print("finished");
                })
                .start(0);
        URI busy = server.uri().resolve("/busy");
        CompletableFuture<HttpResponse<String>> answer =
                client.sendAsync(HttpRequest.newBuilder(busy).build(), HttpResponse.BodyHandlers.ofString());
        assertTrue(inside.await(10, TimeUnit.SECONDS));
        AtomicReference<StopReport> report = new AtomicReference<>();
        Thread stopper = Thread.ofVirtual().start(() -> report.set(server.stop(Duration.ofSeconds(20))));
        await().until(() -> refuses(busy));
        leave.countDown();
        assertEquals("finished", answer.get(10, TimeUnit.SECONDS).body());
        assertTrue(stopper.join(Duration.ofSeconds(10)));
        assertTrue(report.get().inTime());
        assertEquals(0, report.get().cut());
        assertEquals(report.get(), server.stop(Duration.ZERO), "a second stop tells the same");
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void stoppingIsBoundedByTheGrace(IoPolicy policy) throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        WebServer server = builder(policy)
                .get("/stuck", (request, response) -> {
                    inside.countDown();
                    never.await();
                })
                .start(0);
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(
                HttpRequest.newBuilder(server.uri().resolve("/stuck")).build(), HttpResponse.BodyHandlers.ofString());
        assertTrue(inside.await(10, TimeUnit.SECONDS));
        StopReport report = server.stop(Duration.ofMillis(300));
        assertThrows(ExecutionException.class, () -> answer.get(10, TimeUnit.SECONDS), "the connection was cut");
        never.countDown();
        assertFalse(report.inTime());
        assertEquals(1, report.cut());
        assertTrue(report.took().compareTo(Duration.ofSeconds(10)) < 0, report::toString);
    }

    private static boolean refuses(URI uri) {
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            return !socket.isConnected();
        } catch (ConnectException refused) {
            return true;
        } catch (IOException other) {
            return false;
        }
    }

    @Test
    void thePolicyIsOneWord() {
        assertEquals(IoPolicy.SELECTOR, IoPolicy.parse(" Selector "));
        assertEquals(IoPolicy.BLOCKING, IoPolicy.from(null));
        assertEquals(IoPolicy.BLOCKING, IoPolicy.from(""));
        assertEquals(IoPolicy.SELECTOR, IoPolicy.from("selector"));
        assertThrows(IllegalArgumentException.class, () -> IoPolicy.parse("epoll"));
    }
}
