package dev.plainweave.bench;

import java.util.Locale;

/**
 * How long to measure.
 *
 * @param rounds visits to each variant; every visit is a fresh process
 * @param together whether scenarios share a process, one after the other, or have one each
 * @param windowMillis what is timed of one load
 * @param maxWarmUpMillis for the warm-ups of one visit, for each of its scenarios that has one; one that is soon warm leaves
 *     its rest to the others, and to windows that are repeated because the JIT compiled again
 * @param settleMillis time under a new kind of load in a process that is warm
 * @param idleSessions sessions of idle-memory
 * @param legMillis one leg (storm or control) of reset-storm; there are two of each
 * @param repeatMillis all windows together that may be repeated, because somebody else used the machine
 */
public record Size(
        String name,
        int rounds,
        boolean together,
        int windowMillis,
        int maxWarmUpMillis,
        int settleMillis,
        int idleSessions,
        int legMillis,
        int repeatMillis) {

    /** Shows that everything runs; the figures mean nothing. */
    public static final Size SMOKE = new Size("smoke", 1, true, 200, 300, 100, 300, 300, 0);

    /** The default: at most 8 minutes with the default variants. */
    public static final Size QUICK = new Size("quick", 3, true, 1_000, 3_400, 400, 5_000, 800, 4_000);

    /** For figures to be quoted. */
    public static final Size FULL = new Size("full", 5, false, 5_000, 12_000, 1_500, 5_000, 5_000, 300_000);

    public static Size named(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "smoke" -> SMOKE;
            case "quick", "true", "" -> QUICK; // plain -Dbench
            case "full" -> FULL;
            default ->
                throw new IllegalArgumentException("--size " + name + ": expected quick, full, smoke or off (-Dbench)");
        };
    }

    /** Whether the figures mean nothing, and what takes long may be left out. */
    public boolean smoke() {
        return name.equals(SMOKE.name);
    }

    /** That many connections; in a smoke run a tenth of them. */
    public int connections(int count) {
        return smoke() ? Math.max(1, count / 10) : count;
    }

    Size withRounds(int count) {
        return new Size(
                name,
                count,
                together,
                windowMillis,
                maxWarmUpMillis,
                settleMillis,
                idleSessions,
                legMillis,
                repeatMillis);
    }

    Size withIdleSessions(int count) {
        return new Size(
                name, rounds, together, windowMillis, maxWarmUpMillis, settleMillis, count, legMillis, repeatMillis);
    }
}
