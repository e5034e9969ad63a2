package dev.plainweave.server;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts what was refused or cut off for exceeding a limit. Safe for any thread. */
final class Refusals {
    private final Map<Limit, LongAdder> counts = new EnumMap<>(Limit.class);

    Refusals() {
        for (Limit limit : Limit.values()) {
            counts.put(limit, new LongAdder());
        }
    }

    void count(Limit exceeded) {
        counter(exceeded).increment();
    }

    long of(Limit limit) {
        return counter(limit).sum();
    }

    private LongAdder counter(Limit limit) {
        LongAdder counter = counts.get(limit);
        if (counter == null) {
            throw new IllegalStateException("no counter for " + limit);
        }
        return counter;
    }
}
