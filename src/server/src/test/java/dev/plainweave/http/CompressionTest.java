package dev.plainweave.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.io.TempDir;

class CompressionTest {
    private static final String GZIP = "Accept-Encoding: gzip";
    private static final String LONG = "plain weave ".repeat(500);

    @TempDir
    Path directory;

    private static HttpHandler says(String type, String text) {
        return (request, response) -> {
            response.setContentType(type);
            response.getWriter().print(text);
        };
    }

    private static String unpacked(Caller.Answer answer) throws IOException {
        assertEquals("gzip", answer.header("Content-Encoding"));
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @BothPolicies
    void longTextIsCompressedForWhoTakesIt(IoPolicy policy) throws Exception {
        try (WebServer server = Sites.on(policy)
                .get("/text", says("text/plain;charset=utf-8", LONG))
                .get("/json", (request, response) -> Json.write(response, LONG))
                .get("/short", says("text/plain", "short"))
                .get("/image", says("image/png", LONG))
                .post("/text", says("text/html;charset=utf-8", LONG))
                .start(0)) {
            Caller.Answer text = Caller.get(server, "/text", GZIP);
            assertEquals(LONG, unpacked(text));
            assertTrue(text.body().length < 500);
            assertEquals("Accept-Encoding", text.header("Vary"));
            assertEquals("\"" + LONG + "\"", unpacked(Caller.get(server, "/json", GZIP)));
            assertEquals(LONG, unpacked(Caller.call(server, "POST", "/text", GZIP, "Content-Length: 0")));
            for (String path : new String[] {"/short", "/image"}) {
                assertEquals("", Caller.get(server, path, GZIP).header("Content-Encoding"), path);
            }
            assertEquals(LONG, Caller.get(server, "/text").text());
            assertEquals(
                    LONG,
                    Caller.get(server, "/text", "Accept-Encoding: gzip;q=0").text());
            assertEquals(
                    LONG, Caller.get(server, "/text", "Accept-Encoding: br").text());
        }
    }

    @BothPolicies
    void filesAreCompressedButNotTheirRanges(IoPolicy policy) throws Exception {
        Files.writeString(directory.resolve("long.txt"), LONG);
        Files.writeString(directory.resolve("long.css.gz"), "packed before");
        Files.writeString(directory.resolve("long.css"), LONG);
        try (WebServer server = Sites.on(policy).files("/f", directory).start(0)) {
            Caller.Answer file = Caller.get(server, "/f/long.txt", GZIP);
            assertEquals(LONG, unpacked(file));
            assertEquals("Accept-Encoding", file.header("Vary"));
            assertEquals(
                    304,
                    Caller.get(server, "/f/long.txt", GZIP, "If-None-Match: " + file.header("ETag"))
                            .status());
            Caller.Answer range = Caller.get(server, "/f/long.txt", GZIP, "Range: bytes=0-2999");
            assertEquals(206, range.status());
            assertEquals("", range.header("Content-Encoding"));
            assertEquals(LONG.substring(0, 3000), range.text());
            assertEquals(
                    "packed before", Caller.get(server, "/f/long.css", GZIP).text());
        }
    }

    @BothPolicies
    void aHandlerThatFlushesIsHeardAtOnce(IoPolicy policy) throws Exception {
        try (WebServer server = Sites.on(policy)
                .get("/text", (request, response) -> {
                    response.setContentType("text/plain;charset=utf-8");
                    response.getWriter().print(LONG);
                    response.flushBuffer();
                    response.getWriter().print(LONG);
                })
                .start(0)) {
            assertEquals(LONG + LONG, unpacked(Caller.get(server, "/text", GZIP)));
        }
    }

    @BothPolicies
    void itCanBeTurnedOff(IoPolicy policy) throws Exception {
        try (WebServer server = Sites.on(policy)
                .get("/text", says("text/plain;charset=utf-8", LONG))
                .compression(false)
                .start(0)) {
            assertEquals(LONG, Caller.get(server, "/text", GZIP).text());
        }
    }

    @BothPolicies
    void aRequestsBodyIsNotUnpacked(IoPolicy policy) throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(LONG.getBytes(StandardCharsets.UTF_8));
        }
        try (WebServer server = Sites.on(policy)
                        .post(
                                "/in",
                                (request, response) -> response.getWriter()
                                        .print(request.getInputStream().readAllBytes().length))
                        .start(0);
                Caller caller = new Caller(server.port())) {
            caller.send("POST", "/in", "Content-Encoding: gzip", "Content-Length: " + packed.size());
            assertEquals(
                    String.valueOf(packed.size()),
                    caller.send(packed.toByteArray()).answer().text());
        }
    }
}
