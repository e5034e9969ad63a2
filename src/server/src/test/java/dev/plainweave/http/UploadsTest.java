package dev.plainweave.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock(value = LogLines.RESOURCE, mode = ResourceAccessMode.READ_WRITE)
class UploadsTest {
    private static final String TYPE = "multipart/form-data; boundary=XX";

    @TempDir
    Path directory;

    private static String part(String disposition, String content) {
        return "--XX\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + content + "\r\n";
    }

    private static String form(String... parts) {
        return String.join("", parts) + "--XX--\r\n";
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> list = Files.list(directory)) {
            return list.toList();
        }
    }

    private WebServer serve(IoPolicy policy, HttpHandler handler) {
        return Sites.on(policy)
                .uploads(new Uploads(20_000, 10_000, 3, 1000, directory))
                .post("/up", handler)
                .start(0);
    }

    private static void list(HttpServletRequest request, HttpServletResponse response) throws Exception {
        response.getWriter()
                .print(request.getParts().stream()
                        .map(part -> part.getName() + ":" + part.getSubmittedFileName() + ":" + part.getSize())
                        .collect(Collectors.joining(",")));
    }

    @BothPolicies
    void partsAndFieldsAreRead(IoPolicy policy) throws Exception {
        try (WebServer server = serve(policy, (request, response) -> {
            Part file = request.getPart("file");
            response.getWriter()
                    .print(request.getParameter("title") + " " + file.getSubmittedFileName() + " "
                            + new String(file.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                            + " " + request.getPart("none"));
        })) {
            String body = form(part("name=\"title\"", "a title"), part("name=\"file\"; filename=\"a.txt\"", "content"));
            assertEquals(
                    "a title a.txt content null",
                    Caller.post(server, "/up", TYPE, body).text());
        }
    }

    @BothPolicies
    void parametersAloneAreReadToo(IoPolicy policy) throws Exception {
        try (WebServer server = serve(
                policy,
                (request, response) -> response.getWriter()
                        .print(Collections.list(request.getParameterNames()).size() + request.getParameter("title")))) {
            String body = form(part("name=\"title\"", "x"));
            assertEquals("1x", Caller.post(server, "/up", TYPE, body).text());
            assertEquals(
                    "1y",
                    Caller.post(server, "/up", "application/x-www-form-urlencoded", "title=y")
                            .text());
        }
    }

    @BothPolicies
    void aLargePartIsOnDiskWhileItIsNeededAndNoLonger(IoPolicy policy) throws Exception {
        CompletableFuture<List<Path>> during = new CompletableFuture<>();
        try (WebServer server = serve(policy, (request, response) -> {
            Part file = request.getPart("file");
            during.complete(files());
            response.getWriter().print(file.getSize());
        })) {
            String body = form(part("name=\"file\"; filename=\"a\"", "x".repeat(5000)));
            assertEquals("5000", Caller.post(server, "/up", TYPE, body).text());
            assertEquals(1, during.get(10, TimeUnit.SECONDS).size());
            await().until(() -> files().isEmpty());
            String small = form(part("name=\"file\"; filename=\"a\"", "x".repeat(500)));
            assertEquals("500", Caller.post(server, "/up", TYPE, small).text());
        }
    }

    @BothPolicies
    void whatIsBeyondALimitIsA413AndLeavesNothing(IoPolicy policy) throws Exception {
        try (LogLines log = new LogLines();
                WebServer server = serve(policy, UploadsTest::list)) {
            String file = "; filename=\"f\"";
            String[] tooMuch = {
                form(part("name=\"a\"" + file, "x".repeat(10_001))),
                form(
                        part("name=\"a\"" + file, "x".repeat(9_000)),
                        part("name=\"b\"" + file, "x".repeat(9_999)),
                        part("name=\"c\"" + file, "x".repeat(9_000))),
                form(part("name=\"a\"", "1"), part("name=\"b\"", "2"), part("name=\"c\"", "3"), part("name=\"d\"", "4"))
            };
            for (String body : tooMuch) {
                assertEquals(413, Caller.post(server, "/up", TYPE, body).status());
                try (Caller caller = new Caller(server.port())) {
                    caller.send("POST", "/up", "Content-Type: " + TYPE, "Transfer-Encoding: chunked");
                    caller.send(Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n");
                    assertEquals(413, caller.answer().status());
                }
            }
            await().until(() -> files().isEmpty());
            String body = form(part("name=\"a\"" + file, "x".repeat(10_000)));
            assertEquals("a:f:10000", Caller.post(server, "/up", TYPE, body).text());
            assertEquals(List.of(), log.lines());
        }
    }

    @BothPolicies
    void aMalformedBodyIsA400(IoPolicy policy) throws Exception {
        try (LogLines log = new LogLines();
                WebServer server = serve(policy, UploadsTest::list)) {
            assertEquals(
                    400, Caller.post(server, "/up", "multipart/form-data", "x").status());
            assertEquals(
                    400,
                    Caller.post(server, "/up", TYPE, "--XX\r\n: x\r\n\r\n\r\n--XX--")
                            .status());
            assertEquals(
                    400,
                    Caller.post(server, "/up", TYPE, part("name=\"a\"", "no end"))
                            .status());
            assertEquals(List.of(), log.lines());
        }
    }

    @BothPolicies
    void aClientThatVanishesInTheMiddleLeavesNothing(IoPolicy policy) throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        try (LogLines log = new LogLines();
                WebServer server = serve(policy, (request, response) -> {
                    try {
                        list(request, response);
                    } finally {
                        done.countDown();
                    }
                })) {
            try (Caller caller = new Caller(server.port())) {
                caller.send("POST", "/up", "Content-Type: " + TYPE, "Content-Length: 9000");
                caller.send("--XX\r\nContent-Disposition: form-data; name=\"a\"; filename=\"f\"\r\n\r\n"
                        + "x".repeat(5000));
                await().until(() -> !files().isEmpty());
                caller.reset();
            }
            assertTrue(done.await(15, TimeUnit.SECONDS));
            await().until(() -> files().isEmpty() && server.stats().connections() == 0);
            assertEquals(List.of(), log.lines());
        }
    }

    @Test
    void limitsArePositive() {
        assertThrows(IllegalArgumentException.class, () -> new Uploads(0, 1, 1, 1, directory));
        assertThrows(IllegalArgumentException.class, () -> Uploads.ofBytes(-1));
        assertEquals(5, Uploads.ofBytes(5).maxPartBytes());
    }
}
