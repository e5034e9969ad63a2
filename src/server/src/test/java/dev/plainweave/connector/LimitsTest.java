package dev.plainweave.connector;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.channels.SelectableChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.SelectorManager.AcceptListener;
import org.eclipse.jetty.server.AcceptRateLimit;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rule 5: Jetty's limits on connections work, which a SelectorManager serves elsewhere. All fail when it is not told. */
class LimitsTest {
    private static final TestServer.Exchange EMPTY = (request, response, in, out) -> {};

    @ParameterizedTest
    @EnumSource
    void connectionsBeyondTheLimitWaitAndTheCountReturnsToNothing(Variant variant) throws Exception {
        try (TestServer server = new TestServer(variant).handler(TestServer.blocking(EMPTY))) {
            NetworkConnectionLimit limit = new NetworkConnectionLimit(3, server.server);
            server.server.addBean(limit);
            server.start();
            List<Client> inside = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Client client = server.connect();
                client.get("/").answer();
                inside.add(client);
            }
            assertEquals(3, limit.getNetworkConnectionCount());
            // The kernel still takes connections; the server takes none of them, or closes the one that it was waiting
            // for.
            List<java.net.Socket> outside = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                outside.add(Client.socket(server.port(), 0));
            }
            assertEquals(3, server.connector.getConnectedEndPoints().size());
            for (java.net.Socket socket : outside) {
                socket.close();
            }
            inside.forEach(Client::close);
            await("count").until(() -> limit.getNetworkConnectionCount() == 0);
            await("pending").until(() -> limit.getPendingNetworkConnectionCount() == 0);
            try (Client client = server.connect()) {
                assertEquals(200, client.get("/").answer().status());
            }
            await("count").until(() -> limit.getNetworkConnectionCount() == 0);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BLOCKING", "SELECTOR"})
    void acceptingPausesAboveTheRate(Variant variant) throws Exception {
        try (TestServer server = new TestServer(variant).handler(TestServer.blocking(EMPTY))) {
            server.server.addBean(new AcceptRateLimit(5, 1, TimeUnit.SECONDS, server.server));
            server.start();
            long start = System.nanoTime();
            for (int i = 0; i < 15; i++) {
                try (Client client = server.connect()) {
                    assertEquals(200, client.get("/").answer().status());
                }
            }
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            assertTrue(millis > 900, "15 connections at 5 a second came through in " + millis + " ms");
            server.awaitNoEndPoint();
        }
    }

    /** A connection that a listener refuses by closing it is told of as failed, once, and is never an endpoint. */
    @ParameterizedTest
    @EnumSource(names = {"BLOCKING", "BLOCKING_TLS"})
    void aListenerMayRefuse(Variant variant) throws Exception {
        AtomicInteger accepting = new AtomicInteger();
        AtomicInteger failed = new AtomicInteger();
        AtomicInteger accepted = new AtomicInteger();
        AcceptListener refusing = new AcceptListener() {
            @Override
            public void onAccepting(SelectableChannel channel) {
                if (accepting.incrementAndGet() == 1) {
                    org.eclipse.jetty.util.IO.close(channel);
                }
            }

            @Override
            public void onAcceptFailed(SelectableChannel channel, Throwable cause) {
                failed.incrementAndGet();
            }

            @Override
            public void onAccepted(SelectableChannel channel) {
                accepted.incrementAndGet();
            }
        };
        try (TestServer server = new TestServer(variant)
                .handler(TestServer.blocking(EMPTY))
                .with(connector -> connector.addBean(refusing))
                .start()) {
            try (Client client = Client.plain(server.port())) {
                assertEquals(-1, client.in().read());
            }
            try (Client client = server.connect()) {
                assertEquals(200, client.get("/").answer().status());
            }
            assertEquals(List.of(2, 1, 1), List.of(accepting.get(), failed.get(), accepted.get()));
        }
    }
}
