package dev.plainweave.bench.scenario;

import java.util.List;

/** JVM flags of the servers, the same for every variant and scenario of a run. */
public final class Flags {

    /**
     * The heap has its whole size from the start, so that its growth is nobody's cost. A full collection, which only the
     * memory scenarios ask for, shrinks it to little more than what lives: so resident memory before and after shows what
     * sessions hold. The JIT compiles after a fifth of the calls it usually waits for, and with four threads
     * where two cores would get two: what is short shall be warm.
     */
    public static final List<String> ALL = List.of(
            "-XX:+UseG1GC",
            "-XX:CompileThresholdScaling=0.2",
            "-XX:CICompilerCount=4",
            "-XX:InitialHeapSize=1g",
            "-XX:MinHeapSize=2m",
            "-XX:MaxHeapSize=1g",
            "-XX:MinHeapFreeRatio=5",
            "-XX:MaxHeapFreeRatio=10");

    /** Begins the flag that says who waits for the sockets of virtual threads; not set, the JDK decides. */
    public static final String POLLER_MODE = "-Djdk.pollerMode=";

    private Flags() {}
}
