package dev.plainweave.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class ConfigTest {
    @TempDir
    private Path folder;

    private Path file(String... lines) throws Exception {
        return Files.writeString(folder.resolve("test.conf"), String.join("\n", lines));
    }

    private static void assertSays(String expected, Executable wrong) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, wrong);
        assertTrue(refused.toString().contains(expected), refused::toString);
    }

    private static ServerBuilder builder(Map<String, String> environment) {
        return new ServerBuilder(environment);
    }

    @Test
    void theLaterPlaceWinsInWhateverOrderItIsRead() throws Exception {
        Path file = file(
                "# a comment",
                "",
                "host = 127.0.0.1",
                "limits.bodyBytes = 1KiB",
                "limits.uriBytes=1KiB",
                " limits.idle = 1s ",
                "limits.connections = 101");
        try (WebServer server = builder(Map.of(
                        "PLAINWEAVE_LIMITS_URI_BYTES", "2KiB",
                        "PLAINWEAVE_LIMITS_IDLE", "2s",
                        "PLAINWEAVE_LIMITS_CONNECTIONS", "102",
                        "PLAINWEAVE_IO", " "))
                .limits(limit -> limit.connections(104))
                .configure(Map.of("limits.idle", "3s", "limits.connections", "103"))
                .configure(file)
                .start(0)) {
            assertEquals(1024, server.limits().bodyBytes(), "file");
            assertEquals(2048, server.limits().uriBytes(), "environment over file");
            assertEquals(Duration.ofSeconds(3), server.limits().idle(), "option over environment");
            assertEquals(104, server.limits().connections(), "code over option");
            assertEquals("127.0.0.1", server.uri().getHost());
        }
    }

    @Test
    void everythingCanBeSet() throws Exception {
        Path certificate = Path.of(ConfigTest.class.getResource("/tls/rsa.crt").toURI());
        Path key = Path.of(ConfigTest.class.getResource("/tls/rsa.key").toURI());
        Path file = file(
                "port = 0",
                "host = 127.0.0.1",
                "io = selector",
                "health = /up",
                "metrics = /figures",
                "accessLog = json",
                "readinessDelay = 0",
                "tls.certificates = " + certificate,
                "tls.key = " + key,
                "tls.reloadEvery = 1m");
        try (WebServer server = builder(Map.of()).configure(file).start()) {
            assertEquals("https", server.uri().getScheme());
        }
        try (WebServer server = builder(Map.of("PLAINWEAVE_PORT", "0", "PLAINWEAVE_HEALTH", "/up"))
                .host("127.0.0.1")
                .start()) {
            URI up = server.uri().resolve("/up/live");
            assertEquals(
                    200,
                    HttpClient.newHttpClient()
                            .send(HttpRequest.newBuilder(up).build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode());
        }
    }

    @Test
    void whatIsWrongIsNamedWithItsPlaceAndWhatIsExpected() throws Exception {
        WebServer.Builder builder = builder(Map.of());
        assertSays(
                "test.conf, line 2: limits.idle: idle must be a time with its unit (ms, s, m or h), such as 10s, was"
                        + " '10'",
                () -> builder.configure(file("port = 1", "limits.idle = 10")));
        assertSays(
                "test.conf, line 1: there is no setting 'prot'; there are ", () -> builder.configure(file("prot=1")));
        assertSays(
                "test.conf, line 1: expected name = value, was 'port 8080'",
                () -> builder.configure(file("port 8080")));
        assertSays(
                "test.conf, line 2: host is set a second time",
                () -> builder(Map.of()).configure(file("host = a", "host = b")));
        assertSays("line 1: io: a value is missing", () -> builder(Map.of()).configure(file("io =")));
        assertSays(
                "port must be a number from 0 to 65535, was '70000'",
                () -> builder(Map.of()).configure(file("port = 70000")));
        assertSays(
                "expected a path such as /health, was 'health'",
                () -> builder(Map.of()).configure(file("health = health")));
        assertSays("there is no file", () -> builder.configure(folder.resolve("missing.conf")));
        assertSays("option io: io: no such IO policy: 'epoll'", () -> builder.configure(Map.of("io", "epoll")));
        assertSays(
                "the environment's PLAINWEAVE_LIMITS_HEADER_BYTES: limits.headerBytes: headerBytes must be from 256"
                        + " bytes",
                () -> builder(Map.of("PLAINWEAVE_LIMITS_HEADER_BYTES", "1")).start(0));
        assertSays(
                "tls.certificates and tls.key together",
                () -> builder(Map.of("PLAINWEAVE_TLS_KEY", "some.key")).start(0));
    }
}
