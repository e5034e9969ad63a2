package dev.plainweave.bench.scenario;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * When a process is warm: {@value #IN_A_ROW} windows in a row in which the JIT compilers were quiet, and which agree on CPU
 * per answer. The JIT decides: what is left of the windows' differences is the machine's.
 */
final class WarmUp {
    static final int IN_A_ROW = 4;

    /** The largest of the windows' CPU per answer divided by the smallest. */
    static final double AGREEMENT = 1.15;

    /** Cores that the compilers may use: a straggler or two. */
    static final double QUIET_CORES = 0.1;

    private final Deque<Double> micros = new ArrayDeque<>();

    /** One more window; one in which the compilers worked makes all before it worthless. */
    void window(double microsPerAnswer, double jitCores) {
        if (jitCores > QUIET_CORES) {
            micros.clear();
            return;
        }
        micros.addLast(microsPerAnswer);
        if (micros.size() > IN_A_ROW) {
            micros.removeFirst();
        }
    }

    boolean warm() {
        return micros.size() == IN_A_ROW && spread() <= AGREEMENT;
    }

    /** What is wanting, for the reader of a report. */
    String wanting() {
        return micros.size() == IN_A_ROW
                ? "the last windows of the warm-up differed by %.0f %%".formatted((spread() - 1) * 100)
                : "measured cold: the JIT was still compiling a moment before";
    }

    private double spread() {
        double max = micros.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
        double min = micros.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
        return max / min;
    }
}
