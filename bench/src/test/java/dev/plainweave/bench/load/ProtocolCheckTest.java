package dev.plainweave.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.WebServer;
import dev.plainweave.websocket.SessionHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProtocolCheckTest {
    @Test
    void theProductPasses() {
        assertEquals(List.of(), violations(session -> {
            while (true) {
                session.send(session.receive());
            }
        }));
    }

    @Test
    void aWrongEchoIsFound() {
        List<String> violations = violations(session -> {
            while (true) {
                session.receive();
                session.send("something else");
            }
        });
        assertEquals(3, violations.size(), violations.toString());
        assertTrue(violations.getFirst().startsWith("text of 0"), violations.toString());
    }

    private static List<String> violations(SessionHandler echo) {
        try (WebServer server = WebServer.builder().websocket("/echo", echo).start(0)) {
            return ProtocolCheck.violations(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()),
                    Handshake.plain("localhost", server.port(), "/echo"),
                    Client.TIMEOUT_MILLIS);
        }
    }
}
