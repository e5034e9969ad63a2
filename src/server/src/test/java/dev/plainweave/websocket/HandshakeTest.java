package dev.plainweave.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Timeout;

/** The opening handshake: what is refused and how, what is agreed on, and what a session knows of it. */
@Timeout(60)
class HandshakeTest {
    private static final List<String> GOOD = List.of(
            "GET / HTTP/1.1",
            "Host: localhost",
            "Upgrade: websocket",
            "Connection: keep-alive, Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: " + RawClient.KEY);

    private static RawClient.Answer ask(Site site, List<String> lines) throws Exception {
        try (RawClient client = site.connect(0)) {
            return client.write(RawClient.lines(lines)).answer();
        }
    }

    /** The good request with one line changed, or dropped where the change is empty. */
    private static List<String> but(int line, String... instead) {
        List<String> lines = new ArrayList<>(GOOD);
        lines.remove(line);
        lines.addAll(line, List.of(instead));
        return lines;
    }

    @BothPolicies
    void accepted(IoPolicy io) throws Exception {
        try (Site site = Site.echo(io)) {
            RawClient.Answer answer = ask(site, GOOD);
            assertEquals(101, answer.status());
            assertEquals(Optional.of("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), answer.header("Sec-WebSocket-Accept"));
            assertEquals("websocket", answer.header("Upgrade").orElseThrow());
            assertEquals("Upgrade", answer.header("Connection").orElseThrow());
            assertEquals(Optional.empty(), answer.header("Sec-WebSocket-Extensions"));
            assertEquals(Optional.empty(), answer.header("Sec-WebSocket-Protocol"));
            assertEquals(101, ask(site, but(2, "upgrade: WebSocket")).status());
            assertEquals(101, ask(site, but(3, "Connection: UPGRADE")).status());
        }
    }

    @BothPolicies
    void refused(IoPolicy io) throws Exception {
        String key = "Sec-WebSocket-Key: ";
        try (Site site = Site.echo(io)) {
            assertEquals(400, ask(site, but(5)).status(), "no key");
            assertEquals(400, ask(site, but(5, key + "tooshort")).status());
            assertEquals(400, ask(site, but(5, key + "dGhlIHNhbXBsZSBub25jZQ")).status(), "no padding");
            assertEquals(
                    400, ask(site, but(5, key + "dGhlIHNhbXBsZSBub25jZSE=")).status(), "17 bytes");
            assertEquals(
                    400,
                    ask(site, but(5, key + RawClient.KEY, key + RawClient.KEY)).status(),
                    "two keys");
            assertEquals(400, ask(site, but(3)).status(), "no Connection");
            assertEquals(400, ask(site, but(3, "Connection: close")).status());
            assertEquals(400, ask(site, but(0, "GET / HTTP/1.0")).status());
            assertEquals(405, ask(site, but(0, "POST / HTTP/1.1")).status());
            assertEquals(
                    "GET", ask(site, but(0, "PUT / HTTP/1.1")).header("Allow").orElseThrow());
            for (List<String> version : List.of(
                    but(4),
                    but(4, "Sec-WebSocket-Version: 8"),
                    but(4, "Sec-WebSocket-Version: 13x"),
                    but(4, "Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 8"))) {
                RawClient.Answer answer = ask(site, version);
                assertEquals(426, answer.status());
                assertEquals("13", answer.header("Sec-WebSocket-Version").orElseThrow());
            }
            RawClient.Answer plain = ask(site, but(2));
            assertEquals(426, plain.status());
            assertEquals("websocket", plain.header("Upgrade").orElseThrow());
            assertEquals(0, site.stats().opened());
        }
    }

    /** A refused handshake leaves the connection as it was: the next request on it is answered. */
    @BothPolicies
    void afterARefusal(IoPolicy io) throws Exception {
        try (Site site = Site.echo(io);
                RawClient client = site.connect(0)) {
            RawClient.Answer refused = client.write(RawClient.lines(but(4))).answer();
            client.in()
                    .readNBytes(
                            Integer.parseInt(refused.header("Content-Length").orElseThrow()));
            client.upgrade("/").text("second try");
            assertEquals("second try", client.readText());
        }
    }

    private static int withOrigin(WebServer server, String path, String host, String... origin) throws Exception {
        try (RawClient client = RawClient.connect(server.port())) {
            List<String> lines = new ArrayList<>(GOOD);
            lines.set(0, "GET " + path + " HTTP/1.1");
            lines.set(1, "Host: " + host);
            Arrays.stream(origin).map(value -> "Origin: " + value).forEach(lines::add);
            return client.write(RawClient.lines(lines)).answer().status();
        }
    }

    @BothPolicies
    void origins(IoPolicy io) throws Exception {
        try (WebServer server = WebServer.builder()
                .io(io)
                .websocket("/same", Site::echo)
                .websocket("/any", options -> options.origins(Origins.any()), Site::echo)
                .websocket(
                        "/list",
                        options -> options.origins(Origins.of("https://app.example.org", "http://localhost:3000")),
                        Site::echo)
                .start(0)) {
            assertEquals(101, withOrigin(server, "/same", "example.org"));
            assertEquals(101, withOrigin(server, "/same", "example.org", "http://example.org"));
            assertEquals(101, withOrigin(server, "/same", "example.org", "HTTP://Example.ORG:80"));
            assertEquals(101, withOrigin(server, "/same", "example.org:80", "http://example.org"));
            assertEquals(101, withOrigin(server, "/same", "Example.org:8080", "http://example.org:8080"));
            assertEquals(101, withOrigin(server, "/same", "[::1]:8080", "http://[::1]:8080"));
            assertEquals(101, withOrigin(server, "/same", "my_service:8080", "http://my_service:8080"));
            assertEquals(403, withOrigin(server, "/same", "example.org:8080", "http://example.org"));
            assertEquals(403, withOrigin(server, "/same", "example.org", "http://example.org:8080"));
            assertEquals(403, withOrigin(server, "/same", "example.org", "https://example.org"));
            assertEquals(403, withOrigin(server, "/same", "example.org", "http://example.org.evil.net"));
            assertEquals(403, withOrigin(server, "/same", "example.org", "http://user@example.org"));
            assertEquals(403, withOrigin(server, "/same", "example.org", "http://example.org/path"));
            assertEquals(403, withOrigin(server, "/same", "example.org", "null"));
            assertEquals(403, withOrigin(server, "/same", "example.org", ""));
            assertEquals(403, withOrigin(server, "/same", "example.org", "not an origin"));
            assertEquals(403, withOrigin(server, "/same", "example.org", "http://example.org", "http://evil.net"));

            assertEquals(101, withOrigin(server, "/any", "example.org", "http://evil.net"));
            assertEquals(101, withOrigin(server, "/any", "example.org", "null"));

            assertEquals(101, withOrigin(server, "/list", "example.org", "https://app.example.org"));
            assertEquals(101, withOrigin(server, "/list", "example.org", "https://APP.example.org:443"));
            assertEquals(101, withOrigin(server, "/list", "example.org", "http://localhost:3000"));
            assertEquals(101, withOrigin(server, "/list", "example.org", "http://example.org"), "its own too");
            assertEquals(403, withOrigin(server, "/list", "example.org", "http://localhost:3001"));
            assertEquals(403, withOrigin(server, "/list", "example.org", "http://app.example.org"));
            assertEquals(101, withOrigin(server, "/list", "example.org"), "no browser");
        }
    }

    @BothPolicies
    void subprotocols(IoPolicy io) throws Exception {
        try (Site site = Site.of(
                io,
                options -> options.subprotocols("v2", "v1"),
                session -> session.send(session.handshake().subprotocol().orElse("none")))) {
            for (Map.Entry<String, String> offer : Map.of(
                            "v1", "v1",
                            "v1, v2", "v2",
                            "v0,v1", "v1",
                            "V2", "none",
                            "v3", "none")
                    .entrySet()) {
                try (RawClient client = site.connect(0)) {
                    client.write(RawClient.request("/", "Sec-WebSocket-Protocol: " + offer.getKey()));
                    RawClient.Answer answer = client.answer();
                    assertEquals(
                            offer.getValue(),
                            answer.header("Sec-WebSocket-Protocol").orElse("none"));
                    assertEquals(offer.getValue(), client.readText());
                }
            }
        }
    }

    @BothPolicies
    void compressionBothWays(IoPolicy io) throws Exception {
        String text = "the quick brown fox ".repeat(20_000);
        try (Site site = Site.echo(io);
                RawClient client = site.connect(0)) {
            client.write(
                    RawClient.request("/", "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits"));
            assertEquals(
                    "permessage-deflate;server_no_context_takeover;client_no_context_takeover",
                    client.answer().header("Sec-WebSocket-Extensions").orElseThrow());
            byte[] deflated = ClientFrames.deflated(text.getBytes(StandardCharsets.UTF_8), 6, false);
            int third = deflated.length / 3;
            client.write(new ClientFrames()
                    .frame(ClientFrames.RSV1 | FrameWriter.TEXT, Arrays.copyOfRange(deflated, 0, third))
                    .ping("between")
                    .frame(FrameWriter.CONTINUATION, Arrays.copyOfRange(deflated, third, 2 * third))
                    .frame(
                            ClientFrames.FIN | FrameWriter.CONTINUATION,
                            Arrays.copyOfRange(deflated, 2 * third, deflated.length)));
            List<RawClient.Frame> controls = new ArrayList<>();
            RawClient.Frame answer = client.readMessage(controls);
            assertEquals(1, controls.size());
            assertTrue(answer.rsv1());
            assertTrue(answer.bytes().length < text.length() / 10);
            assertEquals(text, inflated(answer.bytes(), text.length()));

            client.text("short and plain");
            RawClient.Frame plain = client.read();
            assertFalse(plain.rsv1());
            assertEquals("short and plain", plain.text());
            assertTrue(site.visit().session.handshake().compressed());
        }
    }

    private static String inflated(byte[] data, int length) throws Exception {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(data);
            byte[] out = new byte[length + 1];
            int size = inflater.inflate(out);
            return new String(out, 0, size, StandardCharsets.UTF_8);
        } finally {
            inflater.end();
        }
    }

    @BothPolicies
    void compressionDeclined(IoPolicy io) throws Exception {
        try (Site site = Site.of(io, options -> options.compression(false), Site::echo);
                RawClient client = site.connect(0)) {
            client.write(RawClient.request("/", "Sec-WebSocket-Extensions: permessage-deflate"));
            assertEquals(Optional.empty(), client.answer().header("Sec-WebSocket-Extensions"));
            client.write(new ClientFrames().frame(ClientFrames.FIN | ClientFrames.RSV1 | FrameWriter.TEXT, "x"));
            assertEquals(1002, client.readClose().code());
        }
    }

    @BothPolicies
    void whatASessionKnows(IoPolicy io) throws Exception {
        try (WebServer server = WebServer.builder()
                        .io(io)
                        .host("127.0.0.1")
                        .websocket("/chat/{room}/{seat}", session -> {
                            Handshake handshake = session.handshake();
                            session.send(handshake.path());
                            session.send(handshake.parameters().get("room"));
                            session.send(handshake.parameter("seat").orElseThrow() + handshake.parameter("other"));
                            session.send(handshake.query().toString());
                            session.send(handshake.query("q") + "" + handshake.query("none"));
                            session.send(handshake.header("x-many") + ""
                                    + handshake.headers().get("x-many"));
                            session.send(String.valueOf(handshake.headers().containsKey("sec-websocket-key")));
                            session.send(handshake.header("COOKIE").orElseThrow());
                            session.send(
                                    handshake.secure() + " " + handshake.principal() + " " + handshake.compressed());
                            session.send(String.valueOf(((InetSocketAddress) handshake.remote()).getPort()));
                        })
                        .start(0);
                RawClient client = RawClient.open(
                        server.port(),
                        "/chat/sm%C3%B8rr%20%26/a%3Fb?q=1%2B1&q=zwei+drei&empty=&%C3%A4=%E2%82%AC",
                        "X-Many: one",
                        "x-many: two, three",
                        "Cookie: a=b; c=d")) {
            assertEquals("/chat/smørr &/a?b", client.readText());
            assertEquals("smørr &", client.readText());
            assertEquals("a?bOptional.empty", client.readText());
            assertEquals("{q=[1+1, zwei drei], empty=[], ä=[€]}", client.readText());
            assertEquals("Optional[1+1]Optional.empty", client.readText());
            assertEquals("Optional[one][one, two, three]", client.readText());
            assertEquals("false", client.readText());
            assertEquals("a=b; c=d", client.readText());
            assertEquals("false Optional.empty false", client.readText());
            assertEquals(String.valueOf(client.tcp().getLocalPort()), client.readText());
        }
    }

    @BothPolicies
    void overTls(IoPolicy io) throws Exception {
        try (Site site = new Site(io, Certificates.tls(), options -> {}, session -> {
                    session.send("secure: " + session.handshake().secure());
                    Site.echo(session);
                });
                RawClient client = site.client("Origin: https://localhost")) {
            assertEquals("secure: true", client.readText());
            client.text("x".repeat(100_000));
            assertEquals("x".repeat(100_000), client.readText());
        }
    }

    @BothPolicies
    void framesInTheHandshakesPacket(IoPolicy io) throws Exception {
        try (Site site = Site.echo(io);
                RawClient client = site.connect(0)) {
            ClientFrames together = new ClientFrames()
                    .raw(RawClient.request("/"))
                    .text("first")
                    .ping("p")
                    .text("x".repeat(3000))
                    .frame(FrameWriter.TEXT, "cut ");
            client.write(together);
            assertEquals(101, client.answer().status());
            assertEquals("first", client.readText());
            List<RawClient.Frame> controls = new ArrayList<>();
            assertEquals("x".repeat(3000), client.readMessage(controls).text());
            client.write(new ClientFrames().frame(ClientFrames.FIN, "off"));
            assertEquals("cut off", client.readMessage(controls).text());
            assertEquals("p", controls.get(0).text());
        }
    }

    @BothPolicies
    void pipelinedAndByteByByte(IoPolicy io) throws Exception {
        try (Site site = Site.echo(io);
                RawClient client = site.client()) {
            ClientFrames many = new ClientFrames();
            for (int i = 0; i < 500; i++) {
                many.text("message " + i);
            }
            client.write(many);
            for (int i = 0; i < 500; i++) {
                assertEquals("message " + i, client.readText());
            }
            byte[] bytes = new ClientFrames().text("ä".repeat(70)).text("end").bytes();
            for (byte next : bytes) {
                client.write(new byte[] {next});
            }
            assertEquals("ä".repeat(70), client.readText());
            assertEquals("end", client.readText());
        }
    }
}
