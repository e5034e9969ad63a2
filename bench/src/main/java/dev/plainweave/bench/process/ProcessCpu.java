package dev.plainweave.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * CPU time (user and system, all threads: handlers, carriers, pollers, JIT, GC) of a process at one moment, from Linux'
 * /proc.
 *
 * <p>{@code stat} counts also threads that have ended, but in ticks of 10 ms; the tasks' {@code schedstat} are exact to
 * about a millisecond, but those of ended threads are gone. The difference of two snapshots takes the exact sum unless the
 * ticks show that something is missing from it.
 */
public final class ProcessCpu {
    private static final long TICK_NANOS = 10_000_000; // USER_HZ is 100 on every Linux that runs a JDK
    private static final long TOLERANCE_NANOS = 3 * TICK_NANOS;

    private final long tickNanos;
    private final Map<String, Long> tasks;

    private ProcessCpu(long tickNanos, Map<String, Long> tasks) {
        this.tickNanos = tickNanos;
        this.tasks = tasks;
    }

    /** What the process has used up to now. */
    public static ProcessCpu of(long pid) {
        Path process = Path.of("/proc", Long.toString(pid));
        try {
            String stat = Files.readString(process.resolve("stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]); // utime, stime
            return new ProcessCpu(ticks * TICK_NANOS, tasks(process.resolve("task")));
        } catch (IOException gone) {
            throw new UncheckedIOException("no CPU time of process " + pid, gone);
        }
    }

    /** CPU nanoseconds used between an earlier snapshot of the same process and this one. */
    public long since(ProcessCpu earlier) {
        long exact = 0;
        for (Map.Entry<String, Long> task : tasks.entrySet()) {
            exact += Math.max(0, task.getValue() - earlier.tasks.getOrDefault(task.getKey(), 0L));
        }
        long coarse = tickNanos - earlier.tickNanos;
        return Math.abs(coarse - exact) <= TOLERANCE_NANOS ? exact : coarse;
    }

    private static Map<String, Long> tasks(Path directory) throws IOException {
        Map<String, Long> tasks = new HashMap<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory)) {
            for (Path task : paths) {
                try {
                    String schedstat = Files.readString(task.resolve("schedstat"));
                    int end = schedstat.indexOf(' ');
                    tasks.put(task.getFileName().toString(), end < 0 ? 0 : Long.parseLong(schedstat, 0, end, 10));
                } catch (NoSuchFileException ended) {
                    // a thread that ended meanwhile, or a kernel without schedstat: the ticks decide
                    tasks.putIfAbsent(String.valueOf(task.getFileName()), 0L);
                }
            }
        }
        return tasks;
    }
}
