package dev.plainweave.bench.scenario;

import dev.plainweave.bench.Route;
import dev.plainweave.bench.Size;
import dev.plainweave.bench.load.Client;
import dev.plainweave.bench.load.ClosedLoop;
import dev.plainweave.bench.load.HttpExchange;
import dev.plainweave.bench.report.Metric;
import dev.plainweave.bench.report.Metric.Better;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Bodies that a handler reads with blocking calls. */
public final class HttpPost implements Scenario {
    private static final String NAME = "http-post-64k";
    private static final int CONNECTIONS = 64;
    private static final int BODY = 64 * 1024;
    private static final int WARM_REQUESTS = 5_000;
    private static final int OPENING_MILLIS = 100;
    private static final Metric RATE = new Metric(NAME, "posts", "/s", Better.HIGHER);
    private static final Metric CPU = new Metric(NAME, "cpu", "us/post", Better.LOWER);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String about() {
        return "POST of 64 KiB on 64 keep-alive connections, one under way on each. The handler reads the body and"
                + " answers how many bytes it was.";
    }

    @Override
    public Set<Route> routes() {
        return Set.of(Route.ECHO, Route.POST);
    }

    @Override
    public int visitMillis(Size size) {
        return size.maxWarmUpMillis() + size.windowMillis() + OPENING_MILLIS;
    }

    @Override
    public void run(Visit visit) throws IOException {
        String path = visit.variant().path(Route.POST);
        List<HttpExchange> exchanges = IntStream.range(0, CONNECTIONS)
                .mapToObj(n -> HttpExchange.post(visit.server().authority(), path, BODY, BODY + "\n"))
                .toList();
        List<Client> clients = Opening.connected(CONNECTIONS, visit.server().address());
        try (ClosedLoop load = ClosedLoop.start(clients, exchanges)) {
            visit.meter().warmUp(load, WARM_REQUESTS);
            Window window = visit.meter().quietWindow(load, visit.size().windowMillis());
            load.finish();
            visit.record(RATE, window.perSecond());
            visit.record(CPU, window.serverMicros());
        } finally {
            Opening.closeAll(clients);
        }
    }
}
