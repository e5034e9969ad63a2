package dev.plainweave.websocket;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.websocket.End.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Large messages: to those who do not read, to those who read slowly, and both ways at once. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT) // beside other classes: it mostly waits
class LargeTransferTest {
    private static final int LARGE = 10 << 20;
    private static final int PIECE = 32 * 1024;
    private static final Duration STALL = Duration.ofSeconds(1);

    @BothPolicies
    void stalledReader(IoPolicy io) throws Exception {
        try (Site site = Site.of(
                        io,
                        options -> options.stallTimeout(STALL),
                        session -> session.send(ByteBuffer.allocate(LARGE)));
                RawClient client = site.narrowClient()) {
            End end = site.visit().end();
            assertEquals(Reason.WRITE_TIMEOUT, end.reason());
            assertTrue(end.lasted().toMillis() < 3000, end::toString);
            await().until(() -> site.server().stats().connections() == 0);
            assertTrue(client.tcp().isConnected());
        }
    }

    /**
     * Slow but steady: it takes many times the stall and ping timeouts, and completes. Pings too wait behind the data,
     * so that a peer that takes its time to answer them is not dead.
     */
    @BothPolicies
    void slowReader(IoPolicy io) throws Exception {
        int size = 3 * LARGE;
        Duration patience = Duration.ofSeconds(3); // a busy machine makes pauses of its own
        try (Site site = Site.of(
                        io,
                        options -> options.stallTimeout(patience)
                                .pingInterval(Duration.ofMillis(500))
                                .pongTimeout(patience)
                                .idleTimeout(patience),
                        session -> session.send(ByteBuffer.allocate(size)));
                RawClient client = site.connect(256 * 1024).upgrade("/"); // less, and TCP's own timers make the pauses
                Pace pace = new Pace(Duration.ofSeconds(12).dividedBy(size / PIECE))) {
            byte[] piece = new byte[PIECE];
            long total = 0;
            long start = System.nanoTime();
            while (total < size) {
                int count = client.in().readNBytes(piece, 0, piece.length);
                if (count == 0) {
                    fail("cut off after " + total + " bytes: " + site.visit().end());
                }
                total += count;
                pace.step();
            }
            assertTrue(System.nanoTime() - start > TimeUnit.SECONDS.toNanos(11));
            End end = site.visit().end();
            assertEquals(Reason.SERVER_CLOSED, end.reason());
            assertTrue(end.lasted().toSeconds() >= 6, end::toString);
        }
    }

    /**
     * Steady at a pace at which Linux would wake the writer only after 7 s, more than twice the stall timeout: it does so
     * when a third of the send buffer, which may have grown to 4 MiB, is free.
     */
    @BothPolicies
    void slowerThanTheSystemWakesAWriter(IoPolicy io) throws Exception {
        try (Site site = Site.of(
                        io,
                        options -> options.stallTimeout(Duration.ofSeconds(3)),
                        session -> session.send(ByteBuffer.allocate(LARGE)));
                RawClient client = site.connect(256 * 1024).upgrade("/");
                Pace pace = new Pace(Duration.ofMillis(160))) {
            for (int i = 0; i < 75; i++) {
                assertEquals(PIECE, client.in().readNBytes(PIECE).length);
                pace.step();
            }
            int rest = LARGE + 10 - 75 * PIECE; // the frame's head has ten bytes
            assertEquals(rest, client.in().readNBytes(rest).length);
            assertEquals(Reason.SERVER_CLOSED, site.visit().end().reason());
        }
    }

    /** What was offered is still written after close, at the pace of the peer, though that is past the close timeout. */
    @BothPolicies
    void closeAfterASlowOutbox(IoPolicy io) throws Exception {
        int count = 32;
        int size = 256 * 1024;
        try (Site site = Site.of(
                        io,
                        options ->
                                options.outbox(Outbox.closing(100, 100 << 20)).closeTimeout(Duration.ofMillis(500)),
                        session -> {
                            for (int i = 0; i < count; i++) {
                                session.offer(Message.binary(ByteBuffer.allocate(size)));
                            }
                        });
                RawClient client = site.narrowClient();
                Pace pace = new Pace(Duration.ofMillis(80))) {
            for (int i = 0; i < count; i++) {
                pace.step();
                assertEquals(size, client.readMessage(new ArrayList<>()).bytes().length);
            }
            assertEquals(1000, client.readClose().code());
        }
    }

    private static void bothWrite16MiBBeforeReading(Site site, int size) throws Exception {
        try (site;
                RawClient client = site.connect(0).upgrade("/")) {
            byte[] data = new byte[size];
            Arrays.fill(data, (byte) 7);
            CompletableFuture<Integer> read = CompletableFuture.supplyAsync(() -> {
                try {
                    return client.readMessage(new ArrayList<>()).bytes().length;
                } catch (IOException failed) {
                    throw new IllegalStateException(failed);
                }
            });
            client.binary(data);
            assertEquals(size, read.get(60, TimeUnit.SECONDS));
            assertEquals("got " + size, client.readText());
            assertEquals(1000, client.readClose().code());
        }
    }

    /** The server's one thread sends first, the other receives; the client likewise. */
    private static SessionHandler sendingAndReceiving(int size) {
        return session -> {
            CompletableFuture<Integer> received = new CompletableFuture<>();
            Thread.ofVirtual()
                    .start(() -> received.complete(session.receiveBinary().remaining()));
            session.send(ByteBuffer.allocate(size));
            session.send("got " + received.get());
        };
    }

    @BothPolicies
    void fullDuplex(IoPolicy io) throws Exception {
        int size = 16 << 20;
        bothWrite16MiBBeforeReading(
                Site.of(io, options -> options.maxMessageBytes(size), sendingAndReceiving(size)), size);
    }

    @BothPolicies
    void fullDuplexOverTls(IoPolicy io) throws Exception {
        int size = 16 << 20;
        bothWrite16MiBBeforeReading(
                new Site(io, Certificates.tls(), options -> options.maxMessageBytes(size), sendingAndReceiving(size)),
                size);
    }

    /** Nobody reads until both have written what the kernel will not take: only the attendant keeps it going. */
    @BothPolicies
    void serverSendsWhileNobodyReceives(IoPolicy io) throws Exception {
        int size = 16 << 20;
        try (Site site = Site.of(io, options -> options.maxMessageBytes(size), session -> {
                    session.send(ByteBuffer.allocate(size));
                    session.send("got " + session.receiveBinary().remaining());
                });
                RawClient client = site.client()) {
            client.binary(new byte[size]);
            assertEquals(size, client.readMessage(new ArrayList<>()).bytes().length);
            assertEquals("got " + size, client.readText());
        }
    }
}
