package dev.plainweave.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What {@link Cpu} is for: a handler that computes keeps virtual threads waiting, the same work on the pool does not. In a
 * process of its own with one carrier; the two are compared, so that a busy machine does not matter.
 */
class CpuSchedulingTest {
    private static final Duration WORK = Duration.ofSeconds(3);

    /** Prints the longest scheduling delay seen while a handler computed, in milliseconds, on the pool and inline. */
    public static final class Main {
        private Main() {}

        public static void main(String[] arguments) throws Exception {
            try (WebServer server = WebServer.builder()
                    .io(IoPolicy.parse(arguments[0]))
                    .host("127.0.0.1")
                    .get("/inline", (request, response) -> response.getWriter().print(compute()))
                    .get("/pool", (request, response) -> response.getWriter().print(Cpu.run(Main::compute)))
                    .start(0)) {
                System.out.println("delays " + delay(server, "/pool") + " " + delay(server, "/inline"));
            }
        }

        private static long compute() {
            long end = System.nanoTime() + WORK.toNanos();
            long rounds = 0;
            while (System.nanoTime() < end) {
                rounds++;
            }
            return rounds;
        }

        private static long delay(WebServer server, String path) throws Exception {
            long longest = 0;
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                client.getOutputStream()
                        .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                InputStream answer = client.getInputStream();
                while (answer.available() == 0) {
                    longest = Math.max(longest, server.stats().schedulingDelay().toMillis());
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
                }
            }
            return longest;
        }
    }

    @ParameterizedTest
    @EnumSource
    void workOnThePoolLeavesTheSchedulerAlone(IoPolicy io) throws Exception {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-Djdk.virtualThreadScheduler.parallelism=1",
                        "-Djdk.virtualThreadScheduler.maxPoolSize=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        io.name())
                .redirectErrorStream(true)
                .start();
        try {
            List<String> lines = process.inputReader().lines().toList();
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
            assertEquals(0, process.exitValue(), lines::toString);
            String[] delays = lines.stream()
                    .filter(line -> line.startsWith("delays "))
                    .findFirst()
                    .orElseThrow()
                    .split(" ", -1);
            long pool = Long.parseLong(delays[1]);
            long inline = Long.parseLong(delays[2]);
            assertTrue(inline >= 1000, () -> "inline: " + inline + " ms");
            assertTrue(pool < inline / 2, () -> "on the pool " + pool + " ms, inline " + inline + " ms");
        } finally {
            process.destroyForcibly();
        }
    }
}
