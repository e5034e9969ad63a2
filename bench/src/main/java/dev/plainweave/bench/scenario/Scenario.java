package dev.plainweave.bench.scenario;

import dev.plainweave.bench.Route;
import dev.plainweave.bench.Size;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** One thing to measure. */
public interface Scenario {

    String name();

    /** What is done, in a sentence or two, for the report. */
    String about();

    /** What a variant must serve to take part. */
    default Set<Route> routes() {
        return Set.of(Route.ECHO);
    }

    /** JVM flags of the server, the same for every variant. */
    default List<String> flags() {
        return Flags.THROUGHPUT;
    }

    /** Arguments to the server, behind its own. */
    default List<String> arguments() {
        return List.of();
    }

    /** Whether the server speaks plain HTTP, and can be asked about the protocol before it is measured. */
    default boolean plain() {
        return true;
    }

    /** How many visits a variant gets when {@code asked} are wanted. */
    default int rounds(int asked) {
        return asked;
    }

    /** The most that {@link #run} takes on a quiet machine, in milliseconds, repeated windows not counted. */
    int visitMillis(Size size);

    /**
     * Measures the visited server and records every figure.
     *
     * @throws dev.plainweave.bench.load.LoadException if an answer was wrong, late or missing
     */
    void run(Visit visit) throws IOException;
}
