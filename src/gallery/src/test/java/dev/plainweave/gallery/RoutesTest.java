package dev.plainweave.gallery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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

    /** All that is linked from the pages, and from what those link. */
    private Set<String> linked(String... beginnings) throws Exception {
        Pattern link = Pattern.compile("(?:href|src)=\"(/[^\"#?]*)\"");
        Set<String> found = new LinkedHashSet<>(List.of(beginnings));
        Deque<String> open = new ArrayDeque<>(found);
        while (!open.isEmpty()) {
            String path = open.remove();
            HttpResponse<String> response = get(path);
            assertEquals(200, response.statusCode(), path);
            if (response.headers().firstValue("Content-Type").orElse("").startsWith("text/html")) {
                assertPage(path, response);
                link.matcher(response.body()).results().map(one -> one.group(1)).forEach(next -> {
                    if (found.add(next)) {
                        open.add(next);
                    }
                });
            }
        }
        return found;
    }

    private void assertPage(String path, HttpResponse<String> response) {
        String policy = response.headers().firstValue("Content-Security-Policy").orElse("");
        assertTrue(policy.contains("default-src 'none'") && !policy.contains("unsafe"), path);
        assertEquals(List.of("nosniff"), response.headers().allValues("X-Content-Type-Options"), path);
        String io = this.io.name().toLowerCase(Locale.ROOT);
        assertTrue(response.body().replaceAll(" id=\"w\\d+\"", "").contains("<b>" + io + " IO</b>"), path);
        assertTrue(response.body().contains("· Plainweave</title>"), path);
    }

    @Test
    void everyPageComesUnderThePolicyAndLinksWhatExists() throws Exception {
        Set<String> all = linked("/");
        for (String path : List.of("/elements", "/wizard", "/dashboard", "/chat", "/board", "/storm", "/sleep")) {
            assertTrue(all.contains(path), () -> path + " is not among " + all);
        }
        assertTrue(all.stream().filter(path -> path.startsWith("/elements/")).count() >= 30, all::toString);
        assertTrue(all.stream().filter(path -> path.startsWith("/source/")).count() >= 15, all::toString);
        for (String path : all) {
            if (path.startsWith("/_plainweave/")) {
                String caching = get(path).headers().firstValue("Cache-Control").orElse("");
                assertTrue(caching.contains("immutable"), () -> path + ": " + caching);
            }
        }
    }

    @Test
    void theSourceOfAHandlerIsShownAsItIs() throws Exception {
        String page = get("/source/Slow.java").body().replaceAll("</?span[^>]*>", "");
        assertTrue(page.contains(".sleep(millis);"), page);
        assertTrue(page.contains("package dev.plainweave.gallery;"), page);
        for (String path : List.of("Gallery.class", "site/Nowhere.java", "site/a/Code.java", "site/")) {
            assertEquals(404, get("/source/" + path).statusCode(), path);
        }
        assertEquals(404, get("/elements/nothing").statusCode());
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
