package dev.plainweave.websocket;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.Tls;
import dev.plainweave.websocket.End.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The closing handshake over the wire, plain and encrypted: the codes, that they can be read, and how long it takes. */
@Timeout(60)
class GoodbyesTest {
    /** The close timeout is five seconds, the quiet time after a violation one: ordinary goodbyes need neither. */
    private static final Duration AT_ONCE = Duration.ofMillis(900);

    static Stream<Arguments> wires() {
        return Stream.of(IoPolicy.values()).flatMap(io -> Stream.of(Arguments.of(io, false), Arguments.of(io, true)));
    }

    private static Site site(IoPolicy io, boolean tls, SessionHandler handler) throws Exception {
        Tls certificate = tls ? Certificates.tls() : null;
        return new Site(io, certificate, options -> options.maxMessageBytes(1000), handler);
    }

    /** The connection is closed by the server, without a byte more, and soon. */
    private static void closedAtOnce(Site site, RawClient client) throws IOException {
        long start = System.nanoTime();
        assertEquals(0, client.readToEnd());
        Duration taken = Duration.ofNanos(System.nanoTime() - start);
        assertTrue(taken.compareTo(AT_ONCE) < 0, () -> "closed after " + taken);
        await().until(() -> site.server().stats().connections() == 0);
    }

    @ParameterizedTest
    @MethodSource("wires")
    @Execution(ExecutionMode.CONCURRENT)
    void codesAreEchoed(IoPolicy io, boolean tls) throws Exception {
        try (Site site = site(io, tls, Site::echo)) {
            for (int code : new int[] {1000, 1001, 3000, 4999}) {
                try (RawClient client = site.client()) {
                    client.sendClose(code).text("nothing after a Close counts");
                    assertEquals(code, client.readClose().code());
                    closedAtOnce(site, client);
                    End end = site.visit().end();
                    assertEquals(code, end.code());
                    assertEquals(Reason.PEER_CLOSED, end.reason());
                }
            }
            try (RawClient client = site.client()) {
                client.write(new ClientFrames().frame(ClientFrames.FIN | FrameWriter.CLOSE, ""));
                assertEquals(0, client.readClose().bytes().length, "no code is answered by no code");
                closedAtOnce(site, client);
                assertEquals(1005, site.visit().end().code());
            }
        }
    }

    /** A violation, while the client has more in flight than any buffer: it can read why, though it is still sending. */
    @ParameterizedTest
    @MethodSource("wires")
    @Execution(ExecutionMode.CONCURRENT)
    void violationsCanBeRead(IoPolicy io, boolean tls) throws Exception {
        byte[] invalidText = new ClientFrames()
                .frame(ClientFrames.FIN | FrameWriter.TEXT, ClientFrames.octets(0xc3, 0x28))
                .bytes();
        byte[] tooLarge = new ClientFrames().header(0x82, 5 << 20).bytes();
        byte[] fragments = new ClientFrames()
                .frame(FrameWriter.TEXT, "begun")
                .text("another")
                .bytes();
        int[] codes = {1002, 1002, 1002, 1007, 1009};
        byte[][] violations = {
            ClientFrames.octets(0x8b), ClientFrames.octets(0x81, 0x05), fragments, invalidText, tooLarge
        };
        try (Site site = site(io, tls, Site::echo)) {
            for (int i = 0; i < codes.length; i++) {
                try (RawClient client = site.client()) {
                    client.write(violations[i]);
                    client.write(new byte[3 << 20]);
                    RawClient.Frame close = client.readClose();
                    assertEquals(codes[i], close.code(), close.reason());
                    client.sendClose(codes[i]);
                    closedAtOnce(site, client);
                    assertEquals(codes[i], site.visit().end().code());
                }
            }
        }
    }

    /** The client reads the Close of a violation and does not answer: it is not waited for as long as the others. */
    @ParameterizedTest
    @MethodSource("wires")
    @Execution(ExecutionMode.CONCURRENT)
    void violationIsNotAnswered(IoPolicy io, boolean tls) throws Exception {
        try (Site site = site(io, tls, Site::echo);
                RawClient client = site.client()) {
            client.write(ClientFrames.octets(0x83));
            assertEquals(1002, client.readClose().code());
            long start = System.nanoTime();
            assertEquals(0, client.readToEnd());
            Duration taken = Duration.ofNanos(System.nanoTime() - start);
            assertTrue(taken.toMillis() < 3000, () -> "closed after " + taken);
            await().until(() -> site.server().stats().connections() == 0);
        }
    }

