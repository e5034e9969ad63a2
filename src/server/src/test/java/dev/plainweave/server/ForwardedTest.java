package dev.plainweave.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.websocket.LogTap;
import jakarta.servlet.http.Cookie;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a proxy says is believed if it is trusted, and then only what it can know. */
@Timeout(60)
@ResourceLock(LogTap.RESOURCE)
class ForwardedTest {
    private static WebServer.Builder builder(IoPolicy io) {
        return WebServer.builder()
                .io(io)
                .host("127.0.0.1")
                .get(
                        "/seen",
                        (request, response) -> response.getWriter()
                                .print(request.getRemoteAddr() + " " + request.getRequestURL() + " "
                                        + request.isSecure() + " " + request.getServerPort() + " "
                                        + request.getContextPath()))
                .websocket(
                        "/socket",
                        session -> session.send(session.handshake().remote() + " "
                                + session.handshake().secure()));
    }

    private static String exchange(int port, String path, String... headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
            String request =
                    "GET " + path + " HTTP/1.1\r\nHost: here.example:81\r\nConnection: close\r\n" + more + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String seen(WebServer server, String... headers) throws IOException {
        String answer = exchange(server.port(), "/seen", headers);
        return answer.startsWith("HTTP/1.1 200 ")
                ? answer.substring(answer.indexOf("\r\n\r\n") + 4)
                : answer.substring(9, 12);
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void nobodyIsBelievedUnlessTrusted(IoPolicy io) throws Exception {
        String plain = "127.0.0.1 http://here.example:81/seen false 81 ";
        String[] forged = {
            "X-Forwarded-For: 8.8.8.8",
            "X-Forwarded-Proto: https",
            "X-Forwarded-Host: evil.example",
            "X-Forwarded-Port: 1",
            "X-Forwarded-Prefix: /evil",
            "Forwarded: for=8.8.8.8;proto=https;host=evil.example"
        };
        try (WebServer server = builder(io).start(0)) {
            assertEquals(plain, seen(server, forged));
        }
        try (WebServer server = builder(io).trustedProxies("10.0.0.0/8", "::1").start(0)) {
            assertEquals(plain, seen(server, forged));
            assertEquals(plain, seen(server, "X-Forwarded-For: gar bage"));
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void whatATrustedProxySaysIsSeenByHandlers(IoPolicy io) throws Exception {
        try (LogTap log = new LogTap();
                WebServer server =
                        builder(io).trustedProxies("loopback", "10.0.0.0/8").start(0)) {
            String same = "127.0.0.1 http://here.example:81/seen false 81 ";
            assertEquals(same, seen(server));
            assertEquals("8.8.8.8 http://here.example:81/seen false 81 ", seen(server, "X-Forwarded-For: 8.8.8.8"));
            assertEquals("127.0.0.1 https://here.example:81/seen true 81 ", seen(server, "X-Forwarded-Proto: https"));
            assertEquals(
                    "[2001:db8:0:0:0:0:0:1] https://app.example/seen true 443 ",
                    seen(
                            server,
                            "X-Forwarded-For: 2001:db8::1",
                            "X-Forwarded-Proto: HTTPS",
                            "X-Forwarded-Host: app.example",
                            "X-Forwarded-Port: 443"));
            assertEquals(
                    "127.0.0.1 https://app.example:8443/seen true 8443 ",
                    seen(
                            server,
                            "X-Forwarded-Proto: https",
                            "X-Forwarded-Host: app.example:8443",
                            "X-Forwarded-Port: 1"));
            assertEquals(
                    "127.0.0.1 http://here.example:81/a/b/seen false 81 /a/b",
                    seen(server, "X-Forwarded-Prefix: /a/b/"));
            assertEquals(same, seen(server, "X-Forwarded-Prefix: /"));
            assertEquals(
                    "8.8.8.8 https://app.example/seen true 443 ",
                    seen(server, "Forwarded: for=\"8.8.8.8:123\";proto=https;host=app.example;by=_x"));
            assertEquals(
                    "[2001:db8:0:0:0:0:0:1] http://here.example:81/seen false 81 ",
                    seen(server, "Forwarded: For=\"[2001:db8::1]:47011\""));
            assertEquals(same, seen(server, "Forwarded: for=unknown"));
            assertEquals(same, seen(server, "X-Forwarded-For: unknown"));
            assertEquals(List.of(), log.events(), log::toString);
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void theClientIsTheFirstFromTheRightThatIsNoProxy(IoPolicy io) throws Exception {
        try (WebServer server =
                builder(io).trustedProxies("loopback", "10.0.0.0/8").start(0)) {
            for (String chain : List.of(
                    "X-Forwarded-For: 1.1.1.1, 8.8.8.8",
                    "X-Forwarded-For: 1.1.1.1, 8.8.8.8, 10.0.0.1",
                    "X-Forwarded-For: forged <b>, 8.8.8.8, 10.0.0.2, 10.0.0.1",
                    "X-Forwarded-For: 1.1.1.1\r\nX-Forwarded-For: 8.8.8.8:99\r\nX-Forwarded-For: 10.0.0.1",
                    "Forwarded: for=1.1.1.1, for=8.8.8.8;proto=http, for=10.0.0.1",
                    "Forwarded: for=1.1.1.1\r\nForwarded: for=8.8.8.8")) {
                assertTrue(seen(server, chain).startsWith("8.8.8.8 "), chain);
            }
            assertTrue(seen(server, "X-Forwarded-For: 10.0.0.2, 10.0.0.1").startsWith("10.0.0.2 "), "all are proxies");
            // The word about the client is that of the proxy it spoke to.
            assertEquals(
                    "8.8.8.8 https://here.example:81/seen true 81 ",
                    seen(server, "X-Forwarded-For: 8.8.8.8, 10.0.0.1", "X-Forwarded-Proto: https, http"));
            assertEquals(
                    "8.8.8.8 http://here.example:81/seen false 81 ",
                    seen(server, "X-Forwarded-For: 8.8.8.8", "X-Forwarded-Proto: https, http"));
            assertEquals(
                    "8.8.8.8 https://app.example/seen true 443 ",
                    seen(
                            server,
                            "Forwarded: for=8.8.8.8;proto=https;host=app.example, for=10.0.0.1;proto=http;host=b"));
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void whatIsMalformedIsABadRequest(IoPolicy io) throws Exception {
        try (LogTap log = new LogTap();
                WebServer server = builder(io).trustedProxies("loopback").start(0)) {
            for (String wrong : List.of(
                    "X-Forwarded-For: zqx",
                    "X-Forwarded-For: 1.2.3",
                    "X-Forwarded-For: 256.1.1.1",
                    "X-Forwarded-For: localhost",
                    "X-Forwarded-For: [::1",
                    "X-Forwarded-Proto: wss",
                    "X-Forwarded-Host: a b",
                    "X-Forwarded-Host: a/b",
                    "X-Forwarded-Host: user@a",
                    "X-Forwarded-Host: <script>",
                    "X-Forwarded-Host: a:0",
                    "X-Forwarded-Port: 65536",
                    "X-Forwarded-Port: x",
                    "X-Forwarded-Prefix: tools",
                    "X-Forwarded-Prefix: //evil.example",
                    "X-Forwarded-Prefix: /a/../b",
                    "X-Forwarded-Prefix: /a\"b",
                    "Forwarded: zqx",
                    "Forwarded: for=8.8.8.8;",
                    "Forwarded: for=\"8.8.8.8",
                    "Forwarded: for=8.8.8.8 proto=https",
                    "Forwarded: proto=gopher",
                    "Forwarded: host=\"a/b\"",
                    "Forwarded: for=8.8.8.8\r\nX-Forwarded-For: 8.8.8.8",
                    "Forwarded: proto=http\r\nX-Forwarded-Host: a",
                    "Forwarded: proto=http\r\nX-Forwarded-Proto: https")) {
                String answer = exchange(server.port(), "/seen", wrong);
                assertTrue(answer.startsWith("HTTP/1.1 400 "), () -> wrong + " -> " + answer);
                assertTrue(answer.contains("\r\nConnection: close\r\n"), () -> wrong + " -> " + answer);
                assertFalse(answer.contains("zqx"), answer);
            }
            assertEquals(List.of(), log.events(), log::toString);
        }
    }

    private static int upgrade(WebServer server, String path, String origin, String... headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(10_000);
            String request = "GET " + path + " HTTP/1.1\r\nHost: inside:8080\r\nUpgrade: websocket\r\n"
                    + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: " + origin + "\r\n"
                    + (headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n") + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return Integer.parseInt(
                    new String(in.readNBytes("HTTP/1.1 101".length()), StandardCharsets.US_ASCII).substring(9));
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void theSameOriginIsTheOneThatTheBrowserKnows(IoPolicy io) throws Exception {
        String[] told = {"X-Forwarded-Proto: https", "X-Forwarded-Host: app.example"};
        try (WebServer server = builder(io).trustedProxies("loopback").start(0)) {
            assertEquals(101, upgrade(server, "/socket", "https://app.example", told));
            assertEquals(403, upgrade(server, "/socket", "http://app.example", told));
            assertEquals(403, upgrade(server, "/socket", "http://inside:8080", told));
            assertEquals(101, upgrade(server, "/socket", "http://inside:8080"));
        }
        try (WebServer server = builder(io).start(0)) {
            assertEquals(403, upgrade(server, "/socket", "https://app.example", told), "forged");
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void aBasePathIsPartOfEveryPath(IoPolicy io) throws Exception {
        try (WebServer server = builder(io)
                .basePath("/app")
                .authenticate(caller -> Optional.empty())
                .requires("/locked/*")
                .get("/locked/in", (request, response) -> {})
                .get("/cookie", (request, response) -> {
                    Cookie cookie = new Cookie("c", "v");
                    cookie.setPath(request.getContextPath());
                    cookie.setSecure(request.isSecure());
                    response.addCookie(cookie);
                    response.sendRedirect(request.getContextPath() + "/seen");
                })
                .trustedProxies("loopback")
                .start(0)) {
            assertEquals("/app/", server.uri().getPath());
            assertTrue(exchange(server.port(), "/app/seen").endsWith(" http://here.example:81/app/seen false 81 /app"));
            assertTrue(exchange(server.port(), "/seen").startsWith("HTTP/1.1 404 "));
            assertTrue(exchange(server.port(), "/apple/seen").startsWith("HTTP/1.1 404 "));
            assertTrue(exchange(server.port(), "/app/locked/in").startsWith("HTTP/1.1 401 "));
            assertEquals(101, upgrade(server, "/app/socket", "http://inside:8080"));
            assertEquals(404, upgrade(server, "/socket", "http://inside:8080"));
            String answer =
                    exchange(server.port(), "/app/cookie", "X-Forwarded-Proto: https", "X-Forwarded-Prefix: /tools");
            assertTrue(answer.contains("\r\nLocation: /tools/app/seen\r\n"), answer);
            assertTrue(answer.contains("c=v; Path=/tools/app; Secure"), answer);
        }
    }

    @Test
    void blocksOfBothFamilies() throws Exception {
        TrustedProxies trusted =
                new TrustedProxies("192.0.2.0/25", "198.51.100.7", "2001:db8::/33", "0:0:0:0:0:0:0:1", "private");
        for (String inside : List.of(
                "192.0.2.127", "198.51.100.7", "2001:db8:7fff::1", "::1", "10.9.8.7", "172.31.0.1", "fd00::1")) {
            assertTrue(trusted.trusts(InetAddress.getAllByName(inside)[0]), inside);
        }
        for (String outside : List.of(
                "192.0.2.128", "198.51.100.8", "2001:db8:8000::1", "::2", "11.0.0.1", "172.32.0.1", "127.0.0.1")) {
            assertFalse(trusted.trusts(InetAddress.getAllByName(outside)[0]), outside);
        }
        assertTrue(new TrustedProxies("0.0.0.0/0").trusts(InetAddress.getAllByName("8.8.8.8")[0]));
    }

    @ParameterizedTest
    @CsvSource({"''", "localhost", "10.0.0.0/33", "10.0.0", "10.0.0.0/", "10.0.0.0/-1", "::1/129", "*", "10.0.0.01"})
    void whatIsNoAddressIsRefusedAtOnce(String wrong) {
        assertThrows(IllegalArgumentException.class, () -> WebServer.builder().trustedProxies(wrong));
    }

    @ParameterizedTest
    @CsvSource({"app", "/app/", "//app", "/a//b", "/../a", "/a/.", "/a b", "/{a}", "/a;b"})
    void whatIsNoBasePathIsRefusedAtOnce(String wrong) {
        assertThrows(IllegalArgumentException.class, () -> WebServer.builder().basePath(wrong));
    }
}
