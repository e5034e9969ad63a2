package dev.plainweave.bench.scenario;

import dev.plainweave.bench.Route;
import dev.plainweave.bench.Size;
import dev.plainweave.bench.load.Broadcast;
import dev.plainweave.bench.load.Client;
import dev.plainweave.bench.report.Metric;
import dev.plainweave.bench.report.Metric.Better;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.HdrHistogram.Histogram;

/** One publisher, many listeners. */
public final class WsFanout implements Scenario {
    private static final String NAME = "ws-fanout";
    private static final int LISTENERS = 500;
    private static final int HERTZ = 10;
    private static final int PAYLOAD = 64;
    private static final int WARM_MESSAGES = 5_000;
    private static final int OPENING_MILLIS = 300;
    private static final Metric P50 = new Metric(NAME, "p50 of a delivery", "us", Better.LOWER);
    private static final Metric P99 = new Metric(NAME, "p99 of a delivery", "us", Better.LOWER, Metric.TAIL);
    private static final Metric CPU = new Metric(NAME, "cpu", "us/delivery", Better.LOWER, Metric.AT_A_RATE);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String about() {
        return ("One client publishes %d messages of %d bytes a second, %d sessions get each of them: in order, whole,"
                        + " once. Latency from the intended time of publishing to each listener.")
                .formatted(HERTZ, PAYLOAD, LISTENERS);
    }

    @Override
    public Set<Route> routes() {
        return Set.of(Route.ECHO, Route.FEED, Route.PUBLISH);
    }

    @Override
    public int visitMillis(Size size) {
        return size.maxWarmUpMillis() + 2 * size.windowMillis() + OPENING_MILLIS;
    }

    @Override
    public void run(Visit visit) throws IOException {
        List<Client> listeners =
                Opening.upgraded(LISTENERS, visit.server().address(), visit.plainHandshake(Route.FEED));
        try (Client publisher = Client.connect(visit.server().address())) {
            publisher.upgrade(visit.plainHandshake(Route.PUBLISH), 0);
            try (Broadcast load = Broadcast.start(publisher, listeners, HERTZ, PAYLOAD)) {
                visit.meter().warmUp(load, WARM_MESSAGES);
                load.latencies();
                Window window = visit.meter().window(load, 2 * visit.size().windowMillis(), () -> {});
                Histogram latencies = load.latencies();
                load.finish();
                visit.record(CPU, window.serverMicros());
                visit.record(P50, latencies.getValueAtPercentile(50) / 1e3);
                visit.record(P99, latencies.getValueAtPercentile(99) / 1e3);
                visit.latencies(NAME, "from publishing to each of %d listeners".formatted(LISTENERS), latencies);
            }
        } finally {
            Opening.closeAll(listeners);
        }
    }
}
