package dev.plainweave.bench.scenario;

import dev.plainweave.bench.Route;
import dev.plainweave.bench.load.Threads;
import dev.plainweave.bench.process.Memory;
import dev.plainweave.bench.process.SessionFigures;
import dev.plainweave.bench.report.StormTally;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Whether every connection of a leg has ended, seen from outside (descriptors, threads) and, where the server tells, from
 * inside: as many ends as sessions.
 */
final class Aftermath {
    private static final int LIMIT_MILLIS = 5_000;
    private static final int LOOK_MILLIS = 5;
    /** Descriptors may differ by one or two for reasons of the JVM's own. */
    private static final int SLACK = 3;
    /** Pools of platform threads grow while they are used; a leak of one a connection is far more. */
    private static final int MORE_THREADS = 50;

    /**
     * After a leg.
     *
     * @param millis from the last client's end until the server held no connection of the leg
     * @param ends by reason, where the server tells
     */
    record Left(long millis, Map<String, Long> ends) {}

    private final Visit visit;
    private int descriptors;
    private int threads;
    private long storms;
    private Optional<SessionFigures> before = Optional.empty();
    private boolean ended = true;

    Aftermath(Visit visit) {
        this.visit = visit;
    }

    /** Takes the state that the server must come back to, once it has come to rest. */
    void remember() throws IOException {
        figures(); // its own first connection must not look like a leak
        int stable = 0;
        descriptors = Memory.descriptors(pid());
        for (int waited = 0; waited < LIMIT_MILLIS && stable < 20; waited += LOOK_MILLIS) {
            Threads.sleep(LOOK_MILLIS);
            int now = Memory.descriptors(pid());
            stable = now == descriptors ? stable + 1 : 0;
            descriptors = now;
        }
        threads = Memory.threads(pid());
    }

    void begin() throws IOException {
        before = figures();
    }

    /** Waits until all of {@code lives} connections have ended, at most 5 seconds. */
    Left await(long lives) throws IOException {
        storms += lives;
        long start = System.nanoTime();
        while (leakedDescriptors() > 0 && millisSince(start) < LIMIT_MILLIS) {
            Threads.sleep(LOOK_MILLIS);
        }
        long millis = millisSince(start);
        ended &= leakedDescriptors() == 0;
        if (before.isEmpty()) {
            return new Left(millis, Map.of());
        }
        SessionFigures after = figures().orElseThrow();
        while (after.open() > ResetStorm.NEIGHBOURS && millisSince(start) < LIMIT_MILLIS) {
            Threads.sleep(LOOK_MILLIS);
            after = figures().orElseThrow();
        }
        checkEnds(before.get(), after, lives);
        return new Left(millis, after.endsSince(before.get()));
    }

    private void checkEnds(SessionFigures first, SessionFigures after, long lives) {
        if (after.opened() - first.opened() != lives) {
            visit.broken(
                    ResetStorm.NAME,
                    "%d connections, but %d sessions".formatted(lives, after.opened() - first.opened()));
        }
        if (after.open() != ResetStorm.NEIGHBOURS) {
            visit.broken(
                    ResetStorm.NAME,
                    "%d ends missing after %d ms".formatted(after.open() - ResetStorm.NEIGHBOURS, LIMIT_MILLIS));
        }
        boolean tells = visit.variant().name().startsWith("native-");
        long ends = after.endsSince(first).values().stream()
                .mapToLong(Long::longValue)
                .sum();
        if (tells && ends != lives) {
            visit.broken(ResetStorm.NAME, "%d sessions, but %d ends".formatted(lives, ends));
        }
    }

    /** What is left after the last leg. */
    StormTally.Leaks leaks() {
        int leaked = ended ? 0 : leakedDescriptors();
        int moreThreads = Memory.threads(pid()) - threads;
        if (leaked > 0) {
            visit.broken(ResetStorm.NAME, leaked + " descriptors leaked by " + storms + " connections");
        }
        if (moreThreads > MORE_THREADS + storms / 20) {
            visit.broken(ResetStorm.NAME, moreThreads + " platform threads leaked by " + storms + " connections");
        }
        return new StormTally.Leaks(leaked, moreThreads);
    }

    private int leakedDescriptors() {
        return Math.max(0, Memory.descriptors(pid()) - descriptors - SLACK);
    }

    private Optional<SessionFigures> figures() throws IOException {
        String path = visit.variant().routes().get(Route.METRICS);
        return path == null ? Optional.empty() : Optional.of(SessionFigures.of(visit.server(), path));
    }

    private long pid() {
        return visit.server().pid();
    }

    private static long millisSince(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }
}
