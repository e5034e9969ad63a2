package dev.plainweave.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesTest {
    private static final String DIGITS = "0123456789";
    private static final String SECRET = "top secret";

    @TempDir
    Path temp;

    private Path root;

    @BeforeEach
    void layOut() throws IOException {
        root = Files.createDirectory(temp.resolve("root"));
        Files.writeString(root.resolve("digits.txt"), DIGITS);
        Files.writeString(root.resolve("index.html"), "<!doctype html><title>home</title>");
        Files.createDirectory(root.resolve("sub"));
        Files.writeString(root.resolve("sub/index.html"), "<!doctype html><title>sub</title>");
        Files.createDirectory(root.resolve("empty"));
        Files.writeString(root.resolve("empty/file.txt"), "x");
        Files.writeString(root.resolve("app.3f9a1c07.js"), "let a = 1;");
        Files.writeString(root.resolve("report.20240101.js"), "let b = 1;");
        Files.writeString(root.resolve("big.js"), "let c = 1;");
        Files.writeString(root.resolve("big.js.gz"), "gz bytes");
        Files.writeString(root.resolve("big.js.br"), "br bytes");
        Files.writeString(root.resolve("naïve file.txt"), "spaced");
        Files.writeString(root.resolve("blob"), "?");
        Files.writeString(root.resolve(".env"), SECRET);
        Files.createDirectory(root.resolve(".git"));
        Files.writeString(root.resolve(".git/config"), SECRET);
        Files.createDirectory(root.resolve(".well-known"));
        Files.writeString(root.resolve(".well-known/security.txt"), "Contact: us");
        Files.writeString(temp.resolve("outside.txt"), SECRET);
        Files.createSymbolicLink(root.resolve("way-out.txt"), temp.resolve("outside.txt"));
        Files.createSymbolicLink(root.resolve("up"), temp);
        Files.createSymbolicLink(root.resolve("inside.txt"), root.resolve("digits.txt"));
    }

    private WebServer serve(IoPolicy policy) {
        return Sites.on(policy).files("/assets", root).start(0);
    }

    @BothPolicies
    void aFileComesWithItsTypeAndValidators(IoPolicy policy) throws Exception {
        try (WebServer server = serve(policy)) {
            Caller.Answer file = Caller.get(server, "/assets/digits.txt");
            assertEquals(200, file.status());
            assertEquals(DIGITS, file.text());
            assertEquals("text/plain;charset=utf-8", file.header("Content-Type"));
            assertEquals("10", file.header("Content-Length"));
            assertEquals("nosniff", file.header("X-Content-Type-Options"));
            assertEquals("no-cache", file.header("Cache-Control"));
            assertEquals("bytes", file.header("Accept-Ranges"));
            assertTrue(file.header("ETag").startsWith("W/\""), file.header("ETag"));
            assertFalse(file.header("Last-Modified").isEmpty());
            Caller.Answer head = Caller.call(server, "HEAD", "/assets/digits.txt");
            assertEquals(200, head.status());
            assertEquals("10", head.header("Content-Length"));
            assertEquals(file.header("ETag"), head.header("ETag"));
            assertEquals("text/javascript;charset=utf-8", type(server, "/assets/big.js"));
            assertEquals("application/octet-stream", type(server, "/assets/blob"));
            assertEquals(
                    "spaced",
                    Caller.get(server, "/assets/na%C3%AFve%20file.txt").text());
            assertEquals(405, Caller.call(server, "POST", "/assets/digits.txt").status());
        }
    }

    private static String type(WebServer server, String target) throws IOException {
        return Caller.get(server, target).header("Content-Type");
    }

    @BothPolicies
    void whatTheClientHasIsNotSentAgain(IoPolicy policy) throws Exception {
        try (WebServer server = serve(policy)) {
            Caller.Answer file = Caller.get(server, "/assets/digits.txt");
            String tag = file.header("ETag");
            String modified = file.header("Last-Modified");
            Caller.Answer same = Caller.get(server, "/assets/digits.txt", "If-None-Match: \"other\", " + tag);
            assertEquals(304, same.status());
            assertEquals(tag, same.header("ETag"));
            assertEquals("no-cache", same.header("Cache-Control"));
            assertEquals(
                    304,
                    Caller.get(server, "/assets/digits.txt", "If-Modified-Since: " + modified)
                            .status());
            assertEquals(
                    200,
                    Caller.get(
                                    server,
                                    "/assets/digits.txt",
                                    "If-None-Match: \"other\"",
                                    "If-Modified-Since: " + modified)
                            .status());
            assertEquals(
                    412,
                    Caller.get(server, "/assets/digits.txt", "If-Match: \"other\"")
                            .status());
            assertEquals(
                    412,
                    Caller.get(server, "/assets/digits.txt", "If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT")
                            .status());
            Files.writeString(root.resolve("digits.txt"), "changed");
            assertEquals(
                    "changed",
                    Caller.get(server, "/assets/digits.txt", "If-None-Match: " + tag)
                            .text());
        }
    }

    @BothPolicies
    void rangesAreServed(IoPolicy policy) throws Exception {
        try (WebServer server = serve(policy)) {
            Caller.Answer part = Caller.get(server, "/assets/digits.txt", "Range: bytes=2-4");
            assertEquals(206, part.status());
            assertEquals("234", part.text());
            assertEquals("bytes 2-4/10", part.header("Content-Range"));
            assertEquals(
                    "89",
                    Caller.get(server, "/assets/digits.txt", "Range: bytes=-2").text());
            assertEquals(
                    "789",
                    Caller.get(server, "/assets/digits.txt", "Range: bytes=7-").text());
            Caller.Answer parts = Caller.get(server, "/assets/digits.txt", "Range: bytes=0-1,5-6");
            assertEquals(206, parts.status());
            assertTrue(parts.header("Content-Type").startsWith("multipart/byteranges"), parts.header("Content-Type"));
            assertTrue(parts.text().contains("bytes 0-1/10") && parts.text().contains("bytes 5-6/10"), parts.text());
            Caller.Answer beyond = Caller.get(server, "/assets/digits.txt", "Range: bytes=10-");
            assertEquals(416, beyond.status());
            assertEquals("bytes */10", beyond.header("Content-Range"));
        }
    }

    @BothPolicies
    void aRangeOfWhatHasChangedMeanwhileIsTheWhole(IoPolicy policy) throws Exception {
        try (WebServer server = serve(policy)) {
            String modified = Caller.get(server, "/assets/digits.txt").header("Last-Modified");
            assertEquals(
                    206,
                    Caller.get(server, "/assets/digits.txt", "Range: bytes=2-4", "If-Range: " + modified)
                            .status());
            for (String other : new String[] {"Thu, 01 Jan 1970 00:00:00 GMT", "\"tag\"", "garbage"}) {
                Caller.Answer whole =
                        Caller.get(server, "/assets/digits.txt", "Range: bytes=2-4", "If-Range: " + other);
                assertEquals(200, whole.status(), other);
                assertEquals(DIGITS, whole.text());
            }
        }
    }

    @BothPolicies
    void aDirectoryIsItsIndexAndNeverAListing(IoPolicy policy) throws Exception {
        try (WebServer server = serve(policy)) {
            Caller.Answer index = Caller.get(server, "/assets/");
            assertEquals("text/html;charset=utf-8", index.header("Content-Type"));
            assertTrue(index.text().contains("home"), index.text());
            assertTrue(Caller.get(server, "/assets/sub/").text().contains("sub"));
            Caller.Answer redirect = Caller.get(server, "/assets/sub");
            assertEquals(302, redirect.status());
            assertEquals("/assets/sub/", redirect.header("Location").replaceFirst("^http://[^/]*", ""));
            Caller.Answer refused = Caller.get(server, "/assets/empty/");
            assertEquals(403, refused.status());
            assertFalse(refused.text().contains("file.txt"), refused.text());
        }
    }

    @BothPolicies
    void filesCompressedBeforehandAreTaken(IoPolicy policy) throws Exception {
        try (WebServer server = serve(policy)) {
            Caller.Answer brotli = Caller.get(server, "/assets/big.js", "Accept-Encoding: gzip, br");
            assertEquals("br bytes", brotli.text());
            assertEquals("br", brotli.header("Content-Encoding"));
            assertEquals("text/javascript;charset=utf-8", brotli.header("Content-Type"));
            Caller.Answer gzip = Caller.get(server, "/assets/big.js", "Accept-Encoding: gzip");
            assertEquals("gz bytes", gzip.text());
            assertEquals("gzip", gzip.header("Content-Encoding"));
            Caller.Answer plain = Caller.get(server, "/assets/big.js");
            assertEquals("let c = 1;", plain.text());
            for (Caller.Answer answer : new Caller.Answer[] {brotli, gzip, plain}) {
                assertTrue(answer.header("Vary").contains("Accept-Encoding"), answer.headers()::toString);
            }
            assertEquals(
                    304,
                    Caller.get(
                                    server,
                                    "/assets/big.js",
                                    "Accept-Encoding: br",
                                    "If-None-Match: " + brotli.header("ETag"))
                            .status());
        }
    }

    @BothPolicies
    void aFingerprintedNameIsKeptForAYear(IoPolicy policy) throws Exception {
        try (WebServer server = serve(policy)) {
            assertEquals(
                    CachePolicy.IMMUTABLE,
                    Caller.get(server, "/assets/app.3f9a1c07.js").header("Cache-Control"));
            assertEquals(
                    CachePolicy.ASK,
                    Caller.get(server, "/assets/report.20240101.js").header("Cache-Control"));
            assertEquals(
                    "no-store", Caller.get(server, "/assets/gone.3f9a1c07.js").header("Cache-Control"));
        }
    }

    @BothPolicies
    void nothingHiddenAndNothingOutsideIsServed(IoPolicy policy) throws Exception {
        try (WebServer server = serve(policy)) {
            for (String target : new String[] {
                "/assets/.env",
                "/assets/%2eenv",
                "/assets/.git/config",
                "/assets/sub/../.env",
                "/assets/../outside.txt",
                "/assets/%2e%2e/outside.txt",
                "/assets/%2E%2E%2Foutside.txt",
                "/assets/..%2foutside.txt",
                "/assets/..%5coutside.txt",
                "/assets/..\\outside.txt",
                "/assets/sub/%2e%2e/%2e%2e/outside.txt",
                "/assets/..;/outside.txt",
                "/assets/%252e%252e/outside.txt",
                "/assets/%c0%ae%c0%ae/outside.txt",
                "/assets//etc/passwd",
                "/assets/digits.txt%00",
                "/assets/digits.txt::$DATA",
                "/assets/way-out.txt",
                "/assets/up/outside.txt",
                "/assets/up/root/digits.txt/../../outside.txt",
                "/assets%2f..%2foutside.txt"
            }) {
                Caller.Answer refused = Caller.get(server, target);
                assertTrue(refused.status() == 404 || refused.status() == 400, target + " " + refused.status());
                assertFalse(refused.text().contains(SECRET), target);
            }
            assertEquals(
                    "Contact: us",
                    Caller.get(server, "/assets/.well-known/security.txt").text());
            assertEquals(DIGITS, Caller.get(server, "/assets/inside.txt").text(), "a link within is a file");
            assertEquals(DIGITS, Caller.get(server, "/assets/sub/../digits.txt").text());
        }
    }

    @BothPolicies
    void routesAndFilesShareTheRoot(IoPolicy policy) throws Exception {
        try (WebServer server = Sites.on(policy)
                .files("/", root)
                .get("/api", (request, response) -> response.getWriter().print("route"))
                .get("/digits.txt", (request, response) -> response.getWriter().print("route"))
                .start(0)) {
            assertTrue(Caller.get(server, "/").text().contains("home"));
            assertEquals("route", Caller.get(server, "/api").text());
            assertEquals("route", Caller.get(server, "/digits.txt").text(), "the more specific");
            assertEquals("let a = 1;", Caller.get(server, "/app.3f9a1c07.js").text());
            assertEquals(404, Caller.get(server, "/nothing").status());
        }
    }

    @BothPolicies
    void theClassPathHasFilesAndWebJars(IoPolicy policy) throws Exception {
        try (WebServer server =
                Sites.on(policy).files("/site", "site").webjars().start(0)) {
            Caller.Answer css = Caller.get(server, "/site/site.css");
            assertEquals("text/css;charset=utf-8", css.header("Content-Type"));
            assertFalse(css.header("ETag").isEmpty());
            assertEquals(
                    304,
                    Caller.get(server, "/site/site.css", "If-None-Match: " + css.header("ETag"))
                            .status());
            assertTrue(Caller.get(server, "/site/deep/").text().contains("deep"));
            Caller.Answer jar = Caller.get(server, "/webjars/demo/1.2.3/demo.js");
            assertEquals(CachePolicy.IMMUTABLE, jar.header("Cache-Control"));
            assertEquals("export const demo = 1;\n", jar.text());
            assertEquals(404, Caller.get(server, "/site/../tls/rsa.key").status());
        }
    }

    @BothPolicies
    void whatIsInSeveralJarsIsServedAsOne(IoPolicy policy) throws Exception {
        URL[] jars = {jar("a.jar", "one/1.0.0/a.js", "let a;"), jar("b.jar", "two/2.0.0/b.js", "let b;")};
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(jars, null)) {
            thread.setContextClassLoader(loader);
            WebServer.Builder builder = Sites.on(policy).webjars();
            thread.setContextClassLoader(before);
            try (WebServer server = builder.start(0)) {
                Caller.Answer one = Caller.get(server, "/webjars/one/1.0.0/a.js");
                assertEquals("let a;", one.text());
                assertEquals(CachePolicy.IMMUTABLE, one.header("Cache-Control"));
                assertEquals(
                        304,
                        Caller.get(server, "/webjars/one/1.0.0/a.js", "If-None-Match: " + one.header("ETag"))
                                .status());
                assertEquals(
                        "let b;", Caller.get(server, "/webjars/two/2.0.0/b.js").text());
                assertEquals(
                        "et",
                        Caller.get(server, "/webjars/two/2.0.0/b.js", "Range: bytes=1-2")
                                .text());
                for (String target : new String[] {"/webjars/", "/webjars/one/", "/webjars/one/../../../MANIFEST.MF"}) {
                    int status = Caller.get(server, target).status();
                    assertTrue(status >= 400, target + " " + status);
                }
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private URL jar(String name, String entry, String content) throws IOException {
        Path file = temp.resolve(name);
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
            String directory = "META-INF/resources/webjars/";
            jar.putNextEntry(new JarEntry("META-INF/MANIFEST.MF"));
            jar.putNextEntry(new JarEntry(directory));
            jar.putNextEntry(new JarEntry(directory + entry));
            jar.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return file.toUri().toURL();
    }

    @BothPolicies
    void aLargeFileArrivesWhole(IoPolicy policy) throws Exception {
        byte[] large = new byte[5 << 20];
        for (int i = 0; i < large.length; i++) {
            large[i] = (byte) ((i * 31) >> 7);
        }
        Files.write(root.resolve("large.bin"), large);
        try (WebServer server = serve(policy)) {
            assertArrayEquals(large, Caller.get(server, "/assets/large.bin").body());
            byte[] middle = Caller.get(server, "/assets/large.bin", "Range: bytes=1000000-4000000")
                    .body();
            assertArrayEquals(Arrays.copyOfRange(large, 1_000_000, 4_000_001), middle);
        }
    }

    @Test
    void whatIsNotThereIsSaidAtOnce() {
        WebServer.Builder builder = Sites.on(IoPolicy.BLOCKING);
        assertThrows(IllegalArgumentException.class, () -> builder.files("/a", temp.resolve("missing")));
        assertThrows(IllegalArgumentException.class, () -> builder.files("/a", temp.resolve("outside.txt")));
        assertThrows(IllegalArgumentException.class, () -> builder.files("/a", "no/such/directory"));
        assertThrows(IllegalArgumentException.class, () -> builder.files("/a", ""));
        assertThrows(IllegalArgumentException.class, () -> builder.files("/a/*", root));
    }
}
