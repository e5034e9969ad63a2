package dev.plainweave.websocket;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.websocket.End.Operation;
import dev.plainweave.websocket.End.Reason;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Consumer;

/** Every reason for which a session ends: what it says, that it is told once, and to everybody. */
class EndReasonsTest {
    private static final Duration SHORT = Duration.ofMillis(300);

    /** Checks the end that the session's handler, its callback, and every later operation have met. */
    private static End check(Site site, Site.Visit visit, Reason reason, int code, Operation operation)
            throws Exception {
        End end = visit.end();
        assertEquals(reason, end.reason(), end::toString);
        assertEquals(code, end.code(), end::toString);
        assertEquals(operation, end.operation(), end::toString);
        assertSame(end, visit.session.end().orElseThrow());
        assertSame(end, visit.session.awaitEnd());
        visit.done();
        DisconnectedException later = assertThrows(DisconnectedException.class, () -> visit.session.send("late"));
        assertSame(end, later.end());
        assertSame(visit.session, later.session());
        assertEquals(Offer.CLOSED, visit.session.offer(Message.text("late")));
        assertThrows(DisconnectedException.class, visit.session::receive);
        await().until(() -> site.server().stats().connections() == 0);
        assertEquals(1, visit.ends.get());
        assertEquals(1, site.stats().ended(reason));
        assertEquals(1, site.stats().ended());
        assertEquals(0, site.stats().openNow());
        return end;
    }

    @BothPolicies
    void peerClosed(IoPolicy io) throws Exception {
        try (Site site = Site.echo(io);
                RawClient client = site.client()) {
            client.write(new ClientFrames().close(4321, "bye"));
            assertEquals(4321, client.readClose().code());
            assertEquals(0, client.readToEnd());
            Site.Visit visit = site.visit();
            End end = check(site, visit, Reason.PEER_CLOSED, 4321, Operation.READ);
            assertEquals("bye", end.text());
            assertSame(
                    end,
                    assertInstanceOf(DisconnectedException.class, visit.thrown())
                            .end());
        }
    }

    @BothPolicies
    void endOfStream(IoPolicy io) throws Exception {
        try (Site site = Site.echo(io);
                RawClient client = site.client()) {
            client.finishOutput();
            check(site, site.visit(), Reason.EOF, 1006, Operation.READ);
            assertEquals(0, client.readToEnd());
        }
    }

    /** The difference that this project is about: Jetty's selector connector takes a reset for an end of stream. */
    @BothPolicies
    void resetWhileReading(IoPolicy io) throws Exception {
        try (Site site = Site.echo(io)) {
            RawClient client = site.client();
            Site.Visit visit = site.visit();
            client.reset();
            End end = check(site, visit, io == IoPolicy.BLOCKING ? Reason.RESET : Reason.EOF, 1006, Operation.READ);
            assertEquals(io == IoPolicy.BLOCKING, end.cause().isPresent());
        }
    }

    @BothPolicies
    void resetWhileWriting(IoPolicy io) throws Exception {
        try (Site site = Site.of(io, session -> {
            while (true) {
                session.send(ByteBuffer.allocate(64 * 1024));
            }
        })) {
            RawClient client = site.narrowClient();
            Site.Visit visit = site.visit();
            client.reset();
            End end = visit.end();
            assertEquals(1006, end.code());
            boolean byWrite = end.reason() == Reason.RESET && end.operation() == Operation.WRITE;
            boolean byAttendant = io == IoPolicy.SELECTOR && end.reason() == Reason.EOF;
            assertTrue(byWrite || byAttendant, end::toString);
            check(site, visit, end.reason(), 1006, end.operation());
        }
    }

    @BothPolicies
    void pingTimeout(IoPolicy io) throws Exception {
        try (Site site = Site.of(io, options -> options.pingInterval(SHORT).pongTimeout(SHORT), Site::echo);
                RawClient client = site.client()) {
            assertEquals(FrameWriter.PING, client.read().opcode());
            check(site, site.visit(), Reason.PING_TIMEOUT, 1006, Operation.CLOCK);
        }
    }

    @BothPolicies
    void idleTimeout(IoPolicy io) throws Exception {
        try (Site site = Site.of(io, options -> options.idleTimeout(SHORT).pingInterval(SHORT), Site::echo);
                RawClient client = site.client()) {
            assertEquals(FrameWriter.PING, client.read().opcode());
            RawClient.Frame close = client.readClose();
            assertEquals(1001, close.code());
            assertEquals("idle", close.reason());
            client.sendClose(1001);
            assertEquals(0, client.readToEnd());
            check(site, site.visit(), Reason.IDLE_TIMEOUT, 1001, Operation.CLOCK);
        }
    }

    /** A client that sends this is told that code, and nothing after it. */
    private static void refused(
            IoPolicy io,
            Consumer<WebSocketOptions> options,
            ClientFrames sent,
            Reason reason,
            int code,
            Operation operation)
            throws Exception {
        try (Site site = Site.of(io, options, Site::echo);
                RawClient client = site.client()) {
            client.write(sent);
            assertEquals(code, client.readClose().code());
            assertEquals(0, client.readToEnd());
            client.leave();
            check(site, site.visit(), reason, code, operation);
        }
    }

