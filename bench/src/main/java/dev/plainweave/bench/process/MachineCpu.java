package dev.plainweave.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Busy CPU time of the whole machine since boot (all but idle and waiting for disks; stolen time counts as busy). */
public final class MachineCpu {
    private static final long TICK_NANOS = 10_000_000;

    private MachineCpu() {}

    public static long busyNanos() {
        try (var lines = Files.lines(Path.of("/proc/stat"))) {
            String[] fields = lines.findFirst()
                    .orElseThrow()
                    .split(" +", -1); // cpu user nice system idle iowait irq softirq steal
            long ticks = 0;
            for (int field : new int[] {1, 2, 3, 6, 7, 8}) {
                ticks += Long.parseLong(fields[field]);
            }
            return ticks * TICK_NANOS;
        } catch (IOException absent) {
            throw new UncheckedIOException(absent);
        }
    }
}
