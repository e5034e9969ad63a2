package dev.plainweave.bench.scenario;

import dev.plainweave.bench.load.Client;
import dev.plainweave.bench.load.Handshake;
import dev.plainweave.bench.load.OpenLoop;
import dev.plainweave.bench.load.Threads;
import dev.plainweave.bench.process.MachineCpu;
import dev.plainweave.bench.process.ServerProcess;
import java.io.IOException;
import java.util.List;

/**
 * What the loaded open loop of a run goes by, the same for every variant and round. A rate that follows each variant's own
 * capacity would load the faster one more, and compare what is not alike; and four fifths of what a closed loop reaches is
 * more than a machine can do that has the generator on it, so that the scheduler's time slices are measured.
 *
 * @param loaded echoes a second
 */
public record Pace(double loaded) {
    /** Where nothing was measured before: a rate that every server can serve. */
    public static final Pace UNKNOWN = new Pace(8_000);

    private static final double LOADED = 0.8;
    private static final double STEP = 1_000;
    private static final int CONNECTIONS = 64;
    private static final int PAYLOAD = 64;
    private static final int LOOK_MILLIS = 1_000;
    private static final int LOOKS = 3;

    /** The rate at which that server, the generator included, keeps the machine busy to 80 %; found in a few steps. */
    public static Pace of(ServerProcess server, String path) throws IOException {
        Handshake handshake = Handshake.plain(ServerProcess.HOST, server.port(), path);
        double goal = LOADED * Runtime.getRuntime().availableProcessors();
        double rate = UNKNOWN.loaded;
        for (int i = 0; i < LOOKS; i++) {
            rate *= goal / busyCores(server, handshake, rate);
        }
        return new Pace(Math.max(STEP, Math.round(rate / STEP) * STEP));
    }

    private static double busyCores(ServerProcess server, Handshake handshake, double rate) throws IOException {
        List<Client> clients = Opening.upgraded(CONNECTIONS, server.address(), handshake);
        try (OpenLoop load = OpenLoop.start(clients, Opening.echoes(CONNECTIONS, PAYLOAD), rate)) {
            Threads.sleep(LOOK_MILLIS / 4);
            long start = System.nanoTime();
            long before = MachineCpu.busyNanos();
            Threads.sleep(LOOK_MILLIS);
            double cores = (double) (MachineCpu.busyNanos() - before) / (System.nanoTime() - start);
            load.finish();
            return Math.max(cores, 0.1);
        } finally {
            Opening.closeAll(clients);
        }
    }
}
