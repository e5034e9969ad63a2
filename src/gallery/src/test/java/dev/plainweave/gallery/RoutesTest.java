package dev.plainweave.gallery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.gallery.site.Site;
import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(IoPolicy.class)
class RoutesTest {
    @Parameter
    IoPolicy io;

    private final HttpClient client = HttpClient.newHttpClient();
    private WebServer server;

    @BeforeEach
    void start() throws UsageException {
        server = TestGallery.start(io);
    }

    @AfterEach
    void stop() {
        client.shutdownNow();
        server.close();
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.uri().resolve(path)).timeout(Duration.ofSeconds(10));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void health() throws Exception {
        HttpResponse<String> response = get("/health");
        assertEquals(200, response.statusCode());
        assertEquals("{\"status\":\"up\"}", response.body());
        assertTrue(get("/metrics").body().contains("plainweave_connections_open "));
    }

    @Test
    void thePageAndItsFilesComeUnderThePolicy() throws Exception {
        for (String path : List.of(
                "/",
                "/chat",
                "/board",
                "/storm",
                "/sleep",
                "/source/storm/Storm.java",
                "/site.css",
                "/chat.js",
                "/favicon.svg",
                "/favicon.ico",
                "/weave.svg")) {
            HttpResponse<String> response = get(path);
            assertEquals(200, response.statusCode(), path);
            assertEquals(List.of(Site.POLICY), response.headers().allValues("Content-Security-Policy"), path);
            assertEquals(List.of("nosniff"), response.headers().allValues("X-Content-Type-Options"), path);
            String tag = response.headers().firstValue("ETag").orElseThrow();
            assertEquals(304, get(path, "If-None-Match", tag).statusCode(), path);
        }
        assertTrue(get("/").headers().firstValue("Content-Type").orElse("").startsWith("text/html"));
    }

    @Test
    void everyPageNamesThePolicyAndLinksWhatExists() throws Exception {
        Pattern link = Pattern.compile("(?:href|src)=\"(/[^\"#?]*)\"");
        for (String path : List.of("/", "/chat", "/board", "/storm", "/sleep", "/source/Slow.java")) {
            String page = get(path).body();
            String policy = io.name().toLowerCase(Locale.ROOT);
            assertTrue(page.contains("<b>" + policy + "</b> IO"), path);
            assertFalse(page.contains("{{"), path);
            for (MatchResult found : link.matcher(page).results().toList()) {
                assertEquals(200, get(found.group(1)).statusCode(), () -> path + " links " + found.group(1));
            }
        }
    }

    @Test
    void theSourceOfAHandlerIsShownAsItIs() throws Exception {
        String page = get("/source/Slow.java").body();
        assertTrue(page.contains("Thread.sleep(millis);"), page);
        assertTrue(page.contains("&lt;") || !page.contains("List<"), page);
        assertEquals(404, get("/source/Gallery.class").statusCode());
        assertEquals(404, get("/source/site/Site.java").statusCode());
    }

    @Test
    void slowSleepsAndAnswers() throws Exception {
        long before = System.nanoTime();
        HttpResponse<String> response = get("/slow?ms=150");
        assertTrue(System.nanoTime() - before >= Duration.ofMillis(150).toNanos());
        assertEquals(200, response.statusCode());
        assertEquals("slept 150 ms\n", response.body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/slow", "/slow?ms=", "/slow?ms=-1", "/slow?ms=60001", "/slow?ms=1.5", "/slow?ms=99999999999"})
    void slowSaysWhatIsWrong(String path) throws Exception {
        HttpResponse<String> response = get(path);
        assertEquals(400, response.statusCode());
        assertEquals("ms must be a whole number from 0 to 60000, as in /slow?ms=250\n", response.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/echo", "/jakarta/echo"})
    void echoes(String path) throws Exception {
        try (TestSocket socket = TestSocket.open(client, TestGallery.socket(server, path))) {
            socket.send("Grüße, 織");
            assertEquals("Grüße, 織", socket.receive());
            socket.send(new byte[] {0, 1, -1});
            assertArrayEquals(new byte[] {0, 1, -1}, socket.receiveBinary());
            String large = "x".repeat(200_000);
            socket.send(large);
            assertEquals(large, socket.receive());
            socket.close(1000);
            assertEquals(1000, socket.closeCode());
        }
    }

    @Test
    void unknownPathsAreNotFound() throws Exception {
        assertEquals(404, get("/nowhere").statusCode());
    }
}
