package dev.plainweave.bench.scenario;

import dev.plainweave.bench.load.Client;
import dev.plainweave.bench.load.Frames;
import dev.plainweave.bench.load.Handshake;
import dev.plainweave.bench.load.Lives;
import dev.plainweave.bench.load.OpenLoop;
import dev.plainweave.bench.report.Metric;
import dev.plainweave.bench.report.Metric.Better;
import java.io.IOException;
import org.HdrHistogram.Histogram;

/**
 * 32 calm neighbours, 50 echoes a second each, beside 400 connections a second that are opened, upgraded, exchange one
 * message and are reset (SO_LINGER 0). The control is the same with Close 1000 instead of the reset. Legs run control,
 * storm, storm, control in one process (the other way round in odd rounds). The neighbours' latency counts from the
 * intended send time; the ratio of the p99s is what a reset costs those who have nothing to do with it.
 */
public final class ResetStorm implements Scenario {
    private static final String NAME = "reset-storm";
    private static final int NEIGHBOURS = 32;
    private static final int EACH = 50;
    private static final int STORM = 400;
    private static final int STORM_THREADS = 16;
    private static final int WARM_THREADS = 4;
    private static final int WARM_LIVES = 8_000;
    private static final Metric STORM_P99 = new Metric(NAME, "neighbours' p99 in the storm", "us", Better.LOWER);
    private static final Metric CONTROL_P99 = new Metric(NAME, "neighbours' p99 in the control", "us", Better.LOWER);
    private static final Metric RATIO = new Metric(NAME, "p99 storm/control", "ratio", Better.LOWER);
    private static final Metric MAX = new Metric(NAME, "neighbours' worst in the storm", "us", Better.LOWER);
    private static final Metric LINES = new Metric(NAME, "log lines in the storm", "lines", Better.LOWER);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(Visit visit) throws IOException {
        var clients = Opening.upgraded(NEIGHBOURS, visit.server().address(), visit.plainHandshake());
        try (OpenLoop neighbours = OpenLoop.start(clients, Opening.echoes(NEIGHBOURS), (double) NEIGHBOURS * EACH)) {
            Legs legs = new Legs(visit, neighbours);
            legs.warmUp();
            boolean stormOutside = visit.round() % 2 == 1;
            legs.run(stormOutside);
            legs.run(!stormOutside);
            legs.run(!stormOutside);
            legs.run(stormOutside);
            neighbours.finish();
            legs.report();
        } finally {
            Opening.closeAll(clients);
        }
    }

    private static final class Legs {
        private final Visit visit;
        private final OpenLoop neighbours;
        private final Handshake handshake;
        private final byte[] message;
        private final byte[] echo;
        private final Histogram storm = new Histogram(3);
        private final Histogram control = new Histogram(3);
        private int stormLines;

        Legs(Visit visit, OpenLoop neighbours) {
            this.visit = visit;
            this.neighbours = neighbours;
            this.handshake = visit.plainHandshake();
            byte[] payload = Frames.payload(0, 0, 64);
            this.message = Frames.masked(Frames.TEXT, payload, 0x13572468);
            this.echo = Frames.plain(Frames.TEXT, payload);
        }

        void warmUp() {
            try (Lives lives = Lives.unpaced(WARM_THREADS, n -> life(n, n % 2 == 0))) {
                visit.meter().warmUp(lives, visit.size(), WARM_LIVES);
                lives.finish();
            }
            visit.meter().settle(neighbours, visit.size());
        }

        void run(boolean resets) {
            int linesBefore = visit.server().lines();
            try (Lives lives = lives(resets)) {
                neighbours.latencies();
                Window window = visit.meter().window(neighbours, visit.size().stormLegMillis());
                (resets ? storm : control).add(neighbours.latencies());
                double rate = lives.completed() * 1e9 / window.wallNanos();
                if (rate < 0.95 * STORM) {
                    visit.note(NAME, "only %.0f of %d connections a second".formatted(rate, STORM));
                }
                lives.finish();
            }
            if (resets) {
                stormLines += visit.server().lines() - linesBefore;
            }
        }

        void report() {
            visit.record(STORM_P99, storm.getValueAtPercentile(99) / 1e3);
            visit.record(CONTROL_P99, control.getValueAtPercentile(99) / 1e3);
            visit.record(RATIO, (double) storm.getValueAtPercentile(99) / control.getValueAtPercentile(99));
            visit.record(MAX, storm.getMaxValue() / 1e3);
            visit.record(LINES, stormLines);
        }

        private Lives lives(boolean resets) {
            return Lives.paced(STORM_THREADS, STORM, n -> life(n, resets));
        }

        private void life(int n, boolean resets) throws IOException {
            try (Client client = Client.connect(visit.server().address())) {
                client.upgrade(handshake, n);
                client.send(message);
                client.expect(echo, "echo");
                if (resets) {
                    client.reset();
                } else {
                    client.closeNormally(n);
                }
            }
        }
    }
}
