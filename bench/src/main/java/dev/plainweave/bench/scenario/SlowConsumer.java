package dev.plainweave.bench.scenario;

import dev.plainweave.bench.Route;
import dev.plainweave.bench.Size;
import dev.plainweave.bench.load.Broadcast;
import dev.plainweave.bench.load.Client;
import dev.plainweave.bench.process.Memory;
import dev.plainweave.bench.report.Metric;
import dev.plainweave.bench.report.Metric.Better;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.HdrHistogram.Histogram;

/** Listeners that do not read, beside listeners that do. */
public final class SlowConsumer implements Scenario {
    private static final String NAME = "slow-consumer";
    private static final int LISTENERS = 32;
    private static final int SLOW = 8;
    private static final int HERTZ = 25;
    private static final int PAYLOAD = 16 * 1024;
    private static final int RECEIVE_BUFFER = 8 * 1024;
    private static final int LENGTH_MILLIS = 24_000;
    private static final int SMOKE_MILLIS = 1_000;
    private static final Metric P99 = new Metric(NAME, "p99 of the readers", "us", Better.LOWER, Metric.TAIL);
    private static final Metric WORST = new Metric(NAME, "worst of the readers", "us", Better.LOWER, Metric.TAIL);
    private static final Metric CUT = new Metric(NAME, "the slow are cut after", "s", Better.NEITHER);
    private static final Metric RESIDENT = new Metric(NAME, "resident memory more", "MB", Better.LOWER, Metric.COARSE);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String about() {
        return ("%d messages of 16 KiB a second are published to %d listeners that read, and to %d that never do, for"
            + " %d seconds. What the readers notice, when the others are cut off (%d s: never), and what they cost.")
                .formatted(HERTZ, LISTENERS, SLOW, LENGTH_MILLIS / 1000, LENGTH_MILLIS / 1000);
    }

    @Override
    public Set<Route> routes() {
        return Set.of(Route.ECHO, Route.FEED, Route.PUBLISH);
    }

    @Override
    public boolean warmsUp() {
        return false;
    }

    @Override
    public int visitMillis(Size size) {
        return size.settleMillis() + LENGTH_MILLIS;
    }

    @Override
    public void run(Visit visit) throws IOException {
        int length = visit.size().smoke() ? SMOKE_MILLIS : LENGTH_MILLIS;
        long pid = visit.server().pid();
        List<Client> readers = Opening.upgraded(LISTENERS, visit.server().address(), visit.plainHandshake(Route.FEED));
        List<Client> slow = new ArrayList<>();
        try (Client publisher = Client.connect(visit.server().address())) {
            publisher.upgrade(visit.plainHandshake(Route.PUBLISH), 0);
            try (Broadcast load = Broadcast.start(publisher, readers, HERTZ, PAYLOAD)) {
                visit.meter().settle(load, visit.size());
                Memory before = Memory.afterGc(pid);
                for (int n = 0; n < SLOW; n++) {
                    Client client = Client.connectSmall(visit.server().address(), RECEIVE_BUFFER);
                    slow.add(client);
                    client.upgrade(visit.plainHandshake(Route.FEED), n);
                }
                Cut cut = new Cut(pid, Memory.descriptors(pid) - SLOW);
                load.latencies();
                visit.meter().window(load, length, cut::look);
                Histogram latencies = load.latencies();
                load.finish();
                visit.record(P99, latencies.getValueAtPercentile(99) / 1e3);
                visit.record(WORST, latencies.getMaxValue() / 1e3);
                visit.record(CUT, cut.seconds(length));
                visit.record(RESIDENT, (Memory.afterGc(pid).rssBytes() - before.rssBytes()) / 1e6);
                visit.latencies(NAME, "from publishing to the listeners that read", latencies);
            }
        } finally {
            Opening.closeAll(readers);
            Opening.closeAll(slow);
        }
    }
}
