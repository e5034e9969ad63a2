package dev.plainweave.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * CPU time of a JVM's compiler threads at one moment, from Linux' /proc. While they work the process is not warm, whatever
 * its figures say; and unlike those, they do not care who else uses the machine.
 */
public final class JitCpu {
    private final Map<String, Long> nanosOfThread;

    private JitCpu(Map<String, Long> nanosOfThread) {
        this.nanosOfThread = nanosOfThread;
    }

    /** What the compiler threads of that process have used up to now; nothing for what is no HotSpot JVM. */
    public static JitCpu of(long pid) {
        Map<String, Long> threads = new HashMap<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path task : tasks) {
                read(task, threads);
            }
        } catch (IOException gone) {
            throw new UncheckedIOException("no threads of process " + pid, gone);
        }
        return new JitCpu(threads);
    }

    private static void read(Path task, Map<String, Long> threads) {
        try {
            String name = Files.readString(task.resolve("comm"));
            if (name.startsWith("C1 Comp")
                    || name.startsWith("C2 Comp")) { // "C2 CompilerThread0", cut to 15 characters
                String schedstat = Files.readString(task.resolve("schedstat"));
                threads.put(task.toString(), Long.parseLong(schedstat, 0, schedstat.indexOf(' '), 10));
            }
        } catch (IOException ended) {
            // a compiler thread that ended meanwhile had nothing to do
            threads.remove(task.toString());
        }
    }

    /** CPU nanoseconds between an earlier snapshot and this one, of the threads that are still there. */
    public long since(JitCpu earlier) {
        return nanosOfThread.entrySet().stream()
                .mapToLong(thread -> thread.getValue() - earlier.nanosOfThread.getOrDefault(thread.getKey(), 0L))
                .sum();
    }
}
