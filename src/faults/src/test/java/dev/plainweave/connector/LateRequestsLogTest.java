package dev.plainweave.connector;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A client that misses its deadlines, at every stage of a request, leaves no line in the log and no connection. */
@ResourceLock(LogWatch.LOCK)
class LateRequestsLogTest {
    private static final Duration SOON = Duration.ofSeconds(3); // a busy machine may take a while over a TLS handshake

    /** All variants side by side, as they only wait. */
    @Test
    void lateClientsLeaveNothing() throws Exception {
        Map<Variant, TestServer> servers = new EnumMap<>(Variant.class);
        for (Variant variant : Variant.values()) {
            servers.put(variant, start(variant));
        }
        try (LogWatch log = LogWatch.open();
                ExecutorService sideBySide = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<Variant, Future<Boolean>> visits = new EnumMap<>(Variant.class);
            servers.forEach((variant, server) -> visits.put(variant, sideBySide.submit(() -> visit(server))));
            assertAll(visits.entrySet().stream()
                    .map(visit -> () ->
                            assertTrue(visit.getValue().get(), visit.getKey().name())));
            assertEquals(List.of(), log.lines());
        } finally {
            for (TestServer server : servers.values()) {
                server.close();
            }
        }
    }

    private static TestServer start(Variant variant) throws Exception {
        TestServer server = new TestServer(variant);
        server.handler(new RequestDeadlines(
                        server.server,
                        SOON,
                        SOON,
                        SOON.multipliedBy(2),
                        late -> {},
                        TestServer.blocking((request, response, in, out) -> in.readAllBytes())))
                .start();
        return server;
    }

    private static boolean visit(TestServer server) throws Exception {
        try (Socket silent = Client.socket(server.port(), 0);
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
            return silent.isConnected();
        }
    }
}
