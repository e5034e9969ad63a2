package dev.plainweave.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Clients that always have bytes to send, or always room for more, do not keep the carriers to themselves: in a process with
 * one carrier, others are answered. Without {@link TimeSlice} nobody is, as long as the flood lasts. (On a selector Jetty's
 * own platform threads share the work.)
 */
class FairTurnsTest {
    /** The server and its clients, on platform threads. */
    public static final class Main {
        private static final int FLOODS = 4;
        private static final int QUESTIONS = 20;

        private Main() {}

        public static void main(String[] arguments) throws Exception {
            try (WebServer server = WebServer.builder()
                    .io(IoPolicy.BLOCKING)
                    .host("127.0.0.1")
                    .get("/small", (request, response) -> response.getWriter().print("small"))
                    .websocket("/large", session -> {
                        ByteBuffer large = ByteBuffer.allocate(256 * 1024);
                        while (true) {
                            session.send(large.duplicate());
                        }
                    })
                    .websocket("/drop", session -> {
                        while (true) {
                            session.receive();
                        }
                    })
                    .start(0)) {
                List<Client> floods = new ArrayList<>();
                for (int i = 0; i < FLOODS; i++) {
                    floods.add(reading(server.port()));
                    floods.add(writing(server.port()));
                }
                long longest = 0;
                try (Client client = Client.plain(server.port())) {
                    client.get("/small").answer(); // the first loads classes
                    for (int i = 0; i < QUESTIONS; i++) {
                        long start = System.nanoTime();
                        client.get("/small").answer();
                        longest = Math.max(longest, System.nanoTime() - start);
                    }
                }
                System.out.println("longest " + TimeUnit.NANOSECONDS.toMillis(longest));
                floods.forEach(Client::close);
                System.exit(0);
            }
        }

        private static Client open(int port, String path) throws IOException {
            Client client = Client.plain(port);
            client.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
            assertEquals(101, client.answer().status());
            return client;
        }

        private static Client reading(int port) throws IOException {
            Client client = open(port, "/large");
            Thread.ofPlatform().daemon().start(() -> {
                byte[] dropped = new byte[256 * 1024];
                try (InputStream in = client.in()) {
                    while (in.read(dropped) >= 0) {
                        // As fast as it can.
                    }
                } catch (IOException over) {
                    // Closed.
                }
            });
            return client;
        }

        private static Client writing(int port) throws IOException {
            Client client = open(port, "/drop");
            byte[] frame = new byte[6 + 120];
            frame[0] = (byte) 0x82;
            frame[1] = (byte) (0x80 | 120);
            byte[] frames =
                    new String(frame, StandardCharsets.ISO_8859_1).repeat(500).getBytes(StandardCharsets.ISO_8859_1);
            Thread.ofPlatform().daemon().start(() -> {
                try {
                    while (true) {
                        client.send(frames);
                    }
                } catch (IOException over) {
                    // Closed.
                }
            });
            return client;
        }
    }

    @Test
    void othersAreAnsweredInTime() throws Exception {
        try (Child child = new Child(
                "",
                Main.class,
                "-Djdk.virtualThreadScheduler.parallelism=1",
                "-Djdk.virtualThreadScheduler.maxPoolSize=1")) {
            assertEquals(0, child.waitFor(), child.lines()::toString);
            String longest = child.lines().get(child.indexOf("longest "));
            assertTrue(Long.parseLong(longest.substring(8)) < 1500, longest);
        }
    }
}
