package dev.plainweave.bench;

import java.util.Locale;

/**
 * How long to measure.
 *
 * @param rounds visits to each variant; every visit is a fresh process
 * @param windowMillis one timed window
 * @param minWarmUpMillis least time under load in a fresh process; half of it when the load changes in a warm one
 * @param maxWarmUpMillis warm-up ends here even if its windows do not agree yet
 * @param idleSessions sessions of idle-memory
 * @param stormLegMillis one leg (storm or control) of reset-storm; there are two of each
 */
public record Size(
        String name,
        int rounds,
        int windowMillis,
        int minWarmUpMillis,
        int maxWarmUpMillis,
        int idleSessions,
        int stormLegMillis) {

    /** Shows that everything runs; the figures mean nothing. */
    public static final Size SMOKE = new Size("smoke", 1, 1_000, 500, 1_000, 1_000, 1_000);

    /** The default: at most 8 minutes with the default variants. */
    public static final Size QUICK = new Size("quick", 3, 2_000, 2_000, 5_000, 10_000, 1_500);

    /** For figures to be quoted. */
    public static final Size FULL = new Size("full", 7, 5_000, 3_000, 12_000, 10_000, 5_000);

    public static Size named(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "smoke" -> SMOKE;
            case "quick", "true", "" -> QUICK; // plain -Dbench
            case "full" -> FULL;
            default -> throw new IllegalArgumentException("--size " + name + ": expected smoke, quick or full");
        };
    }

    Size withRounds(int count) {
        return new Size(name, count, windowMillis, minWarmUpMillis, maxWarmUpMillis, idleSessions, stormLegMillis);
    }

    Size withIdleSessions(int count) {
        return new Size(name, rounds, windowMillis, minWarmUpMillis, maxWarmUpMillis, count, stormLegMillis);
    }
}
