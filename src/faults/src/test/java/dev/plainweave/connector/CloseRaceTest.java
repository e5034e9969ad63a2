package dev.plainweave.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A request with a body nobody read is completed while another thread closes the connection, as an idle timeout does.
 * Jetty then asks for the next request on an endpoint that is closed already and whose old interest is not gone yet.
 */
@ResourceLock(LogWatch.LOCK)
class CloseRaceTest {
    private static final int ROUNDS = 3_000;

    @Test
    void aRequestCompletedWhileItsConnectionIsClosedLogsNothing() throws Exception {
        Handler closing = new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                request.read().release();
                request.demand(() -> {});
                CountDownLatch ready = new CountDownLatch(1);
                Thread.ofPlatform().start(() -> {
                    ready.countDown();
                    request.getConnectionMetaData()
                            .getConnection()
                            .getEndPoint()
                            .close();
                });
                ready.await();
                callback.succeeded();
                return true;
            }
        };
        // Not closed, which would look for leaks: in this race Jetty drops a request buffer now and then, on its own
        // connector too, and leaves it to the garbage collector.
        TestServer server = new TestServer(Variant.BLOCKING).handler(closing).start();
        try (LogWatch log = LogWatch.open()) {
            for (int i = 0; i < ROUNDS; i++) {
                try (Client client = server.connect()) {
                    client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n12345");
                    client.in().readAllBytes();
                }
            }
            server.awaitNoEndPoint();
            assertEquals(List.of(), log.lines());
        } finally {
            server.stop();
        }
    }
}
