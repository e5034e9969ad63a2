package dev.plainweave.bench.report;

import dev.plainweave.bench.load.Threads;
import dev.plainweave.bench.process.MachineCpu;
import dev.plainweave.bench.process.ProcessCpu;
import dev.plainweave.bench.scenario.Flags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** What the figures depend on besides the code. */
public record Environment(Map<String, String> facts, int cores, boolean noisy) {
    private static final int LOOK_SECONDS = 2;
    private static final double NOISY_CORES = 0.15;

    /** Read before anything is started, so that the load average is that of the others. */
    public static Environment read(List<String> flags) {
        int cores = Runtime.getRuntime().availableProcessors();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        facts.put("cpu", line("/proc/cpuinfo", "model name"));
        facts.put("cores", Integer.toString(cores));
        facts.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("jdk", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        facts.put("jetty", org.eclipse.jetty.util.Jetty.VERSION);
        facts.put("poller mode", pollerMode(flags));
        facts.put("descriptors", line("/proc/self/limits", "Max open files").replaceAll("\\s{2,}", " "));
        facts.put("commit", commit());
        String load = line("/proc/loadavg", "").replaceFirst(" \\S+ \\S+$", "");
        double busy = busyCores();
        facts.put("load before", "%s; %.2f of %d cores busy in %d s".formatted(load, busy, cores, LOOK_SECONDS));
        boolean noisy = busy > NOISY_CORES;
        return new Environment(facts, cores, noisy);
    }

    private static String pollerMode(List<String> flags) {
        return flags.stream()
                .filter(flag -> flag.startsWith(Flags.POLLER_MODE))
                .map(flag -> flag.substring(Flags.POLLER_MODE.length()))
                .findFirst()
                .orElse("the JDK's default (jdk.pollerMode not set)");
    }

    public String text() {
        return facts.entrySet().stream()
                .map(fact -> "%-12s %s".formatted(fact.getKey(), fact.getValue()))
                .collect(Collectors.joining("\n"));
    }

    /** What others use before anything is started. The load average would tell of the build that has just ended. */
    private static double busyCores() {
        long self = ProcessHandle.current().pid();
        ProcessCpu own = ProcessCpu.of(self);
        long busy = MachineCpu.busyNanos();
        long start = System.nanoTime();
        Threads.sleep(LOOK_SECONDS * 1_000L);
        long others = MachineCpu.busyNanos() - busy - ProcessCpu.of(self).since(own);
        return Math.max(0, (double) others / (System.nanoTime() - start));
    }

    private static String line(String file, String start) {
        try (var lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(start))
                    .findFirst()
                    .map(line -> line.substring(start.length()).replaceFirst("^[\\s:]+", ""))
                    .orElse("unknown");
        } catch (IOException absent) {
            return "unknown";
        }
    }

    private static String commit() {
        try {
            Process git = new ProcessBuilder("git", "describe", "--always", "--dirty").start();
            git.getOutputStream().close();
            try (var out = git.inputReader()) {
                String line = out.readLine();
                git.waitFor(5, TimeUnit.SECONDS);
                return line == null ? "unknown" : line;
            }
        } catch (IOException noGit) {
            return "unknown";
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }
}
