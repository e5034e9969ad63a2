package dev.plainweave.bench.scenario;

import dev.plainweave.bench.load.Client;
import dev.plainweave.bench.load.Frames;
import dev.plainweave.bench.load.Handshake;
import dev.plainweave.bench.load.Lives;
import dev.plainweave.bench.load.OpenLoop;
import dev.plainweave.bench.process.Memory;
import dev.plainweave.bench.process.Output;
import dev.plainweave.bench.report.StormTally;
import dev.plainweave.bench.report.Timeline;
import java.io.IOException;
import org.HdrHistogram.Histogram;

/** The legs of one visit of the storm: each is a second or more of connections that all end in the same way. */
final class StormLegs {
    static final int PAYLOAD = 64;

    private static final int STORM_THREADS = 16;
    private static final int WARM_THREADS = 4;
    private static final int WARM_LIVES = 2_000;

    private final Visit visit;
    private final OpenLoop neighbours;
    private final Handshake handshake;
    private final byte[] message;
    private final byte[] echo;
    private final Aftermath aftermath;
    private final Histogram storm = new Histogram(3);
    private final Histogram control = new Histogram(3);
    private final Timeline timeline;
    private final StormTally.Builder tally = new StormTally.Builder();
    private double stormCpuMicros;
    private long stormLives;

    StormLegs(Visit visit, OpenLoop neighbours) {
        this.visit = visit;
        this.neighbours = neighbours;
        this.handshake = visit.plainHandshake();
        byte[] payload = Frames.payload(0, 0, PAYLOAD);
        this.message = Frames.masked(Frames.TEXT, payload, 0x13572468);
        this.echo = Frames.plain(Frames.TEXT, payload);
        this.aftermath = new Aftermath(visit);
        this.timeline = new Timeline(visit.variant().name(), visit.round());
    }

    void warmUp() throws IOException {
        try (Lives lives = Lives.unpaced(WARM_THREADS, n -> life(n, n % 2 == 0))) {
            visit.meter().warmUp(lives, WARM_LIVES);
            lives.finish();
        }
        visit.meter().settle(neighbours, visit.size());
        aftermath.remember();
    }

    void run(boolean resets) throws IOException {
        aftermath.begin();
        Output output = visit.server().output();
        int lines = output.lines();
        int traces = output.stackTraces();
        Histogram latencies = resets ? storm : control;
        long count;
        try (Lives lives = Lives.paced(STORM_THREADS, ResetStorm.STORM, n -> life(n, resets))) {
            neighbours.latencies();
            Window window = visit.meter().window(neighbours, visit.size().legMillis(), () -> {
                Histogram tick = neighbours.latencies();
                latencies.add(tick);
                timeline.add(resets, tick, Memory.descriptors(visit.server().pid()));
            });
            lives.finish();
            count = lives.completed();
            double rate = count * 1e9 / window.wallNanos();
            if (rate < 0.9 * ResetStorm.STORM) {
                visit.note(ResetStorm.NAME, "only %.0f of %d connections a second".formatted(rate, ResetStorm.STORM));
            }
            if (resets) {
                stormLives += count;
                stormCpuMicros += window.serverCpuNanos() / 1e3;
            }
        }
        Aftermath.Left left = aftermath.await(count);
        if (resets) {
            tally.leg(count, left.millis(), left.ends());
            tally.logged(output.lines() - lines, output.stackTraces() - traces);
        }
    }

    Histogram storm() {
        return storm;
    }

    Histogram control() {
        return control;
    }

    Timeline timeline() {
        return timeline;
    }

    /** The neighbours' echoes included: they are the same in all variants. */
    double microsOfALife() {
        return stormCpuMicros / stormLives;
    }

    /** Counts what is left, and says what never may be. */
    StormTally tally() {
        StormTally result = tally.build(visit.variant().name(), visit.round(), aftermath.leaks());
        if (result.logLines() > 0 || result.stackTraces() > 0) {
            visit.broken(
                    ResetStorm.NAME,
                    "%d log lines and %d stack traces in the storm: %s"
                            .formatted(
                                    result.logLines(),
                                    result.stackTraces(),
                                    visit.server().output().tail()));
        }
        return result;
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
