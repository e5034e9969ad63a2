package dev.plainweave.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Memory of a JVM after garbage collection.
 *
 * @param heapBytes bytes of live objects: the total of {@code jcmd GC.class_histogram}, which collects first
 * @param rssBytes resident memory of the process (heap, stacks, native) after that collection
 */
public record Memory(long heapBytes, long rssBytes) {
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");
    private static final Pattern RSS = Pattern.compile("(?m)^(?:Rss|VmRSS):\\s+(\\d+) kB");

    private static final Pattern THREADS = Pattern.compile("(?m)^Threads:\\s+(\\d+)");

    /** Collects garbage (twice, then once more for the histogram), and reads both. */
    public static Memory afterGc(long pid) {
        jcmd(pid, "GC.run");
        jcmd(pid, "GC.run");
        long heap = total(jcmd(pid, "GC.class_histogram"));
        return new Memory(heap, rss(pid));
    }

    /** The total of a class histogram, in bytes. */
    public static long total(String histogram) {
        return number(TOTAL, histogram);
    }

    /** Open descriptors of a process. */
    public static int descriptors(long pid) {
        try (var entries = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return (int) entries.count();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** Platform threads of a process. */
    public static int threads(long pid) {
        try {
            return (int) number(THREADS, Files.readString(Path.of("/proc", Long.toString(pid), "status")));
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** smaps_rollup counts the pages; status reads per-CPU counters that may lag. */
    private static long rss(long pid) {
        Path process = Path.of("/proc", Long.toString(pid));
        try {
            Path exact = process.resolve("smaps_rollup");
            String text = Files.readString(Files.isReadable(exact) ? exact : process.resolve("status"));
            return number(RSS, text) * 1024;
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static String jcmd(long pid, String command) {
        try {
            Process jcmd = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            Long.toString(pid),
                            command)
                    .redirectErrorStream(true)
                    .start();
            try (var out = jcmd.getInputStream()) {
                String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
                if (!jcmd.waitFor(30, TimeUnit.SECONDS) || jcmd.exitValue() != 0) {
                    throw new IllegalStateException("jcmd " + pid + " " + command + " failed: " + text);
                }
                return text;
            } finally {
                jcmd.destroyForcibly();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static long number(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException(
                    "no " + pattern + " in: " + text.lines().limit(5).toList());
        }
        return Long.parseLong(matcher.group(1));
    }
}
