package dev.plainweave.bench.scenario;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Stream;

/**
 * When a process is warm: {@value #IN_A_ROW} windows in a row in which the JIT compilers were quiet, and of which the older
 * and the newer half agree on CPU per answer. The JIT decides: what is left of the windows' differences is mostly the
 * machine's, up and down; what still warms up goes down.
 */
final class WarmUp {
    static final int IN_A_ROW = 4;

    /** The larger half's CPU per answer divided by the smaller's. */
    static final double AGREEMENT = 1.1;

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
        return micros.size() == IN_A_ROW && difference() <= AGREEMENT;
    }

    /** What is wanting, for the reader of a report. */
    String wanting() {
        return micros.size() == IN_A_ROW
                ? "the last windows of the warm-up differed by %.0f %%".formatted((difference() - 1) * 100)
                : "measured cold: the JIT was still compiling a moment before";
    }

    private double difference() {
        double older = sum(micros.stream().limit(IN_A_ROW / 2));
        double newer = sum(micros.stream().skip(IN_A_ROW / 2));
        return Math.max(older / newer, newer / older);
    }

    private static double sum(Stream<Double> half) {
        return half.mapToDouble(Double::doubleValue).sum();
    }
}
