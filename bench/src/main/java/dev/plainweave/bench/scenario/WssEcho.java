package dev.plainweave.bench.scenario;

import dev.plainweave.bench.Route;
import dev.plainweave.bench.Size;
import dev.plainweave.bench.load.Client;
import dev.plainweave.bench.load.Frames;
import dev.plainweave.bench.load.Lives;
import dev.plainweave.bench.load.LoadException;
import dev.plainweave.bench.process.KeyStoreFile;
import dev.plainweave.bench.report.Metric;
import dev.plainweave.bench.report.Metric.Better;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Echo over TLS. */
public final class WssEcho implements Scenario {
    private static final String NAME = "wss-echo";
    private static final int CONNECTIONS = 64;
    private static final int THREADS = 16;
    private static final int PAYLOAD = 64;
    private static final int WARM_ECHOES = 20_000;
    private static final int OPENING_MILLIS = 1_500;
    private static final Metric RATE = new Metric(NAME, "echoes", "/s", Better.HIGHER);
    private static final Metric CPU = new Metric(NAME, "cpu", "us/echo", Better.LOWER);

    private @Nullable KeyStoreFile keyStore;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean alone() {
        return true;
    }

    @Override
    public String about() {
        return "64-byte text echo over TLS 1.3, 64 connections, 16 of them with a message under way at a time.";
    }

    @Override
    public Set<Route> routes() {
        return Set.of(Route.TLS);
    }

    @Override
    public List<String> arguments() {
        return List.of("--tls", keyStore().file().toString());
    }

    @Override
    public boolean plain() {
        return false;
    }

    @Override
    public int visitMillis(Size size) {
        return size.maxWarmUpMillis() + size.windowMillis() + OPENING_MILLIS;
    }

    @Override
    public void run(Visit visit) throws IOException {
        SSLContext tls = keyStore().client();
        byte[] payload = Frames.payload(1, 1, PAYLOAD);
        byte[] message = Frames.masked(Frames.TEXT, payload, 0x5B3C1D2E);
        byte[] echo = Frames.plain(Frames.TEXT, payload);
        List<Client> clients = new ArrayList<>();
        BlockingQueue<Client> idle = new ArrayBlockingQueue<>(CONNECTIONS);
        try {
            for (int n = 0; n < CONNECTIONS; n++) {
                Client client = Client.connectSecure(visit.server().address(), tls);
                clients.add(client);
                client.upgrade(visit.secureHandshake(), n);
                idle.add(client);
            }
            try (Lives load = Lives.unpaced(THREADS, n -> {
                Client client = take(idle);
                client.send(message);
                client.expect(echo, "echo");
                idle.add(client);
            })) {
                visit.meter().warmUp(load, WARM_ECHOES);
                Window window = visit.meter().quietWindow(load, visit.size().windowMillis());
                load.finish();
                visit.record(RATE, window.perSecond());
                visit.record(CPU, window.serverMicros());
            }
        } finally {
            Opening.closeAll(clients);
        }
    }

    private KeyStoreFile keyStore() {
        KeyStoreFile made = keyStore;
        if (made == null) {
            made = KeyStoreFile.make();
            keyStore = made;
        }
        return made;
    }

    private static Client take(BlockingQueue<Client> idle) {
        try {
            return idle.take();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new LoadException("interrupted", interrupted);
        }
    }
}
