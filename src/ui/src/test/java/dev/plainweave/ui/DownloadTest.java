package dev.plainweave.ui;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser is given to keep. */
class DownloadTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();

    private interface Story {
        void tell(RawPage page) throws Exception;
    }

    private void with(IoPolicy io, PageLimits limits, PageFunction function, Story story) throws Exception {
        try (WebServer server = Sites.on(io)
                        .pages(limits)
                        .onPageFailure((page, error, failure) -> failures.add(failure))
                        .page("/", function)
                        .start(0);
                RawPage page = new RawPage(server)) {
            page.connect();
            page.hello(1, 0);
            story.tell(page);
        }
    }

    private static List<String> urls(RawPage page) {
        List<String> urls = new CopyOnWriteArrayList<>();
        for (JsonNode frame : page.frames()) {
            for (JsonNode command : frame.path("commands")) {
                if (command.get(1).asText().equals("download")) {
                    urls.add(command.get(2).asText());
                }
            }
        }
        return urls;
    }

    private static URI address(RawPage page, int number) {
        await().until(() -> urls(page).size() > number);
        return page.site.resolve(urls(page).get(number));
    }

    private HttpResponse<byte[]> fetch(URI address, String cookie) throws Exception {
        return client.send(
                HttpRequest.newBuilder(address).header("Cookie", cookie).build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void whatIsOfferedIsFetchedOnceByItsVisitor(IoPolicy io, @TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("in a file.txt"), "from a file");
        byte[] large = "0123456789abcdef".repeat(200_000).getBytes(StandardCharsets.US_ASCII);
        with(
                io,
                PageLimits.DEFAULT,
                page -> {
                    page.download("a b.csv", "text/csv; charset=utf-8", Content.of("one;two"));
                    page.download("large.bin", "application/octet-stream", out -> out.write(large));
                    page.download(file);
                },
                page -> {
                    URI address = address(page, 0);
                    assertEquals(
                            404,
                            fetch(address, "plainweave=AAAAAAAAAAAAAAAAAAAAAA").statusCode());
                    HttpResponse<Void> head = client.send(
                            HttpRequest.newBuilder(address)
                                    .header("Cookie", page.cookie)
                                    .HEAD()
                                    .build(),
                            HttpResponse.BodyHandlers.discarding());
                    assertEquals(200, head.statusCode(), "HEAD takes nothing away");
                    HttpResponse<byte[]> first = fetch(address, page.cookie);
                    assertEquals("one;two", new String(first.body(), StandardCharsets.UTF_8));
                    assertEquals("7", Visitor.header(first, "content-length").orElse(""));
                    assertEquals(
                            "attachment; filename=\"a b.csv\"",
                            Visitor.header(first, "content-disposition").orElse(""));
                    assertEquals(
                            "text/csv;charset=utf-8",
                            Visitor.header(first, "content-type").orElse("").replace(" ", ""));
                    assertEquals(
                            "nosniff",
                            Visitor.header(first, "x-content-type-options").orElse(""));
                    assertTrue(Visitor.header(first, "cache-control").orElse("").contains("no-store"));
                    assertEquals(404, fetch(address, page.cookie).statusCode(), "once");
                    HttpResponse<byte[]> second = fetch(address(page, 1), page.cookie);
                    assertArrayEquals(large, second.body());
                    assertTrue(Visitor.header(second, "content-length").isEmpty(), "its length was not known");
                    HttpResponse<byte[]> third = fetch(address(page, 2), page.cookie);
                    assertEquals("from a file", new String(third.body(), StandardCharsets.UTF_8));
                    assertEquals("11", Visitor.header(third, "content-length").orElse(""));
                });
        assertEquals(List.of(), failures);
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void aClientThatResetsMeanwhileIsAnOrdinaryEnd(IoPolicy io) throws Exception {
        AtomicReference<Throwable> met = new AtomicReference<>();
        CountDownLatch over = new CountDownLatch(1);
        Content endless = out -> {
            try {
                byte[] block = new byte[8192];
                while (true) {
                    out.write(block);
                }
            } catch (IOException gone) {
                met.set(gone);
                throw new IllegalStateException("wrapped, as some libraries do", gone);
            } finally {
                over.countDown();
            }
        };
        with(
                io,
                PageLimits.DEFAULT,
                page -> page.download("endless.bin", "application/octet-stream", endless),
                page -> {
                    URI address = address(page, 0);
                    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
                        socket.setSoLinger(true, 0);
                        socket.getOutputStream()
                                .write(("GET " + address.getPath() + " HTTP/1.1\r\nHost: " + address.getAuthority()
                                                + "\r\nCookie: " + page.cookie + "\r\n\r\n")
                                        .getBytes(StandardCharsets.US_ASCII));
                        assertEquals('H', socket.getInputStream().read());
                    }
                    over.await();
                    assertTrue(met.get() instanceof IOException, String.valueOf(met.get()));
                    page.event(1, 1, 1, "nothing", "{}");
                });
        assertEquals(List.of(), failures, "nobody's failure");
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void contentThatFailsIsNoWholeFile(IoPolicy io) throws Exception {
        with(
                io,
                PageLimits.DEFAULT,
                page -> {
                    page.download("early.txt", "text/plain", out -> {
                        throw new IllegalStateException("before anything");
                    });
                    page.download("late.txt", "text/plain", out -> {
                        out.write(new byte[1 << 20]);
                        throw new IllegalStateException("in the midst");
                    });
                    Content little = out -> out.write(1);
                    page.download("short.txt", "text/plain", little.length(1 << 20));
                },
                page -> {
                    assertEquals(500, fetch(address(page, 0), page.cookie).statusCode());
                    assertThrows(IOException.class, () -> fetch(address(page, 1), page.cookie));
                    HttpResponse<byte[]> third = fetch(address(page, 2), page.cookie);
                    assertEquals(500, third.statusCode(), "nothing had gone yet");
                    await().untilAsserted(() -> assertEquals(3, failures.size()));
                    await().until(() -> page.messages().toString().split("Something went wrong", -1).length == 4);
                });
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void whatNobodyFetchesGoes(IoPolicy io) throws Exception {
        with(
                io,
                PageLimits.DEFAULT.downloadWait(Duration.ofMillis(100)),
                page -> page.download("a.txt", "text/plain", Content.of("a")),
                page -> {
                    URI address = address(page, 0);
                    await().until(() -> fetch(address, page.cookie).statusCode() == 404);
                });
    }

    @Test
    void thePageTakesItsDownloadsWithIt() {
        try (Pages pages = new Pages(PageLimits.DEFAULT.downloads(2), (page, error, failure) -> {})) {
            LivePage page = pages.open(
                    new PageRequest(
                            "/", java.util.Map.of(), java.util.Map.of(), java.util.Optional.empty(), "127.0.0.1"),
                    "visitor");
            page.download("a", "text/plain", Content.of("a"));
            page.download("b", "text/plain", Content.of("b"));
            IllegalStateException full =
                    assertThrows(IllegalStateException.class, () -> page.download("c", "text/plain", Content.of("c")));
            assertTrue(String.valueOf(full.getMessage()).contains("2"), full.getMessage());
            assertEquals(2, pages.downloads().waiting());
            page.end(PageEnd.LEFT);
            assertEquals(0, pages.downloads().waiting());
            page.download("d", "text/plain", Content.of("d"));
            assertEquals(0, pages.downloads().waiting());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        report.pdf          | attachment; filename="report.pdf"
        über uns.txt        | attachment; filename="_ber uns.txt"; filename*=UTF-8''%C3%BCber%20uns.txt
        文件.csv             | attachment; filename="__.csv"; filename*=UTF-8''%E6%96%87%E4%BB%B6.csv
        a"b\\c%20.txt        | attachment; filename="c_20.txt"; filename*=UTF-8''c%2520.txt
        ../../etc/passwd    | attachment; filename="passwd"
        C:\\Users\\me\\x.txt   | attachment; filename="x.txt"
        😀.txt              | attachment; filename="_.txt"; filename*=UTF-8''%F0%9F%98%80.txt
        it's (1)*.txt       | attachment; filename="it's (1)*.txt"
        """)
    void namesAreOfAnyScriptAndNoPath(String name, String field) {
        assertEquals(field, Disposition.of(name));
    }

    @Test
    void aNameSetsNoHeaderAndHidesNoEnding() {
        assertEquals("attachment; filename=\"photogpj.exe\"", Disposition.of("photo\u202egpj.exe"));
        assertTrue(Disposition.base("x".repeat(5000) + ".pdf").endsWith("x.pdf"));
        assertFalse(Disposition.base("x".repeat(5000) + ".pdf").length() > 200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "/", "a/", "..", ".", "\u0000"})
    void whatIsNoNameIsRefused(String name) {
        assertThrows(IllegalArgumentException.class, () -> Disposition.of(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text", "text/", "text/html\r\nX: y", "text/html; x", "a b/c", "text/csv;;"})
    void whatIsNoMediaTypeIsRefused(String type) {
        assertThrows(IllegalArgumentException.class, () -> Disposition.mediaType(type));
    }
}
