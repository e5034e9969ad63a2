package dev.plainweave.connector;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Clients that vanish, a thousand at each stage: nothing is logged at INFO or above, and no endpoint, buffer, descriptor or
 * thread is left. The handlers do what most do: they let the exception escape.
 */
@Isolated("counts the descriptors and threads of the process")
@ResourceLock(value = LogWatch.LOCK, mode = ResourceAccessMode.READ_WRITE)
@EnabledOnOs(OS.LINUX)
class FaultsTest {
    private static final int RESETS = 1000;
    private static final int CLIENTS = 4;
    private static final Pattern OURS = Pattern.compile("\"(conn-\\d+|read|write|flush|idle) /");

    @TempDir
    private Path directory;

    /** When a client vanishes. */
    enum Stage {
        ACCEPT(false, RESETS) {
            @Override
            void play(int port, int i) throws IOException {
                Client.reset(Client.socket(port, 0));
            }
        },
        TLS_HANDSHAKE(true, RESETS) {
            @Override
            void play(int port, int i) throws IOException {
                // The beginning of a client's hello: record header, handshake header, version.
                byte[] hello = {22, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3};
                Socket socket = Client.socket(port, 0);
                socket.getOutputStream().write(hello, 0, 1 + i % hello.length);
                Client.reset(socket);
            }
        },
        HEADERS(false, RESETS) {
            @Override
            void play(int port, int i) throws IOException {
                String request = "GET / HTTP/1.1\r\nHost: somewhere\r\nX-More: 1\r\n";
                try (Client client = Client.plain(port)) {
                    client.send(request.substring(0, 1 + i % request.length())).reset();
                }
            }
        },
        IDLE(false, RESETS) {
            @Override
            void play(int port, int i) throws IOException {
                try (Client client = Client.plain(port).get("/small")) {
                    client.answer();
                    client.reset();
                }
            }
        },
        BODY(false, RESETS) {
            @Override
            void play(int port, int i) throws IOException {
                try (Client client = Client.plain(port)) {
                    client.send(UPLOAD).send(new byte[i % 5000]).reset();
                }
            }
        },
        WRITE(false, RESETS) {
            @Override
            void play(int port, int i) throws IOException {
                try (Client client = Client.plain(port).get("/large")) {
                    readSome(client.in(), i);
                    client.reset();
                }
            }
        },
        TLS_BODY(true, RESETS / 5) {
            @Override
            void play(int port, int i) throws IOException {
                Socket socket = Client.socket(port, 0);
                Client client = Client.tlsOver(socket);
                client.send(UPLOAD).send(new byte[i % 5000]);
                Client.reset(socket);
            }
        },
        TLS_WRITE(true, RESETS / 5) {
            @Override
            void play(int port, int i) throws IOException {
                Socket socket = Client.socket(port, 0);
                Client client = Client.tlsOver(socket).get("/large");
                readSome(client.in(), i);
                Client.reset(socket);
            }
        };

        private static final String UPLOAD = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10000\r\n\r\n";

        final boolean tls;
        final int times;

        Stage(boolean tls, int times) {
            this.tls = tls;
            this.times = times;
        }

        abstract void play(int port, int i) throws IOException;

        static void readSome(InputStream in, int i) throws IOException {
            in.readNBytes(100 + i * 37 % 50_000);
        }
    }

    private static final TestServer.Exchange HANDLER = (request, response, in, out) -> {
        in.readAllBytes();
        switch (Request.getPathInContext(request)) {
            case "/large" -> {
                for (int i = 0; i < 64; i++) {
                    out.write(new byte[64 * 1024]);
                }
            }
            default -> out.write("small".getBytes(StandardCharsets.UTF_8));
        }
    };

    @ParameterizedTest
    @EnumSource
    void resetsLeaveNothing(Stage stage) throws Exception {
        Variant variant = stage.tls ? Variant.BLOCKING_TLS : Variant.BLOCKING;
        try (TestServer server = new TestServer(variant)
                .handler(TestServer.blocking(HANDLER))
                .with(connector -> ((BlockingConnector) connector).setAcceptQueueSize(RESETS))
                .start()) {
            try (Client client = server.connect()) {
                client.get("/large").answer();
            }
            server.awaitNoEndPoint();
            long descriptors = settledDescriptors();
            try (LogWatch log = LogWatch.open()) {
                storm(stage, server.port());
                server.awaitNoEndPoint();
                assertEquals(List.of(), log.findings());
            }
            await("descriptors").untilAsserted(() -> assertEquals(descriptors, descriptors()));
            await("threads").untilAsserted(() -> assertEquals(List.of(), threads()));
            try (Client client = server.connect()) {
                assertEquals("small", client.get("/small").answer().text());
            }
        }
    }

    private static void storm(Stage stage, int port) throws Exception {
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<?>> running = new ArrayList<>();
            for (int c = 0; c < CLIENTS; c++) {
                int first = c;
                running.add(clients.submit(() -> {
                    for (int i = first; i < stage.times; i += CLIENTS) {
                        stage.play(port, i);
                    }
                    return null;
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        }
    }

    /** Bytes that are not TLS, a TLS stream that is cut off without its end, and one that ends in order. */
    @Test
    void whatIsNotTlsEndsQuietly() throws Exception {
        try (TestServer server = TestServer.start(Variant.BLOCKING_TLS, HANDLER);
                LogWatch log = LogWatch.open()) {
            for (int i = 0; i < 20; i++) {
                try (Client plain = Client.plain(server.port())) {
                    plain.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n" + "x".repeat(i * 1000));
                    plain.in().readAllBytes(); // an alert, then the end and no reset
                }
                Socket socket = Client.socket(server.port(), 0);
                Client cut = Client.tlsOver(socket);
                assertEquals("small", cut.get("/").answer().text());
                socket.close();
                try (Client closing = server.connect()) {
                    assertEquals("small", closing.get("/").answer().text());
                }
            }
            server.awaitNoEndPoint();
            assertEquals(List.of(), log.findings());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BLOCKING_TLS", "SELECTOR_TLS"})
    void bothTlsVersionsEndWithCloseNotify(Variant variant) throws Exception {
        try (TestServer server = TestServer.start(variant, HANDLER)) {
            for (String version : List.of("TLSv1.2", "TLSv1.3")) {
                try (Client client = Client.tls(server.port(), version)) {
                    client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
                    assertEquals("small", client.answer().text());
                    assertEquals(-1, client.in().read()); // without close_notify the JDK throws here
                }
            }
        }
    }

    private static long settledDescriptors() {
        long[] last = {-1};
        await("descriptors").pollInterval(Duration.ofMillis(20)).until(() -> last[0] == (last[0] = descriptors()));
        return last[0];
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    /** The names of the connector's own virtual threads. */
    private List<String> threads() throws IOException {
        Path dump = directory.resolve("threads.txt");
        Files.deleteIfExists(dump);
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .dumpThreads(dump.toString(), ThreadDumpFormat.TEXT_PLAIN);
        try (Stream<String> lines = Files.lines(dump)) {
            return lines.filter(line -> OURS.matcher(line).find()).toList();
        }
    }
}
