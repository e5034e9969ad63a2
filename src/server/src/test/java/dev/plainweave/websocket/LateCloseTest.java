package dev.plainweave.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plainweave.server.IoPolicy;
import java.time.Duration;
import java.util.Base64;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Timeout;

/**
 * The close timeout is the peer's: the time that this side takes before it writes its Close does not count. Here the thread
 * that writes is busy with compressing, for many times the close timeout; a processor that is busy elsewhere does the same.
 */
@Timeout(60)
class LateCloseTest {
    /** Noise that comes again and again: much to compress, little to write. */
    private static final int NOISE = 15_000;

    private static final int TIMES = 3_000;

    @BothPolicies
    void aCloseIsAnsweredHoweverLateItIsWritten(IoPolicy io) throws Exception {
        byte[] noise = new byte[NOISE];
        new Random(1).nextBytes(noise);
        String large = Base64.getEncoder().encodeToString(noise).repeat(TIMES);
        CompletableFuture<End.Reason> received = new CompletableFuture<>();
        try (Site site = Site.of(io, options -> options.closeTimeout(Duration.ofMillis(200)), session -> {
                    Thread.ofVirtual().start(() -> receive(session, received));
                    session.send("ready");
                    session.send(large);
                    session.awaitEnd();
                });
                RawClient client = site.connect(0).upgrade("/", "Sec-WebSocket-Extensions: permessage-deflate")) {
            assertEquals("ready", client.readText());
            client.sendClose(1000);
            RawClient.Frame frame = client.read();
            while (frame.opcode() != FrameWriter.CLOSE) {
                frame = client.read();
            }
            assertEquals(1000, frame.code());
            assertEquals(0, client.readToEnd());
            assertEquals(End.Reason.PEER_CLOSED, received.get());
        }
    }

    private static void receive(WebSocketSession session, CompletableFuture<End.Reason> told) {
        try {
            session.receive();
        } catch (DisconnectedException over) {
            told.complete(over.reason());
        }
    }
}
