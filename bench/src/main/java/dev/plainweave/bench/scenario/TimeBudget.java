package dev.plainweave.bench.scenario;

/**
 * Time that several may spend, as each needs, but no more in all: repeated windows, or the warm-ups of one process. What
 * is granted step by step and not spent is saved for those that come later.
 */
public final class TimeBudget {
    private int leftMillis;

    public TimeBudget(int millis) {
        leftMillis = millis;
    }

    /** Adds to what is left. */
    public void grant(int millis) {
        leftMillis += millis;
    }

    /** Takes that much, if it is left. */
    boolean take(int millis) {
        if (leftMillis < millis) {
            return false;
        }
        leftMillis -= millis;
        return true;
    }
}
