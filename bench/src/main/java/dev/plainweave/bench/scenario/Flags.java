package dev.plainweave.bench.scenario;

import java.util.List;

/** JVM flags of the servers, the same for every variant. */
public final class Flags {

    /** A fixed heap: its growth is nobody's cost. */
    public static final List<String> THROUGHPUT = List.of("-XX:+UseG1GC", "-Xms1g", "-Xmx1g");

    /**
     * A heap that shrinks to little more than what lives, so that resident memory after a collection shows what sessions
     * hold, before and after.
     */
    public static final List<String> MEMORY =
            List.of("-XX:+UseG1GC", "-Xms2m", "-Xmx1g", "-XX:MinHeapFreeRatio=5", "-XX:MaxHeapFreeRatio=10");

    private Flags() {}
}
