package dev.plainweave.bench.scenario;

import dev.plainweave.bench.Size;
import dev.plainweave.bench.load.Client;
import dev.plainweave.bench.load.Handshake;
import dev.plainweave.bench.load.Lives;
import dev.plainweave.bench.report.Metric;
import dev.plainweave.bench.report.Metric.Better;
import java.io.IOException;

/** Whole lives of connections, as fast as they go. */
public final class WsChurn implements Scenario {
    private static final String NAME = "ws-churn";
    private static final int CLIENTS = 16;
    private static final int WARM_UPGRADES = 8_000;
    private static final Metric RATE = new Metric(NAME, "upgrades", "/s", Better.HIGHER);
    private static final Metric CPU = new Metric(NAME, "cpu", "us/upgrade", Better.LOWER);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String about() {
        return "Whole lives of connections: connect, a browser's upgrade (compression offered), 101 verified, Close"
                + " 1000 both ways, end. 16 clients, each with one at a time.";
    }

    @Override
    public int visitMillis(Size size) {
        return size.maxWarmUpMillis() + size.windowMillis();
    }

    @Override
    public void run(Visit visit) throws IOException {
        Handshake handshake = visit.browserHandshake();
        var address = visit.server().address();
        Lives.Life life = n -> {
            try (Client client = Client.connect(address)) {
                client.upgrade(handshake, n);
                client.closeNormally(n);
            }
        };
        try (Lives load = Lives.unpaced(CLIENTS, life)) {
            visit.meter().warmUp(load, WARM_UPGRADES);
            Window window = visit.meter().quietWindow(load, visit.size().windowMillis());
            load.finish();
            visit.record(RATE, window.perSecond());
            visit.record(CPU, window.serverMicros());
        }
    }
}
