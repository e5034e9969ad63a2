package dev.plainweave.bench.scenario;

import dev.plainweave.bench.Route;
import dev.plainweave.bench.Size;
import dev.plainweave.bench.load.ClosedLoop;
import dev.plainweave.bench.load.HttpExchange;
import dev.plainweave.bench.report.Metric;
import dev.plainweave.bench.report.Metric.Better;
import java.io.IOException;
import java.util.Set;
import java.util.stream.IntStream;

/** GET of a few bytes on 64 keep-alive connections, one request under way on each: requests a second, and server CPU of one. */
public final class HttpKeepalive implements Scenario {
    private static final String NAME = "http-keepalive";
    private static final int CONNECTIONS = 64;
    private static final int WARM_REQUESTS = 20_000;
    private static final int OPENING_MILLIS = 100;
    private static final Metric RATE = new Metric(NAME, "requests", "/s", Better.HIGHER);
    private static final Metric CPU = new Metric(NAME, "cpu", "us/request", Better.LOWER);
    private static final Metric ANSWER = new Metric(NAME, "answer with headers", "B", Better.NEITHER);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String about() {
        return "GET of three bytes on 64 keep-alive connections, one request under way on each, every answer compared"
                + " with the first (Date excepted).";
    }

    @Override
    public Set<Route> routes() {
        return Set.of(Route.ECHO, Route.HELLO);
    }

    @Override
    public int visitMillis(Size size) {
        return size.maxWarmUpMillis() + size.windowMillis() + OPENING_MILLIS;
    }

    @Override
    public void run(Visit visit) throws IOException {
        var exchanges = IntStream.range(0, CONNECTIONS)
                .mapToObj(n -> new HttpExchange(
                        visit.server().authority(), visit.variant().path(Route.HELLO)))
                .toList();
        var clients = Opening.connected(CONNECTIONS, visit.server().address());
        try (ClosedLoop load = ClosedLoop.start(clients, exchanges)) {
            visit.meter().warmUp(load, WARM_REQUESTS);
            Window window = visit.meter().quietWindow(load, visit.size().windowMillis());
            load.finish();
            visit.record(RATE, window.perSecond());
            visit.record(CPU, window.serverMicros());
            visit.record(ANSWER, exchanges.get(0).answerSize());
        } finally {
            Opening.closeAll(clients);
        }
    }
}
