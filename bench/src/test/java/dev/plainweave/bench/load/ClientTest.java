package dev.plainweave.bench.load;

import dev.plainweave.server.WebServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClientTest {
    /** The server pings who is silent; the client sees that before what it waits for, and would be cut off without an answer. */
    @Test
    void aSilentClientAnswersPings() throws Exception {
        byte[] late = "late".getBytes(StandardCharsets.US_ASCII);
        WebServer.Builder routes = WebServer.builder()
                .websocket(
                        "/late",
                        options -> options.pingInterval(Duration.ofMillis(100)).pongTimeout(Duration.ofMillis(600)),
                        session -> {
                            session.receive(Duration.ofSeconds(2)); // nothing but pongs
                            session.send("late");
                            session.awaitEnd();
                        });
        try (WebServer server = routes.start(0);
                Client client =
                        Client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()))) {
            client.upgrade(Handshake.plain("localhost", server.port(), "/late"), 0);
            client.expect(Frames.plain(Frames.TEXT, late), "message");
        }
    }
}
