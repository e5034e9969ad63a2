package dev.plainweave.bench.scenario;

import dev.plainweave.bench.Size;
import dev.plainweave.bench.load.Client;
import dev.plainweave.bench.load.Frames;
import dev.plainweave.bench.load.LoadException;
import dev.plainweave.bench.load.Threads;
import dev.plainweave.bench.report.Metric;
import dev.plainweave.bench.report.Metric.Better;
import java.io.IOException;
import java.util.List;

/** SIGTERM to a server with a thousand sessions. */
public final class Shutdown implements Scenario {
    private static final String NAME = "shutdown";
    private static final int SESSIONS = 1_000;
    private static final int GOING_AWAY = 1001;
    private static final int LIMIT_MILLIS = 20_000;
    private static final int USUAL_MILLIS = 2_000;
    private static final int PAYLOAD = 64;
    private static final Metric TIME = new Metric(NAME, "from SIGTERM to the end of the process", "ms", Better.LOWER);
    private static final Metric TOLD = new Metric(NAME, "sessions told with Close 1001", "sessions", Better.HIGHER);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean alone() {
        return true;
    }

    @Override
    public String about() {
        return "SIGTERM to a server with 1,000 sessions that have each exchanged a message: how long until the process"
                + " has ended, and how many of them were told (Close 1001) and not just cut off.";
    }

    @Override
    public boolean warmsUp() {
        return false;
    }

    @Override
    public int visitMillis(Size size) {
        return USUAL_MILLIS + SESSIONS;
    }

    @Override
    public void run(Visit visit) throws IOException {
        List<Client> sessions = Opening.upgraded(SESSIONS, visit.server().address(), visit.plainHandshake());
        try {
            byte[] payload = Frames.payload(1, 1, PAYLOAD);
            for (Client session : sessions) {
                session.send(Frames.masked(Frames.TEXT, payload, 0x1020304));
                session.expect(Frames.plain(Frames.TEXT, payload), "echo");
            }
            long start = System.nanoTime();
            visit.server().terminate();
            int told = 0;
            for (int n = 0; n < SESSIONS; n++) {
                told += told(sessions.get(n), n) ? 1 : 0;
            }
            while (visit.server().alive() && millisSince(start) < LIMIT_MILLIS) {
                Threads.sleep(1);
            }
            visit.record(TIME, (double) millisSince(start));
            visit.record(TOLD, told);
            if (visit.variant().name().startsWith("native-")
                    && (told < SESSIONS || visit.server().alive())) {
                visit.broken(
                        NAME,
                        "%d of %d sessions were told, and the process has %s after %d ms"
                                .formatted(
                                        told,
                                        SESSIONS,
                                        visit.server().alive() ? "not ended" : "ended",
                                        millisSince(start)));
            }
        } finally {
            Opening.closeAll(sessions);
        }
    }

    /** Answers the Close, as a client must. */
    private static boolean told(Client session, int mask) {
        try {
            boolean told = session.closeCode() == GOING_AWAY;
            session.send(Frames.closeNormally(mask));
            return told;
        } catch (IOException | LoadException cutOff) {
            return false;
        }
    }

    private static long millisSince(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }
}
