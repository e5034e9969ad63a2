package dev.plainweave.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client that misses its deadlines, at every stage of a request, leaves no line in the log and no connection. */
@ResourceLock(LogWatch.LOCK)
class LateRequestsLogTest {
    @ParameterizedTest
    @EnumSource
    void lateClientsLeaveNothing(Variant variant) throws Exception {
        Duration soon = Duration.ofSeconds(3); // a busy machine may take a while over a TLS handshake
        TestServer server = new TestServer(variant);
        server.handler(new RequestDeadlines(
                        server.server,
                        soon,
                        soon,
                        soon.multipliedBy(2),
                        late -> {},
                        TestServer.blocking((request, response, in, out) -> in.readAllBytes())))
                .start();
        try (server;
                LogWatch log = LogWatch.open();
                Socket silent = Client.socket(server.port(), 0);
                Client headers = server.connect();
                Client body = server.connect();
                Client chunks = server.connect()) {
            silent.getOutputStream().write(new byte[] {22, 3, 1, 0, 100, 1, 0});
            headers.send("GET / HTTP/1.1\r\nHost: local");
            body.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n1234");
            chunks.send("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n1234\r\n5\r\n12");
            for (Client client : List.of(headers, body, chunks)) {
                assertEquals(408, client.answer().status());
            }
            server.awaitNoEndPoint();
            assertTrue(silent.isConnected());
            assertEquals(List.of(), log.lines());
        }
    }
}
