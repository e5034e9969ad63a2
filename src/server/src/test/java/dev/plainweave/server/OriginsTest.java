package dev.plainweave.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.plainweave.websocket.Origins;
import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OriginsTest {
    /** An ordinary endpoint, which by Jakarta's own default would let every page in. */
    @ServerEndpoint("/jakarta")
    public static class Endpoint {
        @OnMessage
        public String echo(String text) {
            return text;
        }
    }

    private static int status(WebServer server, String path, String origin) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(10_000);
            String request = "GET " + path + " HTTP/1.1\r\nHost: here.example:8080\r\nUpgrade: websocket\r\n"
                    + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                    + (origin == null ? "" : "Origin: " + origin + "\r\n")
                    + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            String line = new String(in.readNBytes("HTTP/1.1 101".length()), StandardCharsets.US_ASCII);
            return Integer.parseInt(line.substring("HTTP/1.1 ".length()));
        }
    }

    private static WebServer.Builder builder(IoPolicy policy) {
        return WebServer.builder()
                .io(policy)
                .host("127.0.0.1")
                .websocket("/native", session -> session.receive())
                .websocket("/open", options -> options.origins(Origins.any()), session -> session.receive())
                .endpoint(Endpoint.class);
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void onlyThisServersOwnPagesMayConnectByDefault(IoPolicy policy) throws Exception {
        try (WebServer server = builder(policy).start(0)) {
            for (String path : new String[] {"/native", "/jakarta"}) {
                assertEquals(101, status(server, path, null), "no browser: " + path);
                assertEquals(101, status(server, path, "http://HERE.example:8080"), path);
                assertEquals(403, status(server, path, "http://here.example"), "another port: " + path);
                assertEquals(403, status(server, path, "https://here.example:8080"), "another scheme: " + path);
                assertEquals(403, status(server, path, "http://evil.example"), path);
                assertEquals(403, status(server, path, "null"), "a sandboxed page: " + path);
                assertEquals(403, status(server, path, "garbage"), path);
            }
            assertEquals(101, status(server, "/open", "http://evil.example"), "the route's own choice");
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void aListOfOriginsHoldsForEverySocketWhereverItWasSet(IoPolicy policy) throws Exception {
        try (WebServer server =
                builder(policy).origins(Origins.of("https://app.example")).start(0)) {
            for (String path : new String[] {"/native", "/jakarta"}) {
                assertEquals(101, status(server, path, "https://app.example"), path);
                assertEquals(101, status(server, path, "https://app.example:443"), path);
                assertEquals(101, status(server, path, "http://here.example:8080"), "the same origin: " + path);
                assertEquals(403, status(server, path, "http://app.example"), path);
            }
        }
    }

    @Test
    void whatIsNoOriginIsRefusedAtOnce() {
        for (String wrong :
                new String[] {"app.example", "https://app.example/path", "https://", "https://u@a.example"}) {
            assertThrows(IllegalArgumentException.class, () -> Origins.of(wrong), wrong);
        }
    }
}
