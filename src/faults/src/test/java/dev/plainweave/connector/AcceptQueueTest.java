package dev.plainweave.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** More clients than the kernel's queue holds while nothing is accepted: all are served when it is again. */
@Timeout(60)
class AcceptQueueTest {
    private static final int QUEUE = 4;
    private static final int CLIENTS = 20;

    @ParameterizedTest
    @EnumSource(names = {"BLOCKING", "SELECTOR"})
    void aFullQueueEmptiesAgain(Variant variant) throws Exception {
        try (TestServer server = new TestServer(variant)
                .handler(TestServer.blocking((request, response, in, out) -> out.write('k')))
                .with(connector -> {
                    if (connector instanceof BlockingConnector blocking) {
                        blocking.setAcceptQueueSize(QUEUE);
                    } else {
                        ((org.eclipse.jetty.server.ServerConnector) connector).setAcceptQueueSize(QUEUE);
                    }
                })
                .start()) {
            server.connector.setAccepting(false);
            List<SocketChannel> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                SocketChannel client = SocketChannel.open();
                clients.add(client);
                client.configureBlocking(false);
                client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
            }
            server.connector.setAccepting(true);
            for (SocketChannel client : clients) {
                try (client) {
                    client.configureBlocking(true);
                    client.finishConnect(); // the system knocks again
                    client.write(ByteBuffer.wrap("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII)));
                    ByteBuffer answer = ByteBuffer.allocate(12);
                    while (answer.hasRemaining() && client.read(answer) >= 0) {
                        // More.
                    }
                    assertEquals("HTTP/1.1 200", new String(answer.array(), StandardCharsets.US_ASCII));
                }
            }
            server.awaitNoEndPoint();
        }
    }
}
