package dev.plainweave.bench.load;

/** A running load: its progress, its own cost, its failure. Closing it ends every connection and thread it owns. */
public interface Load extends AutoCloseable {

    /** How long nothing may come, where something must. */
    int SILENCE_MILLIS = 5_000;

    /** Validated answers (or whole connection lives) so far. */
    long completed();

    /** CPU time of the generator's own threads so far, in nanoseconds. */
    long cpuNanos();

    /** Threads the generator spends that time on: one that uses a whole core cannot go faster. */
    int threads();

    /** Throws what the load died of, if it did. */
    void check();

    /**
     * Stops sending, waits for what is outstanding, and throws if an answer is missing: if none has come for that long, and
     * some should have.
     */
    void finish(int timeoutMillis);

    /** The same, with the usual timeout. */
    default void finish() {
        finish(SILENCE_MILLIS);
    }

    @Override
    void close();
}
