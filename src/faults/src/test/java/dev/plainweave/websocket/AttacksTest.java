package dev.plainweave.websocket;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is meant to exhaust or to deceive, many at a time: memory stays bounded, the answers are clear, nothing is logged. */
@Timeout(60)
@Isolated("measures the heap")
@ResourceLock(value = LogTap.RESOURCE, mode = ResourceAccessMode.READ_WRITE)
class AttacksTest {
    private static final int CLIENTS = 200;
    private static final int MESSAGE = 1 << 20;
    /** What one connection that has begun something may hold: its buffers and little more. */
    private static final long HELD = 48 * 1024;

    private static WebServer.Builder server(IoPolicy io) {
        return WebServer.builder()
                .io(io)
                .host("127.0.0.1")
                .shutdownGrace(Duration.ofMillis(200))
                .limits(limit -> limit.messageBytes(MESSAGE))
                .get("/", (request, response) -> response.getWriter().print("fine"))
                .websocket("/", Site::echo);
    }

    private static long heap() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private interface Beginning {
        void write(RawClient client) throws IOException;
    }

    private static void assertHoldsLittle(IoPolicy io, Beginning beginning) throws Exception {
        try (LogTap log = new LogTap();
                WebServer server = server(io).start(0)) {
            List<RawClient> clients = new ArrayList<>();
            try {
                for (int i = 0; i < CLIENTS; i++) {
                    clients.add(RawClient.connect(server.port()));
                }
                await().until(() -> server.stats().connections() == CLIENTS);
                long before = heap();
                for (RawClient client : clients) {
                    beginning.write(client);
                }
                await().untilAsserted(() -> assertTrue(
                        heap() - before < CLIENTS * HELD,
                        () -> (heap() - before) / CLIENTS + " bytes for each of " + CLIENTS));
                assertEquals(CLIENTS, server.stats().connections());
            } finally {
                for (RawClient client : clients) {
                    client.reset();
                }
            }
            await().until(() -> server.stats().connections() == 0);
            assertEquals(List.of(), log.events(), log::toString);
        }
    }

    /** A length that is announced is not a length that is reserved. */
    @ParameterizedTest
    @EnumSource
    void announcedMessages(IoPolicy io) throws Exception {
        assertHoldsLittle(
                io,
                client -> client.upgrade("/")
                        .write(new ClientFrames().header(0x82, MESSAGE).raw(new byte[100])));
    }

    @ParameterizedTest
    @EnumSource
    void announcedFragments(IoPolicy io) throws Exception {
        assertHoldsLittle(io, client -> {
            ClientFrames frames = new ClientFrames().frame(FrameWriter.BINARY, new byte[10]);
            for (int i = 0; i < 500; i++) {
                frames.frame(FrameWriter.CONTINUATION, new byte[1]);
            }
            client.upgrade("/").write(frames);
        });
    }

    @ParameterizedTest
    @EnumSource
    void halfHeaders(IoPolicy io) throws Exception {
        assertHoldsLittle(
                io,
                client -> client.write(
                        ("GET / HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(4_000)).getBytes(StandardCharsets.US_ASCII)));
    }

    /** 64 MiB in 64 KiB, from many clients at a time: each is told 1009, and none is ever inflated. */
    @ParameterizedTest
    @EnumSource
    void bombs(IoPolicy io) throws Exception {
        byte[] bomb = ClientFrames.deflated(new byte[64 << 20], 9, false);
        byte[] frame = new ClientFrames()
                .frame(ClientFrames.FIN | ClientFrames.RSV1 | FrameWriter.BINARY, bomb)
                .bytes();
        try (LogTap log = new LogTap();
                WebServer server = server(io).start(0)) {
            List<RawClient> clients = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                clients.add(RawClient.open(server.port(), "/", "Sec-WebSocket-Extensions: permessage-deflate"));
            }
            long before = heap();
            for (RawClient client : clients) {
                client.write(
                        Arrays.copyOf(frame, frame.length - 1)); // held back: it would be dropped after the refusal
            }
            for (RawClient client : clients) {
                assertEquals(1009, client.readClose().code());
            }
            assertTrue(heap() - before < 50L * 2 * MESSAGE, "inflated beyond the limit");
            for (RawClient client : clients) {
                client.close();
            }
            await().until(() -> server.stats().connections() == 0);
            assertEquals(50, server.stats().sessions().ended(End.Reason.TOO_LARGE));
            assertEquals(List.of(), log.events(), log::toString);
        }
    }

    /** Versions of TLS that are broken, in the hello as bytes, since clients of today do not offer them. */
    @ParameterizedTest
    @EnumSource
    void oldTls(IoPolicy io) throws Exception {
        try (WebServer server = server(io).tls(Certificates.tls()).start(0);
                LogTap log = new LogTap()) {
            for (int version = 0; version <= 2; version++) { // SSL 3.0, TLS 1.0, TLS 1.1
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                    socket.setSoTimeout(10_000);
                    socket.getOutputStream().write(hello(version));
                    byte[] answer = socket.getInputStream().readAllBytes();
                    assertTrue(answer.length >= 7, () -> "no alert: " + Arrays.toString(answer));
                    assertEquals(21, answer[0], "an alert, and no hello");
                    assertEquals(2, answer[5], "a fatal one");
                }
            }
            try (RawClient client = RawClient.connect(server.port())) {
                client.write(RawClient.lines(List.of("GET / HTTP/1.1", "Host: localhost")));
                assertThrows(
                        IOException.class,
                        () -> {
                            if (client.in().readAllBytes()[0] == 21) {
                                throw new SSLException("an alert");
                            }
                        },
                        "plain text is not answered in plain text");
            }
            await().until(() -> server.stats().connections() == 0);
            assertEquals(List.of(), log.events(), log::toString);
        }
    }

    /** A client's hello that offers that minor version at most, with suites of its time. */
    private static byte[] hello(int minor) {
        byte[] body = new byte[2 + 32 + 1 + 2 + 4 + 2];
        body[0] = 3;
        body[1] = (byte) minor;
        body[36] = 4; // two suites
        body[38] = 0x2f; // RSA with AES 128 CBC
        body[39] = (byte) 0xc0;
        body[40] = 0x09; // ECDHE ECDSA with AES 128 CBC
        byte[] compression = {1, 0};
        byte[] hello = Arrays.copyOf(body, 43);
        System.arraycopy(compression, 0, hello, 41, 2);
        byte[] record = new byte[5 + 4 + hello.length];
        record[0] = 22;
        record[1] = 3;
        record[2] = (byte) minor;
        record[4] = (byte) (4 + hello.length);
        record[5] = 1;
        record[8] = (byte) hello.length;
        System.arraycopy(hello, 0, record, 9, hello.length);
        return record;
    }
}
