package dev.plainweave.server;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plainweave.websocket.LogTap;
import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** RFC 6455, section 4.2.1: native sockets and Jakarta endpoints take the same handshakes, and no others. */
@Timeout(60)
@ResourceLock(LogTap.RESOURCE)
class BadHandshakesTest {
    /** An ordinary endpoint. */
    @ServerEndpoint("/jakarta")
    public static class Endpoint {
        @OnMessage
        public String echo(String text) {
            return text;
        }
    }

    private record Row(String rule, int status, String head) {}

    private static final String LINE = "GET %s HTTP/1.1\r\nHost: a\r\n";
    private static final String UPGRADE = "Upgrade: websocket\r\nConnection: Upgrade\r\n";
    private static final String VERSION = "Sec-WebSocket-Version: 13\r\n";
    private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    private static final String GOOD = LINE + UPGRADE + VERSION + KEY;

    private static final List<Row> ROWS = List.of(
            new Row("as it should be: 4.2.1", 101, GOOD + "\r\n"),
            new Row("no key: 4.2.1, 5", 400, LINE + UPGRADE + VERSION + "\r\n"),
            new Row("an empty key: 4.2.1, 5", 400, LINE + UPGRADE + VERSION + "Sec-WebSocket-Key:\r\n\r\n"),
            new Row(
                    "15 bytes: 4.2.1, 5",
                    400,
                    LINE + UPGRADE + VERSION + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAA\r\n\r\n"),
            new Row(
                    "no base64: 4.2.1, 5",
                    400,
                    LINE + UPGRADE + VERSION + "Sec-WebSocket-Key: !GhlIHNhbXBsZSBub25jZQ==\r\n\r\n"),
            new Row("two keys: 4.1, 7", 400, GOOD + KEY + "\r\n"),
            new Row("two versions: 4.1, 9", 426, GOOD + "Sec-WebSocket-Version: 8\r\n\r\n"),
            new Row("no version: 4.2.1, 6", 426, LINE + UPGRADE + KEY + "\r\n"),
            new Row("version 8: 4.2.2, 4", 426, LINE + UPGRADE + KEY + "Sec-WebSocket-Version: 8\r\n\r\n"),
            new Row("version 013: 4.2.2, 4", 426, LINE + UPGRADE + KEY + "Sec-WebSocket-Version: 013\r\n\r\n"),
            new Row("no Connection: 4.2.1, 4", 400, LINE + "Upgrade: websocket\r\n" + VERSION + KEY + "\r\n"),
            new Row(
                    "another Connection: 4.2.1, 4",
                    400,
                    LINE + "Upgrade: websocket\r\nConnection: close\r\n" + VERSION + KEY + "\r\n"),
            new Row("a body: 4.1 and 9110, 9.3.1", 400, GOOD + "Content-Length: 5\r\n\r\nhello"),
            new Row("chunks: 4.1 and 9110, 9.3.1", 400, GOOD + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
            new Row("HTTP/1.2: 4.2.1, 1", 505, GOOD.replace("1.1", "1.2") + "\r\n"),
            new Row("no Host: 4.2.1, 2", 400, GOOD.replace("Host: a\r\n", "") + "\r\n"),
            new Row("half a percent: 3986, 2.1", 400, GOOD.replace("%s", "%s?a=%%4") + "\r\n"),
            new Row("no UTF-8: 3629, 3", 400, GOOD.replace("%s", "%s?a=%%e9") + "\r\n"));

    private static int status(int port, String bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            byte[] start = socket.getInputStream().readNBytes("HTTP/1.1 101".length());
            return Integer.parseInt(new String(start, StandardCharsets.ISO_8859_1).substring(9));
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void refused(IoPolicy io) {
        try (LogTap log = new LogTap();
                WebServer server = WebServer.builder()
                        .io(io)
                        .host("127.0.0.1")
                        .websocket("/native", session -> session.receive())
                        .endpoint(Endpoint.class)
                        .start(0)) {
            assertAll(Stream.of("/native", "/jakarta")
                    .flatMap(path -> ROWS.stream().map(row -> (Executable) () -> assertEquals(
                            row.status(),
                            status(server.port(), row.head().formatted(path)),
                            path + ", " + row.rule()))));
            assertEquals(List.of(), log.events(), log::toString);
        }
    }
}
