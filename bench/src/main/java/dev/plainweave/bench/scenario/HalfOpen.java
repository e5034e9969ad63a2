package dev.plainweave.bench.scenario;

import dev.plainweave.bench.Size;
import dev.plainweave.bench.load.Client;
import dev.plainweave.bench.load.Frames;
import dev.plainweave.bench.load.OpenLoop;
import dev.plainweave.bench.process.Memory;
import dev.plainweave.bench.report.Metric;
import dev.plainweave.bench.report.Metric.Better;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.HdrHistogram.Histogram;

/** Connections that begin something and never finish it, beside calm neighbours. */
public final class HalfOpen implements Scenario {
    private static final String NAME = "half-open";
    private static final int STALLED = 200;
    private static final int NEIGHBOURS = 32;
    private static final double RATE = 1_600;
    private static final int PAYLOAD = 64;
    private static final int LENGTH_MILLIS = 16_000;
    private static final int SMOKE_MILLIS = 1_000;
    private static final Metric P99 = new Metric(NAME, "neighbours' p99", "us", Better.LOWER, Metric.TAIL);
    private static final Metric CUT = new Metric(NAME, "the stalled are cut after", "s", Better.NEITHER);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String about() {
        return ("%d connections send half a request head (slowloris) and %d more half a WebSocket frame, and then"
            + " nothing, beside %d neighbours with %.0f echoes a second. What those notice, and when the others are"
            + " cut off (%d s: never; the product's limits are 10 s).")
                .formatted(STALLED, STALLED, NEIGHBOURS, RATE, LENGTH_MILLIS / 1000);
    }

    @Override
    public boolean warmsUp() {
        return false;
    }

    @Override
    public int visitMillis(Size size) {
        return 2 * size.settleMillis() + LENGTH_MILLIS + STALLED;
    }

    @Override
    public void run(Visit visit) throws IOException {
        int length = visit.size().smoke() ? SMOKE_MILLIS : LENGTH_MILLIS;
        long pid = visit.server().pid();
        List<Client> clients = Opening.upgraded(NEIGHBOURS, visit.server().address(), visit.plainHandshake());
        List<Client> stalled = new ArrayList<>();
        try (OpenLoop neighbours = OpenLoop.start(clients, Opening.echoes(NEIGHBOURS, PAYLOAD), RATE)) {
            visit.meter().settle(neighbours, visit.size());
            int before = Memory.descriptors(pid);
            open(visit, stalled);
            visit.meter().settle(neighbours, visit.size());
            Cut cut = new Cut(pid, before + 3);
            neighbours.latencies();
            visit.meter().window(neighbours, length, cut::look);
            Histogram latencies = neighbours.latencies();
            neighbours.finish();
            visit.record(P99, latencies.getValueAtPercentile(99) / 1e3);
            visit.record(CUT, cut.seconds(length));
            visit.latencies(NAME, "neighbours of the stalled", latencies);
            if (!cut.done() && !visit.size().smoke() && visit.variant().name().startsWith("native-")) {
                visit.broken(NAME, "stalled connections are open after " + LENGTH_MILLIS + " ms");
            }
        } finally {
            Opening.closeAll(clients);
            Opening.closeAll(stalled);
        }
    }

    private static void open(Visit visit, List<Client> stalled) throws IOException {
        byte[] frame = Frames.masked(Frames.TEXT, Frames.payload(0, 0, PAYLOAD), 0x1357);
        byte[] half = Arrays.copyOf(frame, frame.length / 2);
        for (int n = 0; n < STALLED; n++) {
            Client slowloris = Client.connect(visit.server().address());
            stalled.add(slowloris);
            slowloris.send("GET / HTTP/1.1\r\nHost: here\r\nX-Slow".getBytes(StandardCharsets.US_ASCII));
            Client stall = Client.connect(visit.server().address());
            stalled.add(stall);
            stall.upgrade(visit.plainHandshake(), n);
            stall.send(half);
        }
    }
}
