package dev.plainweave.bench;

import java.util.Locale;

/**
 * How long to measure.
 *
 * @param rounds visits to each variant; every visit is a fresh process
 * @param windowMillis one timed window
 * @param minWarmUpMillis least time under load in a fresh process
 * @param maxWarmUpMillis warm-up ends here even if its windows do not agree yet
 * @param settleMillis time under a new kind of load in a process that is warm
 * @param idleSessions sessions of idle-memory
 * @param legMillis one leg (storm or control) of reset-storm; there are two of each
 * @param repeatMillis all windows together that may be repeated, because somebody else used the machine
 */
public record Size(
        String name,
        int rounds,
        int windowMillis,
        int minWarmUpMillis,
        int maxWarmUpMillis,
        int settleMillis,
        int idleSessions,
        int legMillis,
        int repeatMillis) {

    /** Shows that everything runs; the figures mean nothing. */
    public static final Size SMOKE = new Size("smoke", 1, 400, 300, 500, 200, 500, 500, 0);

    /** The default: at most 8 minutes with the default variants. */
    public static final Size QUICK = new Size("quick", 3, 1_100, 1_500, 2_000, 500, 5_000, 900, 10_000);

    /** For figures to be quoted. */
    public static final Size FULL = new Size("full", 5, 5_000, 3_000, 10_000, 1_500, 5_000, 5_000, 300_000);

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

    Size withRounds(int count) {
        return new Size(
                name,
                count,
                windowMillis,
                minWarmUpMillis,
                maxWarmUpMillis,
                settleMillis,
                idleSessions,
                legMillis,
                repeatMillis);
    }

    Size withIdleSessions(int count) {
        return new Size(
                name,
                rounds,
                windowMillis,
                minWarmUpMillis,
                maxWarmUpMillis,
                settleMillis,
                count,
                legMillis,
                repeatMillis);
    }
}
