package dev.plainweave.bench.scenario;

import dev.plainweave.bench.Size;
import dev.plainweave.bench.load.Client;
import dev.plainweave.bench.load.ClosedLoop;
import dev.plainweave.bench.load.OpenLoop;
import dev.plainweave.bench.report.Metric;
import dev.plainweave.bench.report.Metric.Better;
import java.io.IOException;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * 64-byte text echo. CPU is the server process's, all its threads, per validated echo: the figure that says how many such
 * machines one needs.
 */
public final class WsEcho implements Scenario {
    private static final String NAME = "ws-echo";
    private static final int FEW = 64;
    private static final int MANY = 1_000;
    private static final int PAYLOAD = 64;
    private static final int WARM_ECHOES = 50_000;
    private static final int RATE = 5_000;
    /** Of the lone connection: as often as not, both cores have gone to sleep before a message. */
    private static final int LONE_RATE = 500;

    private static final int OPENING_MILLIS = 1_500;

    private static final Metric OPEN_CPU = new Metric(NAME, "cpu at 5000/s", "us/echo", Better.LOWER, Metric.COARSE);
    private static final Metric OPEN_P50 = new Metric(NAME, "p50 at 5000/s", "us", Better.LOWER);
    private static final Metric OPEN_P99 = tail("p99 at 5000/s");
    private static final Metric LOADED_P99 = tail("p99 at 80 % load");
    private static final Metric LOADED_RATE = new Metric(NAME, "80 % load", "/s", Better.NEITHER);
    private static final Metric LONE_P50 = new Metric(NAME, "p50 of one lone connection", "us", Better.LOWER);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String about() {
        return "64-byte text echo, every answer compared byte for byte, after sessions have come and gone until the"
            + " JIT had compiled that. Closed loop: one message under way on each of 64 and of 1,000 connections"
            + " (capacity, CPU). Open loop over 64 connections: 5,000 a second, and the rate at which the selector"
            + " variant and the generator kept this machine 80 % busy before the first visit, the same for all, each"
            + " latency from the intended send time. At the end one lone connection, 500 a second: between two"
            + " messages the machine is idle.";
    }

    @Override
    public int visitMillis(Size size) {
        int windows = 5 * size.windowMillis() + size.windowMillis() / 2;
        return Rehearsal.coldMillis(size) + size.maxWarmUpMillis() + 3 * size.settleMillis() + windows + OPENING_MILLIS;
    }

    @Override
    public void run(Visit visit) throws IOException {
        Rehearsal.of(visit, visit.size().connections(Rehearsal.MOST));
        closed(visit, FEW);
        closed(visit, MANY);
        Meter.Timed steady = open(visit, RATE, visit.size().windowMillis());
        visit.record(OPEN_CPU, steady.window().serverMicros());
        visit.record(OPEN_P50, micros(steady.latencies(), 50));
        visit.record(OPEN_P99, micros(steady.latencies(), 99));
        visit.latencies(NAME, "5,000 a second over 64 connections", steady.latencies());

        double rate = visit.pace().loaded();
        Meter.Timed loaded = open(visit, rate, 2 * visit.size().windowMillis()); // a stall or two must not decide it
        visit.record(LOADED_RATE, rate);
        visit.record(LOADED_P99, micros(loaded.latencies(), 99));
        visit.latencies(NAME, "80 % load, 64 connections", loaded.latencies());
        if (loaded.window().perSecond() < 0.97 * rate) {
            visit.note(
                    NAME,
                    "only %,.0f of %,.0f messages a second came through at 80 %% load"
                            .formatted(loaded.window().perSecond(), rate));
        }
        lone(visit);
    }

    private static void closed(Visit visit, int connections) throws IOException {
        List<Client> clients = Opening.upgraded(connections, visit.server().address(), visit.plainHandshake());
        try (ClosedLoop load = ClosedLoop.start(clients, Opening.echoes(connections, PAYLOAD))) {
            if (connections == FEW) {
                visit.meter().warmUp(load, WARM_ECHOES);
            } else {
                visit.meter().settle(load, visit.size());
            }
            Window window = visit.meter().quietWindow(load, visit.size().windowMillis());
            load.finish();
            visit.record(cpu("cpu at " + connections + " connections"), window.serverMicros());
            visit.record(
                    new Metric(NAME, "echoes at " + connections + " connections", "/s", Better.HIGHER),
                    window.perSecond());
        } finally {
            Opening.closeAll(clients);
        }
    }

    private static Meter.Timed open(Visit visit, double rate, int millis) throws IOException {
        List<Client> clients = Opening.upgraded(FEW, visit.server().address(), visit.plainHandshake());
        try (OpenLoop load = OpenLoop.start(clients, Opening.echoes(FEW, PAYLOAD), rate)) {
            visit.meter().settle(load, visit.size());
            Meter.Timed timed = visit.meter().quietWindow(load, millis);
            load.finish();
            return timed;
        } finally {
            Opening.closeAll(clients);
        }
    }

    /** Not settled: the JIT has next to nothing to do at such a rate, and no share in the waking of a core. */
    private static void lone(Visit visit) throws IOException {
        List<Client> clients = Opening.upgraded(1, visit.server().address(), visit.plainHandshake());
        try (OpenLoop load = OpenLoop.start(clients, Opening.echoes(1, PAYLOAD), LONE_RATE)) {
            visit.meter().window(load, visit.size().windowMillis() / 2, () -> {});
            Histogram latencies = load.latencies();
            load.finish();
            visit.record(LONE_P50, micros(latencies, 50));
            visit.latencies(NAME, "one lone connection, 500 a second", latencies);
        } finally {
            Opening.closeAll(clients);
        }
    }

    private static double micros(Histogram latencies, double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1e3;
    }

    private static Metric cpu(String name) {
        return new Metric(NAME, name, "us/echo", Better.LOWER);
    }

    private static Metric tail(String name) {
        return new Metric(NAME, name, "us", Better.LOWER, Metric.TAIL);
    }
}
