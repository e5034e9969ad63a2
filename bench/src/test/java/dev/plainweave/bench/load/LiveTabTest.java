package dev.plainweave.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LiveTabTest {
    private static final String PAGE = "<body data-page=\"p\" data-secret=\"s\" data-frame=\"1\"><div id=\"w2\">0</div>"
            + "<button id=\"w3\">Count</button></body>";
    private static final String GREETED = "{\"resumed\":{\"lastEvent\":0}}";

    /** A page's function may still be ending when its socket comes: the server says so right behind its greeting. */
    @Test
    void aPageThatIsStillBusyIsOpenedAllTheSame() throws Exception {
        try (ServerSocket listener = greeting(GREETED, "{\"ack\":0,\"busy\":true}")) {
            LiveTab tab = open(listener);
            assertEquals(2, tab.label());
            assertEquals(3, tab.button());
            tab.client().toNonBlocking().close();
        }
    }

    @Test
    void whatNobodyAskedForIsRefused() throws Exception {
        try (ServerSocket listener = greeting(GREETED, "{\"n\":2,\"base\":1}")) {
            LoadException refused = assertThrows(LoadException.class, () -> open(listener));
            assertEquals("did not expect after the greeting: {\"n\":2,\"base\":1}", refused.getMessage());
        }
    }

    private static LiveTab open(ServerSocket listener) throws IOException {
        return LiveTab.open(
                (InetSocketAddress) listener.getLocalSocketAddress(),
                Handshake.plain("127.0.0.1", listener.getLocalPort(), "/_plainweave/socket"),
                "/",
                0);
    }

    /** A server of one page for one visitor, that answers its hello with these messages in one write. */
    private static ServerSocket greeting(String... messages) throws IOException {
        ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            try (Socket socket = listener.accept()) {
                DataInputStream in = new DataInputStream(socket.getInputStream());
                head(in);
                write(
                        socket,
                        "HTTP/1.1 200 OK\r\nSet-Cookie: plainweave=v; Path=/\r\nContent-Length: " + PAGE.length()
                                + "\r\n\r\n" + PAGE);
                String accept = Handshake.accept(Handshake.header(head(in), "Sec-WebSocket-Key"));
                write(socket, "HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: " + accept + "\r\n\r\n");
                in.readUnsignedByte(); // the hello has begun
                ByteArrayOutputStream answer = new ByteArrayOutputStream();
                for (String message : messages) {
                    answer.writeBytes(Frames.plain(Frames.TEXT, message.getBytes(StandardCharsets.US_ASCII)));
                }
                socket.getOutputStream().write(answer.toByteArray());
                in.transferTo(OutputStream.nullOutputStream());
            } catch (IOException gone) {
                // the client has seen enough
            }
        });
        return listener;
    }

    private static String head(DataInputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
