package dev.plainweave.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * SIGTERM to a process with thousands of waiting sessions, busy ones and requests under way: 1001 to all, nothing that was
 * begun is lost, and the process leaves in time.
 */
@Timeout(120)
@EnabledOnOs({OS.LINUX, OS.MAC})
class ShutdownUnderLoadTest {
    private static final int WAITING = 5_000;
    private static final int BUSY = 200;
    private static final int REQUESTS = 50;
    private static final Duration GRACE = Duration.ofSeconds(8);
    private static final Duration WORK = Duration.ofSeconds(4);

    /** The server. */
    public static final class Main {
        private Main() {}

        /** Not a bare park: a permit left over from the server's own waiting would end it at once. */
        private static void work() throws InterruptedException {
            assertFalse(new CountDownLatch(1).await(WORK.toMillis(), TimeUnit.MILLISECONDS));
        }

        public static void main(String[] arguments) {
            WebServer server = WebServer.builder()
                    .io(IoPolicy.parse(arguments[0]))
                    .host("127.0.0.1")
                    .shutdownGrace(GRACE)
                    .get("/work", (request, response) -> {
                        System.out.println("begun");
                        work();
                        response.getWriter().print("done");
                    })
                    .websocket("/wait", WebSocketSession::receive)
                    .websocket("/busy", session -> {
                        session.receive();
                        session.send("begun");
                        work();
                        session.send("done");
                    })
                    .start(0);
            System.out.println("port " + server.port());
            server.awaitStop();
        }
    }

    @ParameterizedTest
    @EnumSource
    void everybodyIsToldAndNothingIsLost(IoPolicy io) throws Exception {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        io.name())
                .redirectErrorStream(true)
                .start();
        List<RawClient> all = new ArrayList<>();
        try (BufferedReader lines = process.inputReader()) {
            String line = lines.readLine();
            while (line != null && !line.startsWith("port ")) {
                line = lines.readLine();
            }
            int port = Integer.parseInt(line.substring(5));
            List<RawClient> waiting = open(port, WAITING, "/wait", all);
            List<RawClient> busy = open(port, BUSY, "/busy", all);
            List<RawClient> requests = new ArrayList<>();
            for (int i = 0; i < REQUESTS; i++) {
                RawClient client = RawClient.connect(port);
                all.add(client);
                requests.add(client.write(
                        "GET /work HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
            }
            for (RawClient client : busy) {
                client.text("work");
            }
            for (RawClient client : busy) {
                assertEquals("begun", client.readText());
            }
            // One that nobody has read when the server stops was not accepted: its connection is an idle one.
            List<String> said = new ArrayList<>();
            for (int begun = 0; begun < REQUESTS; ) {
                String next = Objects.requireNonNull(lines.readLine(), () -> "the server has left, and said " + said);
                if (next.equals("begun")) {
                    begun++;
                } else {
                    said.add(next);
                }
            }

            assertTrue(process.toHandle().destroy(), "SIGTERM is sent");
            long start = System.nanoTime();
            for (RawClient client : waiting) {
                assertEquals(1001, client.readClose().code());
                client.sendClose(1001);
            }
            Duration told = Duration.ofNanos(System.nanoTime() - start);
            assertTrue(told.compareTo(GRACE) < 0, () -> "the waiting were told after " + told);
            for (RawClient client : busy) {
                assertEquals("done", client.readText());
                assertEquals(1001, client.readClose().code());
                client.sendClose(1001);
            }
            for (RawClient client : requests) {
                assertEquals(200, client.answer().status());
                assertEquals("done", new String(client.in().readNBytes(4), StandardCharsets.US_ASCII));
            }
            assertTrue(process.waitFor(GRACE.toSeconds() + 1, TimeUnit.SECONDS), "it does not leave");
            Duration left = Duration.ofNanos(System.nanoTime() - start);
            assertTrue(left.compareTo(GRACE.plusSeconds(1)) < 0, () -> "it left after " + left);
            assertEquals(143, process.exitValue());
            said.addAll(lines.lines().toList());
            List<String> complaints = said.stream()
                    .filter(text -> text.contains(" WARN ") || text.contains("ERROR") || text.contains("Exception"))
                    .filter(text -> !text.contains("SchedulingProbe"))
                    .toList();
            assertEquals(List.of(), complaints);
        } finally {
            process.destroyForcibly();
            for (RawClient client : all) {
                client.close();
            }
        }
    }

    private static List<RawClient> open(int port, int count, String path, List<RawClient> all) throws Exception {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RawClient client = RawClient.connect(port);
            all.add(client);
            clients.add(client.upgrade(path));
        }
        return clients;
    }
}
