package dev.plainweave.bench.scenario;

import dev.plainweave.bench.Size;
import dev.plainweave.bench.load.Client;
import dev.plainweave.bench.load.Frames;
import dev.plainweave.bench.load.Handshake;
import dev.plainweave.bench.load.LoadException;
import dev.plainweave.bench.process.JitCpu;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Sessions that come and go before anything is measured, with two echoes each, as in a server that has run for a while, until
 * the JIT has nothing left to compile of that. A handler that loops for the life of its session stays in the code it was
 * entered with: where that was interpreted, or still counting for the compiler, it is slower for as long as it lives, and
 * its parked stack larger.
 */
final class Rehearsal {
    /** Where a scenario shares its process. */
    static final int MOST = 2_000;

    static final double MILLIS_A_SESSION = 0.7;

    /** Of the first ones of a process. */
    private static final double COLD_MILLIS_A_SESSION = 1.5;

    private static final int BATCH = 100;
    private static final int A_LOOK = 500;

    private Rehearsal() {}

    /** How long it takes in a process that has done nothing yet. */
    static int coldMillis(Size size) {
        return (int) (size.connections(MOST) * COLD_MILLIS_A_SESSION);
    }

    /** So many sessions at most. */
    static void of(Visit visit, int most) throws IOException {
        long pid = visit.server().pid();
        boolean compiling = true;
        for (int n = 0; n < most && compiling; n += A_LOOK) {
            JitCpu before = JitCpu.of(pid);
            long start = System.nanoTime();
            comeAndGo(visit, Math.min(A_LOOK, most - n));
            double cores = (double) JitCpu.of(pid).since(before) / (System.nanoTime() - start);
            compiling = cores > WarmUp.QUIET_CORES;
        }
    }

    private static void comeAndGo(Visit visit, int count) throws IOException {
        Handshake handshake = visit.plainHandshake(); // without compression, for an echo known byte for byte
        int n = 0;
        while (n < count) {
            List<Client> batch = new ArrayList<>();
            try {
                for (int i = 0; i < BATCH; i++, n++) {
                    Client client = Client.connect(visit.server().address());
                    batch.add(client);
                    client.upgrade(handshake, n);
                }
                for (Client client : batch) {
                    echo(client);
                    echo(client);
                    client.closeNormally(n);
                }
            } finally {
                for (Client client : batch) {
                    client.close();
                }
            }
        }
    }

    private static void echo(Client client) throws IOException {
        byte[] payload = "as if somebody typed a line".getBytes(StandardCharsets.US_ASCII);
        client.send(Frames.masked(Frames.TEXT, payload, 0x1234A5A5));
        try {
            client.expect(Frames.plain(Frames.TEXT, payload), "echo");
        } catch (SocketTimeoutException silent) {
            throw new LoadException("answers lost while sessions came and went", silent);
        }
    }
}
