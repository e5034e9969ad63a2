package dev.plainweave.bench.scenario;

import dev.plainweave.bench.Route;
import dev.plainweave.bench.Size;
import dev.plainweave.bench.load.Client;
import dev.plainweave.bench.load.ClosedLoop;
import dev.plainweave.bench.report.Metric;
import dev.plainweave.bench.report.Metric.Better;
import dev.plainweave.bench.variant.ProductServer;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Handlers that wait, as for a database: what comes through against what could. */
public final class BlockingHandler implements Scenario {
    private static final String NAME = "blocking-handler";
    private static final int SESSIONS = 500;
    private static final int PAYLOAD = 64;
    private static final double THEORETICAL = SESSIONS * 1_000.0 / ProductServer.WAIT_MILLIS;
    private static final int WARM_MESSAGES = 5_000;
    private static final int OPENING_MILLIS = 300;
    private static final Metric RATE = new Metric(NAME, "messages", "/s", Better.HIGHER);
    private static final Metric SHARE = new Metric(NAME, "of the theoretical", "ratio", Better.HIGHER);
    private static final Metric CPU = new Metric(NAME, "cpu", "us/message", Better.LOWER, Metric.AT_A_RATE);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String about() {
        return ("%d sessions, one message under way on each, and a handler that waits %d ms before it answers."
                        + " Theoretical: %,.0f messages a second.")
                .formatted(SESSIONS, ProductServer.WAIT_MILLIS, THEORETICAL);
    }

    @Override
    public Set<Route> routes() {
        return Set.of(Route.ECHO, Route.WAIT);
    }

    @Override
    public boolean floor() {
        return false;
    }

    @Override
    public int visitMillis(Size size) {
        return size.maxWarmUpMillis() + size.windowMillis() + OPENING_MILLIS;
    }

    @Override
    public void run(Visit visit) throws IOException {
        List<Client> clients = Opening.upgraded(SESSIONS, visit.server().address(), visit.plainHandshake(Route.WAIT));
        try (ClosedLoop load = ClosedLoop.start(clients, Opening.echoes(SESSIONS, PAYLOAD))) {
            visit.meter().warmUp(load, WARM_MESSAGES);
            Window window = visit.meter().quietWindow(load, visit.size().windowMillis());
            load.finish();
            visit.record(RATE, window.perSecond());
            visit.record(SHARE, window.perSecond() / THEORETICAL);
            visit.record(CPU, window.serverMicros());
        } finally {
            Opening.closeAll(clients);
        }
    }
}
