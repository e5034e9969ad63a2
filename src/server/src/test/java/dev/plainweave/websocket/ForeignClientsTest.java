package dev.plainweave.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.websocket.End.Reason;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;

/** Clients that are not this project's. */
@Timeout(60)
class ForeignClientsTest {
    private static final String PYTHON = "/usr/bin/python3";

    private static final String PYTHON_CLIENT = """
        import asyncio, sys, websockets

        async def main(uri):
            async with websockets.connect(uri, max_size=None) as ws:
                assert "permessage-deflate" in ws.response_headers["Sec-WebSocket-Extensions"]
                for size in (0, 1, 125, 126, 65535, 65536, 900000):
                    text = "\\u00e4" * (size // 2)
                    await ws.send(text)
                    assert await ws.recv() == text, size
                    data = bytes(i * 7 % 256 for i in range(size))
                    await ws.send(data)
                    assert await ws.recv() == data, size
                await ws.send(["in ", "three ", "fragments"])
                assert await ws.recv() == "in three fragments"
                pong = await ws.ping(b"are you there?")
                await asyncio.wait_for(pong, 5)
                await ws.close(4000, "bye")
                assert ws.close_code == 4000, ws.close_code
            async with websockets.connect(uri) as ws:
                await ws.send("close")
                try:
                    await ws.recv()
                    assert False
                except websockets.ConnectionClosedError as closed:
                    assert closed.rcvd.code == 4001 and closed.rcvd.reason == "enough", closed
            async with websockets.connect(uri, compression=None) as ws:
                ws.transport.write(b"\\x83\\x80\\x00\\x00\\x00\\x00")
                try:
                    await ws.recv()
                    assert False
                except websockets.ConnectionClosedError as closed:
                    assert closed.rcvd.code == 1002, closed
            ws = await websockets.connect(uri)
            ws.transport.abort()
            print("all is well")

        asyncio.run(main(sys.argv[1]))
        """;

    private static final String NODE_CLIENT = """
        const socket = new WebSocket(process.argv[1]);
        socket.binaryType = "arraybuffer";
        const large = "\\u20ac".repeat(100000);
        const expected = ["text", large];
        socket.onopen = () => { expected.forEach(text => socket.send(text)); socket.send(new Uint8Array([1, 2, 255])); };
        socket.onerror = event => { console.log("failed", event.message); process.exit(1); };
        socket.onmessage = event => {
            if (typeof event.data === "string") {
                if (event.data !== expected.shift()) { console.log("wrong text"); process.exit(1); }
            } else {
                if (new Uint8Array(event.data).join() !== "1,2,255") { console.log("wrong bytes"); process.exit(1); }
                socket.close(4000, "bye");
            }
        };
        socket.onclose = event => {
            console.log(event.wasClean && event.code === 4000 ? "all is well" : "unclean " + event.code);
            process.exit(0);
        };
        """;

    private static Site closingOnDemand(IoPolicy io) {
        return Site.of(io, session -> {
            for (Message message : session) {
                if (message.equals(Message.text("close"))) {
                    session.close(4001, "enough");
                    return;
                }
                session.send(message);
            }
        });
    }

    private static String run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(process.waitFor(10, TimeUnit.SECONDS), output);
            return output.strip();
        } finally {
            process.destroyForcibly();
        }
    }

    @BothPolicies
    void pythonWebsockets(IoPolicy io) throws Exception {
        String check = run(List.of(PYTHON, "-c", "import websockets; print('there')"));
        assertEquals("there", check, "this test needs the Debian package python3-websockets");
        try (Site site = closingOnDemand(io)) {
            assertEquals(
                    "all is well", run(List.of(PYTHON, "-c", PYTHON_CLIENT, "ws://127.0.0.1:" + site.port() + "/")));
            End first = site.visit().end();
            assertEquals(Reason.PEER_CLOSED, first.reason());
            assertEquals(4000, first.code());
            assertEquals("bye", first.text());
            assertEquals(Reason.SERVER_CLOSED, site.visit().end().reason());
            assertEquals(Reason.PROTOCOL_ERROR, site.visit().end().reason());
            Reason last = site.visit().end().reason();
            assertTrue(last == Reason.EOF || last == Reason.RESET, last::toString);
        }
    }

    private static boolean nodeHasWebSockets() throws Exception {
        try {
            String check = "console.log(typeof WebSocket)";
            return run(List.of("node", "--experimental-websocket", "-e", check)).endsWith("function");
        } catch (IOException absent) {
            return false;
        }
    }

    @BothPolicies
    void node(IoPolicy io) throws Exception {
        assumeTrue(nodeHasWebSockets(), "skipped: node is not on the PATH, or older than 20.10 and has no WebSocket");
        try (Site site = Site.echo(io)) {
            List<String> command = List.of(
                    "node", "--experimental-websocket", "-e", NODE_CLIENT, "ws://127.0.0.1:" + site.port() + "/");
            assertEquals("all is well", run(command));
            End end = site.visit().end();
            assertEquals(Reason.PEER_CLOSED, end.reason());
            assertEquals(4000, end.code());
        }
    }

    @BothPolicies
    void jdk(IoPolicy io) throws Exception {
        BlockingQueue<Object> events = new LinkedBlockingQueue<>();
        StringBuilder text = new StringBuilder();
        WebSocket.Listener listener = new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                text.append(data);
                if (last) {
                    events.add(text.toString());
                    text.setLength(0);
                }
                socket.request(1);
                return null;
            }

            @Override
            public CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
                events.add("pong " + message.remaining());
                socket.request(1);
                return null;
            }

            @Override
            public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
                events.add("close " + code + " " + reason);
                return null;
            }
        };
        List<Object> seen = new ArrayList<>();
        try (Site site = closingOnDemand(io);
                HttpClient client = HttpClient.newHttpClient()) {
            WebSocket socket = client.newWebSocketBuilder()
                    .buildAsync(URI.create("ws://127.0.0.1:" + site.port() + "/"), listener)
                    .get();
            socket.sendText("in ", false).get();
            socket.sendText("fragments", true).get();
            socket.sendPing(ByteBuffer.allocate(5)).get();
            socket.sendText("close", true).get();
            for (int i = 0; i < 3; i++) {
                seen.add(events.poll(10, TimeUnit.SECONDS));
            }
            assertTrue(seen.containsAll(List.of("in fragments", "pong 5", "close 4001 enough")), seen::toString);
            assertEquals(Reason.SERVER_CLOSED, site.visit().end().reason());
            WebSocket another = client.newWebSocketBuilder()
                    .buildAsync(URI.create("ws://127.0.0.1:" + site.port() + "/"), listener)
                    .get();
            another.abort();
            Reason reason = site.visit().end().reason();
            assertTrue(reason == Reason.EOF || reason == Reason.RESET, reason::toString);
        }
    }
}
