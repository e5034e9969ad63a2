package dev.plainweave.bench.load;

import java.lang.management.ManagementFactory;
import java.util.List;

/** CPU time of a few platform threads of this process; of one that has ended, what was last seen. */
final class ThreadCpu {
    private final List<Thread> threads;
    private final long[] seen;

    ThreadCpu(Thread... threads) {
        this(List.of(threads));
    }

    ThreadCpu(List<Thread> threads) {
        this.threads = threads;
        this.seen = new long[threads.size()];
    }

    long nanos() {
        long sum = 0;
        for (int i = 0; i < seen.length; i++) {
            long now = ManagementFactory.getThreadMXBean()
                    .getThreadCpuTime(threads.get(i).threadId());
            seen[i] = Math.max(seen[i], now);
            sum += seen[i];
        }
        return sum;
    }
}
