package dev.plainweave.bench.scenario;

/**
 * Time that several may spend, as each needs, but no more in all: repeated windows, or the warm-ups of one process.
 */
public final class TimeBudget {
    private int leftMillis;

    public TimeBudget(int millis) {
        leftMillis = millis;
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
