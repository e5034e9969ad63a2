package dev.plainweave.bench.scenario;

/**
 * What the open loops of a run go by, the same for every variant and round: a rate that follows each variant's own
 * capacity would load the faster one more, and then compare what is not alike.
 *
 * @param capacity echoes a second that the selector variant reached in a closed loop before the first visit
 */
public record Pace(double capacity) {
    /** Where nothing was measured before: a rate that every server can serve. */
    public static final Pace UNKNOWN = new Pace(10_000);

    private static final double LOADED = 0.8;
    private static final double STEP = 1_000;

    /** 80 % of it, in whole thousands. */
    public double loaded() {
        return Math.max(STEP, Math.floor(LOADED * capacity / STEP) * STEP);
    }
}
