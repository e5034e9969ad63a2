package dev.plainweave.bench.scenario;

import dev.plainweave.bench.Size;
import dev.plainweave.bench.load.Client;
import dev.plainweave.bench.load.OpenLoop;
import dev.plainweave.bench.report.Metric;
import dev.plainweave.bench.report.Metric.Better;
import java.io.IOException;
import java.util.List;
import org.HdrHistogram.Histogram;

/** Connections that are reset, by the hundred, beside calm neighbours; and what they leave behind. */
public final class ResetStorm implements Scenario {
    static final String NAME = "reset-storm";
    static final int NEIGHBOURS = 32;
    static final int STORM = 400;
    private static final int EACH = 50;
    private static final int ENDS_MILLIS = 700;
    private static final Metric STORM_P99 = tail("neighbours' p99 in the storm", "us");
    private static final Metric CONTROL_P99 = new Metric(NAME, "neighbours' p99 in the control", "us", Better.NEITHER);
    private static final Metric RATIO = tail("p99 storm/control", "ratio");
    private static final Metric WORST = tail("neighbours' worst in the storm", "us");
    private static final Metric CPU =
            new Metric(NAME, "a reset connection's life", "us of cpu", Better.LOWER, Metric.COARSE);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String about() {
        return ("%d calm neighbours, %d echoes a second each, beside %d connections a second that are opened,"
            + " upgraded, exchange one message and are reset (SO_LINGER 0). The control is the same with Close 1000"
            + " instead of the reset. Control, storm, storm, control in one process (the other way round in odd"
            + " rounds). The neighbours' latency counts from the intended send time.")
                .formatted(NEIGHBOURS, EACH, STORM);
    }

    @Override
    public boolean floor() {
        return false;
    }

    @Override
    public int visitMillis(Size size) {
        return size.maxWarmUpMillis() + size.settleMillis() + 4 * size.legMillis() + ENDS_MILLIS;
    }

    @Override
    public void run(Visit visit) throws IOException {
        List<Client> clients = Opening.upgraded(NEIGHBOURS, visit.server().address(), visit.plainHandshake());
        try (OpenLoop neighbours =
                OpenLoop.start(clients, Opening.echoes(NEIGHBOURS, StormLegs.PAYLOAD), (double) NEIGHBOURS * EACH)) {
            StormLegs legs = new StormLegs(visit, neighbours);
            legs.warmUp();
            boolean stormOutside = visit.round() % 2 == 1;
            legs.run(stormOutside);
            legs.run(!stormOutside);
            legs.run(!stormOutside);
            legs.run(stormOutside);
            neighbours.finish();
            record(visit, legs);
        } finally {
            Opening.closeAll(clients);
        }
    }

    private static void record(Visit visit, StormLegs legs) {
        Histogram storm = legs.storm();
        Histogram control = legs.control();
        visit.record(STORM_P99, storm.getValueAtPercentile(99) / 1e3);
        visit.record(CONTROL_P99, control.getValueAtPercentile(99) / 1e3);
        visit.record(RATIO, (double) storm.getValueAtPercentile(99) / control.getValueAtPercentile(99));
        visit.record(WORST, storm.getMaxValue() / 1e3);
        visit.record(CPU, legs.microsOfALife());
        visit.latencies(NAME, "neighbours in the storm", storm);
        visit.latencies(NAME, "neighbours in the control", control);
        visit.results().storm(legs.tally());
        visit.results().timeline(legs.timeline());
    }

    private static Metric tail(String name, String unit) {
        return new Metric(NAME, name, unit, Better.LOWER, Metric.TAIL);
    }
}
