package dev.plainweave.websocket;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The soak, by its own command: clients connect, talk and vanish at random for ten minutes, while {@code /metrics} is read;
 * what it says goes into a chart, {@code src/faults/target/soak-blocking.svg}, and must be flat.
 *
 * <pre>mvn -pl src/faults test -Dtest=LongSoakTest -Dsurefire.failIfNoSpecifiedTests=false -Dfaults.soak=600</pre>
 */
@Isolated("measures")
@ResourceLock(value = LogTap.RESOURCE, mode = ResourceAccessMode.READ_WRITE)
@EnabledIfSystemProperty(named = "faults.soak", matches = "\\d+", disabledReason = "a long run with its own command")
class LongSoakTest {
    private static final int CLIENTS = 100;
    private static final int SAMPLES = 60;
    /** Shorter runs are over before anything has settled. */
    private static final int LONG_SECONDS = 120;
    /** Of the end to the beginning, each the least of a fifth of the samples: what no collection takes away. */
    private static final double FLAT = 1.25;

    private static final int DESCRIPTORS = 50;

    /** Figures at one moment. */
    private record Sample(double heap, double threads, double descriptors, double latency) {}

    private final ConcurrentLinkedQueue<Long> latencies = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean stop;

    @ParameterizedTest
    @EnumSource
    void staysFlat(IoPolicy io) throws Exception {
        int seconds = Integer.getInteger("faults.soak");
        List<Sample> samples = new ArrayList<>();
        try (LogTap log = new LogTap();
                WebServer server = WebServer.builder()
                        .io(io)
                        .host("127.0.0.1")
                        .metrics("/metrics")
                        .websocket("/echo", options -> options.closeTimeout(Duration.ofSeconds(2)), Site::echo)
                        .start(0)) {
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                Random random = new Random(i);
                clients.add(Thread.ofPlatform().name("soak").start(() -> live(server.port(), random)));
            }
            long interval = TimeUnit.SECONDS.toNanos(seconds) / SAMPLES;
            long next = System.nanoTime() + interval;
            for (int i = 0; i < SAMPLES; i++, next += interval) {
                while (System.nanoTime() < next) {
                    LockSupport.parkNanos(next - System.nanoTime());
                }
                samples.add(sample(server.uri()));
            }
            stop = true;
            for (Thread client : clients) {
                client.join();
            }
            await().until(() -> server.stats().sessions().openNow() == 0);
            chart(io, seconds, samples);
            System.out.printf(
                    "%s: %d s, %,d sessions, %,d messages, ends %s%n",
                    io,
                    seconds,
                    server.stats().sessions().opened(),
                    server.stats().messagesReceived(),
                    List.of(End.Reason.values()).stream()
                            .filter(reason -> server.stats().sessions().ended(reason) > 0)
                            .map(reason ->
                                    reason + " " + server.stats().sessions().ended(reason))
                            .toList());
            failures.forEach(Throwable::printStackTrace);
            assertEquals(List.of(), List.copyOf(failures));
            assertEquals(List.of(), log.events(), log::toString);
        }
        if (seconds >= LONG_SECONDS) {
            assertFlat("heap", samples.stream().map(Sample::heap).toList());
            assertFlat("threads", samples.stream().map(Sample::threads).toList());
        }
        double first = samples.get(SAMPLES / 5).descriptors();
        double last = samples.getLast().descriptors();
        assertTrue(last - first < DESCRIPTORS, () -> "descriptors: " + first + ", then " + last);
    }

    // ---- the clients

    private void live(int port, Random random) {
        while (!stop) {
            int messages = random.nextInt(40);
            int done = 0;
            try (RawClient client = RawClient.open(port, "/echo")) {
                for (; done < messages && !stop; done++) {
                    String text = "x".repeat(random.nextInt(random.nextInt(10) == 0 ? 20_000 : 200));
                    long start = System.nanoTime();
                    client.text(text);
                    assertEquals(text, client.readText());
                    latencies.add(System.nanoTime() - start);
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(100)));
                }
                vanish(client, random.nextInt(6));
            } catch (Throwable failed) {
                failures.add(new IllegalStateException("after " + done + " of " + messages + " messages", failed));
                return;
            }
        }
    }

    private static void vanish(RawClient client, int how) throws IOException {
        switch (how) {
            case 0 -> client.reset();
            case 1 -> client.leave();
            case 2 -> client.finishOutput();
            case 3 -> client.write(new ClientFrames().header(0x81, 1000)).reset();
            case 4 -> client.write(ClientFrames.octets(0xff, 0xff));
            default -> {
                client.sendClose(1000);
                assertEquals(1000, client.readClose().code());
                assertEquals(0, client.readToEnd());
            }
        }
    }

    // ---- the figures

    private Sample sample(URI root) throws Exception {
        String page = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(root.resolve("/metrics")).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        List<Long> taken = new ArrayList<>();
        for (Long each = latencies.poll(); each != null; each = latencies.poll()) {
            taken.add(each);
        }
        taken.sort(null);
        double p99 = taken.isEmpty() ? 0 : taken.get((int) (taken.size() * 0.99)) / 1e6;
        return new Sample(
                sum(page, "jvm_memory_used_bytes{area=\"heap\"") / (1 << 20),
                sum(page, "jvm_threads_live_threads"),
                sum(page, "process_files_open_files"),
                p99);
    }

    private static double sum(String page, String start) {
        return page.lines()
                .filter(line -> line.startsWith(start))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static void assertFlat(String name, List<Double> values) {
        int fifth = values.size() / 5;
        double early = values.subList(fifth, 2 * fifth).stream()
                .mapToDouble(value -> value)
                .min()
                .orElseThrow();
        double late = values.subList(4 * fifth, values.size()).stream()
                .mapToDouble(value -> value)
                .min()
                .orElseThrow();
        assertTrue(late <= early * FLAT, () -> name + " grew from " + early + " to " + late);
    }

    private static void chart(IoPolicy io, int seconds, List<Sample> samples) throws IOException {
        StringBuilder svg = new StringBuilder(
                "<svg xmlns='http://www.w3.org/2000/svg' width='760' height='640' font-family='sans-serif'"
                        + " font-size='12'><rect width='760' height='640' fill='white'/>");
        line(svg, 0, "heap in use, MiB", samples.stream().map(Sample::heap).toList());
        line(svg, 1, "platform threads", samples.stream().map(Sample::threads).toList());
        line(
                svg,
                2,
                "open descriptors",
                samples.stream().map(Sample::descriptors).toList());
        line(svg, 3, "p99 of an echo, ms", samples.stream().map(Sample::latency).toList());
        svg.append("<text x='60' y='632'>")
                .append(io)
                .append(", ")
                .append(seconds)
                .append(" seconds</text></svg>\n");
        Path file = Path.of("target", "soak-" + io.name().toLowerCase(java.util.Locale.ROOT) + ".svg");
        Files.createDirectories(file.getParent());
        Files.writeString(file, svg);
    }

    private static void line(StringBuilder svg, int row, String name, List<Double> values) {
        double most =
                Math.max(1, values.stream().mapToDouble(value -> value).max().orElse(1));
        int bottom = row * 155 + 145;
        svg.append("<text x='60' y='")
                .append(bottom - 122)
                .append("'>")
                .append(name)
                .append("</text>");
        svg.append("<text x='55' y='").append(bottom - 105).append("' text-anchor='end'>");
        svg.append(Math.round(most)).append("</text>");
        svg.append("<text x='55' y='").append(bottom).append("' text-anchor='end'>0</text>");
        svg.append("<path d='M60 ").append(bottom).append("H740' stroke='#999'/>");
        svg.append("<polyline fill='none' stroke='#06c' stroke-width='1.5' points='");
        for (int i = 0; i < values.size(); i++) {
            svg.append(60 + 680.0 * i / Math.max(1, values.size() - 1)).append(',');
            svg.append(bottom - 110 * values.get(i) / most).append(' ');
        }
        svg.append("'/>");
    }
}
