package dev.plainweave.bench.load;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import dev.plainweave.server.WebServer;
import dev.plainweave.websocket.Topic;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BroadcastTest {
    private static final int LISTENERS = 4;
    private static final int SIZE = 16 * 1024;
    /** All due at once, as after a stall of the publisher. */
    private static final double TOO_FAST = 1_000_000;

    /** The product's outbox by default; in one go the messages would fill it, and the listeners be cut off with 1008. */
    @Test
    void aPublisherThatCatchesUpDoesNotGetFarAheadOfItsListeners() throws Exception {
        Topic feed = Topic.create();
        WebServer.Builder routes = WebServer.builder()
                .websocket("/feed", session -> {
                    feed.join(session);
                    session.awaitEnd();
                })
                .websocket("/publish", session -> {
                    while (true) {
                        feed.publish(session.receive());
                    }
                });
        try (WebServer server = routes.start(0)) {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
            List<Client> listeners = new ArrayList<>();
            for (int n = 0; n < LISTENERS; n++) {
                Client listener = Client.connectChannel(address);
                listener.upgrade(Handshake.plain("localhost", server.port(), "/feed"), n);
                listeners.add(listener);
            }
            await().until(() -> feed.size() == LISTENERS);
            Client publisher = Client.connect(address);
            publisher.upgrade(Handshake.plain("localhost", server.port(), "/publish"), 0);
            try (Broadcast load = Broadcast.start(publisher, listeners, TOO_FAST, SIZE)) {
                await().atMost(Duration.ofSeconds(60)).until(() -> {
                    load.check();
                    return load.completed() > LISTENERS * 150L;
                });
                assertDoesNotThrow(() -> load.finish());
            }
            publisher.close();
        }
    }
}
