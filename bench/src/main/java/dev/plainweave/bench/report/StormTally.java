package dev.plainweave.bench.report;

import java.util.Map;
import java.util.TreeMap;

/**
 * What one visit's storms left behind.
 *
 * @param resets connections that were reset
 * @param ends native sessions by the reason of their end; empty where the server does not tell
 * @param endMillis the longest time from the last reset of a leg until the server held none of its connections
 * @param logLines lines logged at INFO or above during the storms
 */
public record StormTally(
        String variant,
        int round,
        long resets,
        Map<String, Long> ends,
        long endMillis,
        int logLines,
        int stackTraces,
        Leaks leaks) {

    /**
     * What did not go away.
     *
     * @param descriptors more than before, 5 seconds after the end
     * @param moreThreads platform threads more than before; pools may have grown
     */
    public record Leaks(int descriptors, int moreThreads) {}

    /** Adds up the legs. */
    public static final class Builder {
        private final Map<String, Long> ends = new TreeMap<>();
        private long resets;
        private long endMillis;
        private int logLines;
        private int stackTraces;

        public void leg(long lives, long millis, Map<String, Long> reasons) {
            resets += lives;
            endMillis = Math.max(endMillis, millis);
            reasons.forEach((reason, count) -> ends.merge(reason, count, Long::sum));
        }

        public void logged(int lines, int traces) {
            logLines += lines;
            stackTraces += traces;
        }

        public StormTally build(String variant, int round, Leaks leaks) {
            return new StormTally(variant, round, resets, Map.copyOf(ends), endMillis, logLines, stackTraces, leaks);
        }
    }
}
