package dev.plainweave.connector;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How writing keeps Jetty's contract, rule 4 of the connector: full duplex, stalled and slow peers. */
class WritingTest {
    private static final int LARGE = 16 << 20;

    /**
     * Both sides write 16 MiB before they read, while another thread of the server reads. Hangs over TLS when a flush waits
     * for the peer, since it holds a lock there that the reader needs (tried: the output written by flush itself).
     */
    @ParameterizedTest
    @EnumSource
    void bothSidesMayWriteBeforeTheyRead(Variant variant) throws Exception {
        TestServer.Exchange duplex = (request, response, in, out) -> {
            CompletableFuture<Integer> received = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> {
                try {
                    received.complete(in.readAllBytes().length);
                } catch (Exception failed) {
                    received.completeExceptionally(failed);
                }
            });
            byte[] piece = new byte[64 * 1024];
            for (int i = 0; i < LARGE / piece.length; i++) {
                out.write(piece);
            }
            out.write(received.get(60, TimeUnit.SECONDS).toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        };
        try (TestServer server = TestServer.start(variant, duplex);
                Client client = server.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + LARGE + "\r\n\r\n");
            client.send(new byte[LARGE]);
            String answer = client.answer().text();
            assertEquals(LARGE + 8, answer.length());
            assertEquals(Integer.toString(LARGE), answer.substring(LARGE));
        }
    }

    /** Fails (the handler waits for ever) when no deadline watches a write. */
    @ParameterizedTest
    @EnumSource(names = {"BLOCKING", "BLOCKING_TLS"})
    void aStalledWriteEndsTheConnection(Variant variant) throws Exception {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        TestServer.Exchange flood = (request, response, in, out) -> {
            try {
                while (true) {
                    out.write(new byte[64 * 1024]);
                }
            } catch (Exception lost) {
                failure.complete(lost);
                throw lost;
            }
        };
        try (TestServer server = new TestServer(variant)
                        .handler(TestServer.blocking(flood))
                        .with(connector -> ((BlockingConnector) connector).setStallTimeout(Duration.ofMillis(500)))
                        .start();
                Client client = server.connect()) {
            client.get("/");
            ConnectionLostException lost =
                    assertInstanceOf(ConnectionLostException.class, failure.get(20, TimeUnit.SECONDS));
            assertEquals(ConnectionLostException.Place.STALLED_WRITE, lost.place());
            server.awaitNoEndPoint();
        }
    }

    /** The last bytes under TLS are written by a thread that nobody waits for: they too are watched. */
    @ParameterizedTest
    @EnumSource(names = {"BLOCKING", "BLOCKING_TLS"})
    void aStalledLastWriteEndsTheConnection(Variant variant) throws Exception {
        byte[] body = new byte[300_000];
        try (TestServer server = new TestServer(variant)
                        .handler(TestServer.blocking((request, response, in, out) -> out.write(body)))
                        .with(connector -> {
                            BlockingConnector blocking = (BlockingConnector) connector;
                            blocking.setStallTimeout(Duration.ofMillis(500));
                            blocking.setAcceptedSendBufferSize(32 * 1024);
                        })
                        .start();
                Client client = variant.tls
                        ? Client.narrowTls(server.port(), 32 * 1024)
                        : Client.narrow(server.port(), 32 * 1024)) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            await("request")
                    .until(() -> !server.connector.getConnectedEndPoints().isEmpty());
            server.awaitNoEndPoint();
            assertFalse(client.socket().isClosed());
        }
    }

    /**
     * A reader that takes a little now and then gets all of it, though the server has closed long ago and that takes
     * several times the linger timeout. Fails under TLS when the linger time runs while bytes are under way. (When slow is
     * too slow: StallMeterTest.)
     */
    @ParameterizedTest
    @EnumSource(names = {"BLOCKING", "BLOCKING_TLS"})
    void aSlowButSteadyReaderIsServed(Variant variant) throws Exception {
        assertServed(variant, false);
    }

    /** The same for a client that has closed its side. Fails under TLS when nobody waits for what is under way. */
    @ParameterizedTest
    @EnumSource(names = {"BLOCKING", "BLOCKING_TLS"})
    void aSlowReaderThatHasHalfClosedIsServed(Variant variant) throws Exception {
        assertServed(variant, true);
    }

    private static void assertServed(Variant variant, boolean halfClosing) throws Exception {
        byte[] body = new byte[130_000];
        TestServer.Exchange closing = (request, response, in, out) -> {
            out.write(body);
            out.close();
            request.getConnectionMetaData().getConnection().getEndPoint().close();
        };
        try (TestServer server = new TestServer(variant)
                        .handler(TestServer.blocking(closing))
                        .with(connector -> {
                            BlockingConnector blocking = (BlockingConnector) connector;
                            blocking.setStallTimeout(Duration.ofSeconds(5));
                            blocking.setLingerTimeout(Duration.ofMillis(100));
                            blocking.setAcceptedSendBufferSize(16 * 1024);
                        })
                        .start();
                Socket socket = Client.socket(server.port(), 16 * 1024);
                Client client = variant.tls ? Client.tlsOver(socket) : Client.plainOver(socket)) {
            server.idleTimeout(1000); // a write that goes on is not idle
            client.get("/");
            if (halfClosing) {
                socket.shutdownOutput();
            }
            int total = 0;
            byte[] buffer = new byte[4 * 1024];
            for (int count = client.in().read(buffer);
                    count >= 0;
                    count = client.in().read(buffer)) {
                total += count;
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(60));
            }
            int received = total;
            assertTrue(received > body.length, () -> "got " + received);
        }
    }
}
