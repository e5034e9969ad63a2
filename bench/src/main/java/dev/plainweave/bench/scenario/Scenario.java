package dev.plainweave.bench.scenario;

import java.io.IOException;
import java.util.List;

/** One thing to measure. */
public interface Scenario {

    String name();

    /** JVM flags of the server, the same for every variant. */
    default List<String> flags() {
        return Flags.THROUGHPUT;
    }

    /** How many visits a variant gets when {@code asked} are wanted: fewer where a figure hardly varies. */
    default int rounds(int asked) {
        return asked;
    }

    /** Measures the visited server and records every figure; throws if an answer was wrong, late or missing. */
    void run(Visit visit) throws IOException;
}