    @BothPolicies
    void readTimeout(IoPolicy io) throws Exception {
        ClientFrames begun = new ClientFrames().header(0x81, 100).raw((byte) 1);
        refused(io, options -> options.stallTimeout(SHORT), begun, Reason.READ_TIMEOUT, 1008, Operation.CLOCK);
    }

    /** Between the fragments of a message too. */
    @BothPolicies
    void readTimeoutBetweenFragments(IoPolicy io) throws Exception {
        ClientFrames begun = new ClientFrames().frame(FrameWriter.TEXT, "begun");
        refused(io, options -> options.stallTimeout(SHORT), begun, Reason.READ_TIMEOUT, 1008, Operation.CLOCK);
    }

    private static void notRead(IoPolicy io, SessionHandler sending) throws Exception {
        try (Site site = Site.of(io, options -> options.stallTimeout(Duration.ofSeconds(1)), sending);
                RawClient client = site.narrowClient()) {
            check(site, site.visit(), Reason.WRITE_TIMEOUT, 1006, Operation.CLOCK);
            assertEquals(FrameWriter.BINARY, client.read().opcode());
        }
    }

    @BothPolicies
    void writeTimeout(IoPolicy io) throws Exception {
        notRead(io, session -> session.send(ByteBuffer.allocate(16 << 20)));
    }

    /** The one that reads at that time must not call it a reset. */
    @BothPolicies
    void writeTimeoutWhileAnotherReads(IoPolicy io) throws Exception {
        notRead(io, session -> {
            Thread writer = Thread.ofVirtual().unstarted(() -> session.send(ByteBuffer.allocate(16 << 20)));
            writer.setUncaughtExceptionHandler((thread, over) -> {});
            writer.start();
            session.receive();
        });
    }

    @BothPolicies
    void slowConsumer(IoPolicy io) throws Exception {
        try (Site site = Site.of(
                        io,
                        options -> options.outbox(Outbox.closing(4, 1 << 20)).closeTimeout(SHORT),
                        session -> {
                            Offer offer = Offer.QUEUED;
                            while (offer == Offer.QUEUED) {
                                offer = session.offer(Message.binary(ByteBuffer.allocate(256 * 1024)));
                            }
                            session.receive();
                        });
                RawClient client = site.narrowClient()) {
            check(site, site.visit(), Reason.SLOW_CONSUMER, 1008, Operation.WRITE);
            assertTrue(client.readToEnd() > 0);
        }
    }

    @BothPolicies
    void protocolError(IoPolicy io) throws Exception {
        ClientFrames unknown = new ClientFrames().raw(ClientFrames.octets(0x83));
        refused(io, options -> {}, unknown, Reason.PROTOCOL_ERROR, 1002, Operation.READ);
    }

    @BothPolicies
    void notUtf8(IoPolicy io) throws Exception {
        ClientFrames bad = new ClientFrames().frame(0x81, ClientFrames.octets('a', 0xff));
        refused(io, options -> {}, bad, Reason.PROTOCOL_ERROR, 1007, Operation.READ);
    }

    @BothPolicies
    void otherKindOfMessage(IoPolicy io) throws Exception {
        try (Site site = Site.of(io, WebSocketSession::receiveText);
                RawClient client = site.client()) {
            client.binary(new byte[3]);
            assertEquals(1003, client.readClose().code());
            client.sendClose(1003);
            assertEquals(0, client.readToEnd());
            check(site, site.visit(), Reason.PROTOCOL_ERROR, 1003, Operation.READ);
        }
    }

    @BothPolicies
    void tooLarge(IoPolicy io) throws Exception {
        ClientFrames large = new ClientFrames().header(0x82, 1001);
        refused(io, options -> options.maxMessageBytes(1000), large, Reason.TOO_LARGE, 1009, Operation.READ);
    }

    @BothPolicies
    void serverClosed(IoPolicy io) throws Exception {
        try (Site site = Site.of(io, session -> session.close(4000, "enough"));
                RawClient client = site.client()) {
            RawClient.Frame close = client.readClose();
            assertEquals(4000, close.code());
            assertEquals("enough", close.reason());
            client.sendClose(4000);
            assertEquals(0, client.readToEnd());
            check(site, site.visit(), Reason.SERVER_CLOSED, 4000, Operation.CLOSE);
        }
    }

    @BothPolicies
    void handlerReturned(IoPolicy io) throws Exception {
        try (Site site = Site.of(io, session -> session.send("only this"));
                RawClient client = site.client()) {
            assertEquals("only this", client.readText());
            assertEquals(1000, client.readClose().code());
            client.sendClose(1000);
            assertEquals(0, client.readToEnd());
            check(site, site.visit(), Reason.SERVER_CLOSED, 1000, Operation.CLOSE);
        }
    }

    @BothPolicies
    void shutdown(IoPolicy io) throws Exception {
        try (Site site = Site.echo(io);
                RawClient client = site.client()) {
            Site.Visit visit = site.visit();
            Thread stopper = Thread.ofVirtual().start(site::close);
            assertEquals(1001, client.readClose().code());
            client.sendClose(1001);
            assertEquals(0, client.readToEnd());
            stopper.join();
            check(site, visit, Reason.SHUTDOWN, 1001, Operation.CLOSE);
        }
    }
}
