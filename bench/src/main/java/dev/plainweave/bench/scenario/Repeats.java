package dev.plainweave.bench.scenario;

/** How much time may still go into windows that are measured again because somebody else used the machine. */
public final class Repeats {
    private int leftMillis;

    public Repeats(int millis) {
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
