package dev.plainweave.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plainweave.websocket.End;
import dev.plainweave.websocket.WebSocketOptions;
import dev.plainweave.websocket.WebSocketRoutes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Windows says when a connection dies, in the language it was installed in: the text is never read. */
@ResourceLock(LogWatch.LOCK)
class WindowsResetsTest {
    private static final String HANDSHAKE = String.join(
            "\r\n",
            "GET /socket HTTP/1.1",
            "Host: localhost",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "",
            "");
    /** A masked Ping: something for a read to return. */
    private static final byte[] PING = {(byte) 0x89, (byte) 0x80, 1, 2, 3, 4};

    static List<IOException> failures() {
        return List.of(
                new SocketException("Connection reset"),
                new IOException("An existing connection was forcibly closed by the remote host"),
                new IOException("An established connection was aborted by the software in your host machine"),
                new IOException("远程主机强迫关闭了一个现有的连接。"),
                new IOException("你的主机中的软件中止了一个已建立的连接。"),
                new IOException("Eine vorhandene Verbindung wurde vom Remotehost geschlossen"),
                new SocketException(
                        "Eine bestehende Verbindung wurde softwaregesteuert durch den Hostcomputer abgebrochen"),
                new IOException("The specified network name is no longer available"),
                new IOException("Broken pipe"), // what a write says elsewhere, of a read too
                new SocketException("Software caused connection abort"),
                new IOException());
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aReadThatFailsIsAReset(IOException failure) throws Exception {
        End end = ended(failure, true);
        assertEquals(List.of(End.Reason.RESET, End.Operation.READ), List.of(end.reason(), end.operation()));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aWriteThatFailsIsAReset(IOException failure) throws Exception {
        End end = ended(failure, false);
        assertEquals(List.of(End.Reason.RESET, End.Operation.WRITE), List.of(end.reason(), end.operation()));
    }

    private static End ended(IOException failure, boolean reading) throws Exception {
        CompletableFuture<End> end = new CompletableFuture<>();
        CompletableFuture<FailingChannel> channel = new CompletableFuture<>();
        WebSocketRoutes routes = new WebSocketRoutes().add("/socket", new WebSocketOptions(), session -> {
            session.onEnd(end::complete);
            session.send("ready");
            if (reading) {
                session.receive();
            } else {
                channel.get().failWrite(failure);
                session.send("lost");
            }
        });
        try (TestServer server =
                        new TestServer(Variant.BLOCKING).handler(routes).start();
                LogWatch log = LogWatch.open();
                ServerSocketChannel listener =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                Client client = Client.plain(((InetSocketAddress) listener.getLocalAddress()).getPort())) {
            SocketChannel accepted = listener.accept();
            channel.complete(new FailingChannel(accepted));
            server.blocking().begin(channel.get());
            client.send(HANDSHAKE);
            assertEquals(101, client.answer().status());
            client.exactly(2 + "ready".length());
            if (reading) {
                channel.get().failRead(failure);
                client.send(PING);
            }
            End met = end.get(10, TimeUnit.SECONDS);
            server.awaitNoEndPoint();
            assertEquals(List.of(), log.lines());
            return met;
        }
    }
}
