package dev.plainweave.bench.scenario;

import dev.plainweave.bench.load.ClosedLoop;
import dev.plainweave.bench.load.OpenLoop;
import dev.plainweave.bench.report.Metric;
import dev.plainweave.bench.report.Metric.Better;
import java.io.IOException;
import org.HdrHistogram.Histogram;

/**
 * 64-byte text echo. CPU is the server process's, all its threads, per validated echo: the figure that says how many such
 * machines one needs. The closed loop has one message under way on every connection; the open loop sends 5,000 a second
 * over 64 connections whatever comes back, where wake-ups are not shared by many messages.
 */
public final class WsEcho implements Scenario {
    private static final String NAME = "ws-echo";
    private static final int FEW = 64;
    private static final int MANY = 1_000;
    private static final int WARM_ECHOES = 100_000;
    private static final int RATE = 5_000;

    private static final Metric FEW_CPU = cpu("cpu at 64 connections");
    private static final Metric FEW_RATE = new Metric(NAME, "echoes at 64 connections", "/s", Better.HIGHER);
    private static final Metric MANY_CPU = cpu("cpu at 1000 connections");
    private static final Metric MANY_RATE = new Metric(NAME, "echoes at 1000 connections", "/s", Better.HIGHER);
    private static final Metric OPEN_CPU = cpu("cpu at 5000/s");
    private static final Metric OPEN_RATE = new Metric(NAME, "answered at 5000/s", "/s", Better.NEITHER);
    private static final Metric OPEN_P50 = latency("p50 at 5000/s");
    private static final Metric OPEN_P99 = latency("p99 at 5000/s");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(Visit visit) throws IOException {
        closed(visit, FEW, FEW_CPU, FEW_RATE);
        closed(visit, MANY, MANY_CPU, MANY_RATE);
        open(visit);
    }

    private static void closed(Visit visit, int connections, Metric cpu, Metric rate) throws IOException {
        var clients = Opening.upgraded(connections, visit.server().address(), visit.plainHandshake());
        try (ClosedLoop load = ClosedLoop.start(clients, Opening.echoes(connections))) {
            if (connections == FEW) {
                visit.meter().warmUp(load, visit.size(), WARM_ECHOES);
            } else {
                visit.meter().settle(load, visit.size());
            }
            visit.meter().quietWindow(load, visit.size().windowMillis(), () -> {}, window -> {
                visit.record(cpu, window.serverMicros());
                visit.record(rate, window.perSecond());
            });
            load.finish();
        } finally {
            Opening.closeAll(clients);
        }
    }

    private static void open(Visit visit) throws IOException {
        var clients = Opening.upgraded(FEW, visit.server().address(), visit.plainHandshake());
        try (OpenLoop load = OpenLoop.start(clients, Opening.echoes(FEW), RATE)) {
            visit.meter().settle(load, visit.size());
            visit.meter().quietWindow(load, visit.size().windowMillis(), load::latencies, window -> {
                Histogram latencies = load.latencies();
                visit.record(OPEN_CPU, window.serverMicros());
                visit.record(OPEN_P50, latencies.getValueAtPercentile(50) / 1e3);
                visit.record(OPEN_P99, latencies.getValueAtPercentile(99) / 1e3);
                visit.record(OPEN_RATE, window.perSecond());
            });
            load.finish();
        } finally {
            Opening.closeAll(clients);
        }
    }

    private static Metric cpu(String name) {
        return new Metric(NAME, name, "us/echo", Better.LOWER);
    }

    private static Metric latency(String name) {
        return new Metric(NAME, name, "us", Better.LOWER);
    }
}
