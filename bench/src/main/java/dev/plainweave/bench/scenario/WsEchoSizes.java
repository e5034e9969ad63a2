package dev.plainweave.bench.scenario;

import dev.plainweave.bench.Size;
import dev.plainweave.bench.load.Client;
import dev.plainweave.bench.load.ClosedLoop;
import dev.plainweave.bench.report.Metric;
import dev.plainweave.bench.report.Metric.Better;
import java.io.IOException;
import java.util.List;

/** Echoes of other sizes, on up to 5,000 connections. */
public final class WsEchoSizes implements Scenario {
    private static final String NAME = "ws-echo-sizes";
    private static final List<Integer> PAYLOADS = List.of(5, 1_024);
    private static final List<Integer> CONNECTIONS = List.of(64, 1_000, 5_000);
    private static final int WARM_ECHOES = 60_000;
    private static final int OPENING_MILLIS = 7_000;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String about() {
        return "Closed loop as in ws-echo, with 5 bytes and with 1 KiB, on 64, 1,000 and 5,000 connections.";
    }

    @Override
    public int visitMillis(Size size) {
        int loads = PAYLOADS.size() * CONNECTIONS.size();
        return Rehearsal.coldMillis(size)
                + size.maxWarmUpMillis()
                + loads * (size.settleMillis() + size.windowMillis())
                + OPENING_MILLIS;
    }

    @Override
    public void run(Visit visit) throws IOException {
        Rehearsal.of(visit, visit.size().connections(Rehearsal.MOST));
        boolean cold = true;
        for (int payload : PAYLOADS) {
            for (int connections : CONNECTIONS) {
                closed(visit, payload, visit.size().connections(connections), cold);
                cold = false;
            }
        }
    }

    private static void closed(Visit visit, int payload, int connections, boolean cold) throws IOException {
        List<Client> clients = Opening.upgraded(connections, visit.server().address(), visit.plainHandshake());
        try (ClosedLoop load = ClosedLoop.start(clients, Opening.echoes(connections, payload))) {
            if (cold) {
                visit.meter().warmUp(load, WARM_ECHOES);
            } else {
                visit.meter().settle(load, visit.size());
            }
            Window window = visit.meter().quietWindow(load, visit.size().windowMillis());
            load.finish();
            String where = " of %d B at %d connections".formatted(payload, connections);
            visit.record(new Metric(NAME, "cpu" + where, "us/echo", Better.LOWER), window.serverMicros());
            visit.record(new Metric(NAME, "echoes" + where, "/s", Better.HIGHER), window.perSecond());
        } finally {
            Opening.closeAll(clients);
        }
    }
}
