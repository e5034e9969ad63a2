package dev.plainweave.websocket;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts sessions and how they ended. Safe for any thread. */
public final class SessionStats {
    private final LongAdder opened = new LongAdder();
    private final LongAdder handlerFailures = new LongAdder();
    private final Map<End.Reason, LongAdder> ended = new EnumMap<>(End.Reason.class);

    SessionStats() {
        for (End.Reason reason : End.Reason.values()) {
            ended.put(reason, new LongAdder());
        }
    }

    void open() {
        opened.increment();
    }

    void ended(End end) {
        count(end.reason()).increment();
    }

    void handlerFailed() {
        handlerFailures.increment();
    }

    /** Sessions opened since the start. */
    public long opened() {
        return opened.sum();
    }

    /** Sessions open now. */
    public long openNow() {
        return opened() - ended();
    }

    /** Sessions that have ended since the start. */
    public long ended() {
        return ended.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** Sessions that have ended for that reason since the start. */
    public long ended(End.Reason reason) {
        return count(reason).sum();
    }

    /** Handlers that have thrown something of their own since the start. */
    public long handlerFailures() {
        return handlerFailures.sum();
    }

    private LongAdder count(End.Reason reason) {
        LongAdder count = ended.get(reason);
        if (count == null) {
            throw new IllegalStateException("no counter for " + reason);
        }
        return count;
    }
}