    @ParameterizedTest
    @MethodSource("wires")
    @Execution(ExecutionMode.CONCURRENT)
    void serverClosesFirst(IoPolicy io, boolean tls) throws Exception {
        try (Site site = site(io, tls, session -> session.close(4000, "enough"));
                RawClient client = site.client()) {
            assertEquals(4000, client.readClose().code());
            client.text("crossing").ping("crossing").sendClose(4000);
            closedAtOnce(site, client);
            assertEquals(Reason.SERVER_CLOSED, site.visit().end().reason());
        }
    }

    @ParameterizedTest
    @MethodSource("wires")
    @Execution(ExecutionMode.CONCURRENT)
    void endOfStream(IoPolicy io, boolean tls) throws Exception {
        try (Site site = site(io, tls, Site::echo);
                RawClient client = site.client()) {
            client.finishOutput();
            assertEquals(Reason.EOF, site.visit().end().reason());
            await().until(() -> site.server().stats().connections() == 0);
        }
    }

    @ParameterizedTest
    @MethodSource("wires")
    @Execution(ExecutionMode.CONCURRENT)
    void reset(IoPolicy io, boolean tls) throws Exception {
        try (Site site = site(io, tls, Site::echo)) {
            RawClient client = site.client();
            Site.Visit visit = site.visit();
            client.reset();
            assertEquals(
                    io == IoPolicy.BLOCKING ? Reason.RESET : Reason.EOF,
                    visit.end().reason());
            visit.done();
            await().until(() -> site.server().stats().connections() == 0);
            assertEquals(1, visit.ends.get());
        }
    }

    @ParameterizedTest
    @MethodSource("wires")
    @Execution(ExecutionMode.CONCURRENT)
    void resetDuringALargeWrite(IoPolicy io, boolean tls) throws Exception {
        try (Site site = site(io, tls, session -> session.send(ByteBuffer.allocate(32 << 20)))) {
            RawClient client = site.narrowClient();
            client.read();
            Site.Visit visit = site.visit();
            client.reset();
            Reason reason = visit.end().reason();
            assertTrue(
                    reason == Reason.RESET || (reason == Reason.EOF && io == IoPolicy.SELECTOR), visit.end()::toString);
            visit.done();
            await().until(() -> site.server().stats().connections() == 0);
        }
    }

    /** The system tells only one of the two threads of a reset; the session's end is a reset all the same. */
    @ParameterizedTest
    @MethodSource("wires")
    @Execution(ExecutionMode.CONCURRENT)
    void resetWhileReadingAndWriting(IoPolicy io, boolean tls) throws Exception {
        try (Site site = site(io, tls, session -> {
            Thread reader = Thread.ofVirtual().unstarted(session::receive);
            reader.setUncaughtExceptionHandler((thread, over) -> {});
            reader.start();
            try {
                while (true) {
                    session.send(ByteBuffer.allocate(100_000));
                }
            } finally {
                reader.join();
            }
        })) {
            for (int i = 0; i < 40; i++) {
                RawClient client = site.narrowClient();
                Site.Visit visit = site.visit();
                client.in().readNBytes(200_000);
                client.reset();
                Reason reason = visit.end().reason();
                assertTrue(
                        reason == Reason.RESET || (io == IoPolicy.SELECTOR && reason == Reason.EOF), reason::toString);
                visit.done();
            }
        }
    }

    /** A peer that reads nothing any more and is cut off: handler, session and connection are done at once. */
    @ParameterizedTest
    @MethodSource("wires")
    @Execution(ExecutionMode.CONCURRENT)
    void deadPeerWhileWriting(IoPolicy io, boolean tls) throws Exception {
        CompletableFuture<DisconnectedException> receiver = new CompletableFuture<>();
        Tls certificate = tls ? Certificates.tls() : null;
        try (Site site = new Site(io, certificate, options -> options.stallTimeout(Duration.ofSeconds(1)), session -> {
                    Thread.ofVirtual().start(() -> {
                        try {
                            session.receive();
                        } catch (DisconnectedException over) {
                            receiver.complete(over);
                        }
                    });
                    session.send(ByteBuffer.allocate(32 << 20));
                });
                RawClient client = site.narrowClient()) {
            Site.Visit visit = site.visit();
            assertEquals(Reason.WRITE_TIMEOUT, visit.end().reason());
            long ended = System.nanoTime();
            visit.done();
            assertEquals(Reason.WRITE_TIMEOUT, receiver.get().reason());
            await().until(() -> site.server().stats().connections() == 0);
            Duration taken = Duration.ofNanos(System.nanoTime() - ended);
            assertTrue(taken.compareTo(AT_ONCE) < 0, () -> "done after " + taken);
            assertTrue(client.tcp().isConnected());
        }
    }
}
