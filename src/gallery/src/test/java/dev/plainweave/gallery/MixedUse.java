package dev.plainweave.gallery;

import dev.plainweave.ui.test.User;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Half an hour of what a public server meets, against the jar: client processes that chat, watch, echo, ask for pages and
 * for slow ones, and are killed with SIGKILL at random moments, and storms in between. In the end the log must be empty,
 * the neighbours must have lost nothing, and neither threads nor descriptors nor heap may have grown.
 *
 * <pre>{@code
 * mvn -q -pl src/gallery verify -DskipTests -DskipITs && java -Dminutes=30 -Dio=blocking -Djar=target/plainweave.jar \
 *     -cp <test class path> dev.plainweave.gallery.MixedUse
 * }</pre>
 *
 * <p>Exit code 0 when all of it holds, else 1. Linux: it reads {@code /proc} and uses {@code jcmd}.
 */
final class MixedUse {
    private static final int CLIENTS = 4;
    private static final int SEED = 20_261_124;
    private static final Pattern URL = Pattern.compile("http://[^ ]+/");

    /** What a look at the server's process finds. */
    private record Size(int threads, int descriptors, long heapKiB) {}

    private final Random random = new Random(SEED);
    private final Path log;
    private final Process server;
    private final URI uri;
    private final List<Process> clients = new CopyOnWriteArrayList<>();
    private int killed;
    private int storms;

    private MixedUse(String jar, String io) throws IOException {
        log = Files.createTempFile("plainweave-mixed-use", ".log");
        server = new ProcessBuilder(Child.JAVA.toString(), "-jar", jar, "--port=0", "--io", io)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.destroy();
            clients.forEach(Process::destroyForcibly);
        }));
        uri = awaitUri();
    }

    /** Runs it. */
    public static void main(String[] arguments) throws Exception {
        int minutes = Integer.getInteger("minutes", 30);
        String jar = System.getProperty("jar", "target/plainweave.jar");
        String io = System.getProperty("io", "blocking");
        System.exit(new MixedUse(jar, io).run(Duration.ofMinutes(minutes)) ? 0 : 1);
    }

    private URI awaitUri() throws IOException {
        while (server.isAlive()) {
            Matcher url = URL.matcher(Files.readString(log));
            if (url.find()) {
                return URI.create(url.group());
            }
            Thread.onSpinWait();
        }
        throw new IOException("the server did not start: " + Files.readString(log));
    }

    private boolean run(Duration time) throws Exception {
        try (User storm = new User(uri);
                User board = new User(uri)) {
            storm.open("/storm");
            board.open("/board"); // somebody who watches
            report("begins: " + uri + ", " + time.toMinutes() + " minutes, log in " + log);
            mixAll(storm, time.dividedBy(10)); // until everything is loaded, compiled and filled
            calm(storm);
            Size before = size();
            report("after a tenth of the time: " + before);
            mixAll(storm, time.minus(time.dividedBy(10)));
            calm(storm);
            Size after = size();
            report("in the end: " + after);
            report("killed " + killed + " client processes, made " + storms + " storms; the neighbours had "
                    + Figures.of(storm, "Echoes answered") + " echoes and lost " + Figures.of(storm, "Echoes lost"));
            report("ended: " + Figures.of(board, "Ended"));
            return verdict(before, after, Long.parseLong(Figures.of(storm, "Echoes lost")));
        } finally {
            clients.forEach(Process::destroyForcibly);
            server.destroy();
            server.waitFor(15, TimeUnit.SECONDS);
        }
    }

    private boolean verdict(Size before, Size after, long lost) throws IOException {
        List<String> lines = Files.readAllLines(log);
        lines.removeFirst();
        lines.forEach(line -> report("LOG: " + line));
        // Says that this machine, with all its client processes, has too few processors: not what is tried here.
        lines.removeIf(line -> line.contains("SchedulingProbe"));
        boolean clean = lines.isEmpty();
        boolean kept = after.threads() <= before.threads() + 4
                && after.descriptors() <= before.descriptors() + 8
                && after.heapKiB() <= before.heapKiB() * 5 / 4 + 2048;
        report((clean ? "the log is clean" : lines.size() + " lines in the log") + ", "
                + (kept ? "nothing has leaked" : "SOMETHING HAS GROWN") + ", " + lost + " echoes lost");
        return clean && kept && lost == 0;
    }

    /** Keeps clients running, kills one now and then, and makes a storm now and then. */
    private void mixAll(User storm, Duration time) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        long nextStorm = System.nanoTime();
        while (System.nanoTime() < end) {
            clients.removeIf(client -> !client.isAlive());
            while (clients.size() < CLIENTS) {
                clients.add(MixedClient.start(uri, random.nextLong()));
            }
            pause(1500 + random.nextInt(5000));
            Process victim = clients.get(random.nextInt(clients.size()));
            new ProcessBuilder("kill", "-9", Long.toString(victim.pid()))
                    .start()
                    .waitFor();
            killed++;
            if (System.nanoTime() > nextStorm) {
                String fault = List.of("Reset", "Half-close", "Stall", "Flood").get(random.nextInt(4));
                storm.find(List.of("1", "5", "20").get(random.nextInt(3))).click();
                storm.find(fault).click();
                storms++;
                nextStorm = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            }
        }
    }

    /** All clients gone, all storms over. */
    private void calm(User storm) throws Exception {
        clients.forEach(Process::destroyForcibly);
        clients.clear();
        pause(30_000); // a ping to those who vanished without a word, and the time for its answer
        storm.shouldSee("none at work");
    }

    private Size size() throws Exception {
        Path proc = Path.of("/proc", Long.toString(server.pid()));
        int threads;
        int descriptors;
        try (var tasks = Files.list(proc.resolve("task"));
                var open = Files.list(proc.resolve("fd"))) {
            threads = (int) tasks.count();
            descriptors = (int) open.count();
        }
        jcmd("GC.run");
        String heap = jcmd("GC.heap_info");
        Matcher used = Pattern.compile("used (\\d+)K").matcher(heap);
        return new Size(threads, descriptors, used.find() ? Long.parseLong(used.group(1)) : 0);
    }

    private String jcmd(String command) throws Exception {
        Process jcmd = new ProcessBuilder(
                        Child.JAVA.resolveSibling("jcmd").toString(), Long.toString(server.pid()), command)
                .redirectErrorStream(true)
                .start();
        try (var out = jcmd.inputReader()) {
            return String.join("\n", out.lines().toList());
        }
    }

    private static void pause(long millis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(millis); // the mixing takes place in real time
    }

    private static void report(String line) {
        System.out.println(LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS) + " " + line);
    }
}
