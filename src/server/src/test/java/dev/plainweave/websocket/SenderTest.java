package dev.plainweave.websocket;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.plainweave.server.IoPolicy;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.io.ByteArrayEndPoint;
import org.eclipse.jetty.io.ByteBufferPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SenderTest {
    /** A sender whose first thread cannot be had. */
    private static final class Poor extends Sender {
        private boolean told;

        Poor(ServerSession session, Wire wire) {
            super(session, wire);
        }

        @Override
        Thread thread(Runnable task) {
            if (!told) {
                told = true;
                throw new OutOfMemoryError("in this test only");
            }
            return super.thread(task);
        }
    }

    /** What was offered is in the box; what is offered next takes it along. */
    @Test
    void wantOfMemoryForAThreadHoldsNothingBackForEver() throws Exception {
        try (ByteArrayEndPoint socket = new ByteArrayEndPoint();
                Site site = Site.echo(IoPolicy.BLOCKING);
                RawClient client = site.client()) {
            Wire wire = new Wire(socket, new ByteBufferPool.NonPooling(), new SessionStats());
            Sender sender = new Poor((ServerSession) site.visit().session, wire);
            assertThrows(OutOfMemoryError.class, () -> sender.offer(null, Outgoing.of("a")));
            assertEquals(1, sender.waiting());
            sender.offer(null, Outgoing.of("b"));
            await().until(() -> sender.messages() == 2);
            await().untilAsserted(() -> assertEquals("\u0081\u0001a\u0081\u0001b", latin(socket)));
            client.reset();
        }
    }

    private static String latin(ByteArrayEndPoint socket) {
        return socket.getOutputString(StandardCharsets.ISO_8859_1);
    }
}
