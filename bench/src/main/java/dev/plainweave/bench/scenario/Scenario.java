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

    /** Arguments to the server, behind its own. */
    default List<String> arguments() {
        return List.of();
    }

    /**
     * Whether it needs a server process of its own, whatever the size: one that it starts in another way, or ends, or
     * fills to the brim. Others may follow each other in one process, in the order of {@code Scenarios}: each warms the
     * server up for what it measures, closes all its connections, and compares with what it found.
     */
    default boolean alone() {
        return false;
    }

    /** Whether the server speaks plain HTTP, and can be asked about the protocol before it is measured. */
    default boolean plain() {
        return true;
    }

    /** Whether the bare echo takes part: where it is a lower bound of what is measured. */
    default boolean floor() {
        return true;
    }

    /** Whether it takes of the visit's time for warm-ups: memory and ends are counted, not timed. */
    default boolean warmsUp() {
        return true;
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
