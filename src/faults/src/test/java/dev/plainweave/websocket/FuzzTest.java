package dev.plainweave.websocket;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Good requests and frames with a few bytes wrong, drawn from seeds, through the connector. Whatever comes is answered, or
 * its session ended, by the rules; nothing is a failure of the server's, nothing is logged. A failure names its seed:
 * {@code -Dfaults.fuzz=17} runs that one alone, {@code -Dfaults.fuzz.rounds=100000} looks for more.
 */
@Timeout(300)
@ResourceLock(value = LogTap.RESOURCE, mode = ResourceAccessMode.READ_WRITE)
class FuzzTest {
    private static final int ROUNDS = Integer.getInteger("faults.fuzz.rounds", 1_500);
    private static final int ONLY = Integer.getInteger("faults.fuzz", -1);

    private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final List<String> REQUESTS = List.of(
            "GET /a/b?c=d&e=%20 HTTP/1.1\r\nHost: localhost:80\r\nAccept: */*\r\nCookie: a=b; c=\"d\"\r\n\r\n",
            "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: " + SMUGGLED.length() + "\r\n\r\n" + SMUGGLED,
            "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n"
                    + Integer.toHexString(SMUGGLED.length()) + "\r\n" + SMUGGLED + "\r\n0\r\nT: t\r\n\r\n",
            "HEAD /a HTTP/1.1\r\nHost: a\r\nIf-None-Match: \"x\", W/\"y\"\r\nRange: bytes=0-1,3-\r\n\r\n",
            "POST /a HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc",
            "OPTIONS * HTTP/1.1\r\nHost: a\r\nOrigin: http://a\r\nAccess-Control-Request-Method: PUT\r\n\r\n",
            new String(
                    RawClient.request("/echo", "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits"),
                    StandardCharsets.ISO_8859_1));
    /** What is put in: what parsers stumble over. */
    private static final List<String> SPICE = List.of(
            "\r",
            "\n",
            "\r\n",
            "\r\n\r\n",
            "\0",
            " ",
            "\t",
            ":",
            ";",
            ",",
            "\"",
            "%",
            "%00",
            "%2e%2e/",
            "//",
            "\u007f",
            "\u00ff",
            "0",
            "-1",
            "+",
            "0x",
            "ffffffffffffffff",
            "Content-Length: 1\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Transfer-Encoding: identity\r\n",
            "Host: b\r\n",
            "Connection: close\r\n",
            "HTTP/1.0",
            "\u000b");

    private static final Set<Integer> STATUSES =
            Set.of(100, 101, 200, 204, 304, 400, 403, 404, 405, 408, 411, 413, 414, 416, 417, 421, 426, 431, 501, 505);
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.1 (\\d{3}) ");
    /** Jetty's own word about such a Host, told in the README. */
    private static final Set<String> HOST =
            Set.of("org.eclipse.jetty.http.HttpParser", "org.eclipse.jetty.util.HostPort");
    /** What counts the holders of Jetty's buffers: the top of the trace of {@link #releasedTwice}. */
    private static final String BUFFER_COUNT = "org.eclipse.jetty.io.Retainable$ReferenceCounter";

    private static final String HTTP_CONNECTION = "org.eclipse.jetty.server.internal.HttpConnection";

    private final AtomicInteger smuggled = new AtomicInteger();

    private WebServer start(IoPolicy io) {
        return WebServer.builder()
                .io(io)
                .host("127.0.0.1")
                .shutdownGrace(Duration.ofMillis(200))
                .limits(limit -> limit.frameDeadline(Duration.ofSeconds(5)).messageBytes(100_000))
                .get("/*", (request, response) -> response.getWriter().print("fine"))
                .post("/*", (request, response) -> {
                    long length = request.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
                    response.getWriter().print(length);
                })
                .get("/smuggled", (request, response) -> {
                    smuggled.incrementAndGet();
                    response.getWriter().print("SMUGGLED");
                })
                .websocket("/echo", options -> options.closeTimeout(Duration.ofSeconds(1)), Site::echo)
                .start(0);
    }

    private static int[] seeds() {
        int[] all = new int[ONLY >= 0 ? 1 : ROUNDS];
        for (int i = 0; i < all.length; i++) {
            all[i] = ONLY >= 0 ? ONLY : i;
        }
        return all;
    }

    @ParameterizedTest
    @EnumSource
    void requests(IoPolicy io) throws Exception {
        Set<Integer> seen = new TreeSet<>();
        try (LogTap log = new LogTap();
                WebServer server = start(io)) {
            for (int seed : seeds()) {
                byte[] request = spiced(REQUESTS.get(seed % REQUESTS.size()), new Random(seed));
                String answer = exchange(server.port(), request);
                Matcher status = STATUS_LINE.matcher(answer);
                while (status.find()) {
                    int code = Integer.parseInt(status.group(1));
                    seen.add(code);
                    assertTrue(STATUSES.contains(code), () -> about(seed, request) + " -> " + answer);
                }
                assertTrue(
                        answer.isEmpty() || answer.startsWith("HTTP/1.1 "),
                        () -> about(seed, request) + " -> " + answer);
            }
            await().until(() -> server.stats().connections() == 0);
            assertEquals(
                    server.stats().sessions().opened(),
                    server.stats().sessions().ended());
            assertEquals(0, server.stats().responses(0), "requests without an answer");
            List<String> said = log.events().stream()
                    .filter(event -> !HOST.contains(event.getLoggerName()))
                    .filter(event -> io == IoPolicy.BLOCKING || !releasedTwice(event))
                    .map(Object::toString)
                    .toList();
            assertEquals(List.of(), said, log::toString);
            assertTrue(ONLY >= 0 || seen.containsAll(Set.of(101, 200, 400)), seen::toString);
        }
    }

    @ParameterizedTest
    @EnumSource
    void frames(IoPolicy io) throws Exception {
        try (LogTap log = new LogTap();
                WebServer server = start(io)) {
            for (int seed : seeds()) {
                Random random = new Random(seed);
                byte[] frames = broken(goodFrames(random), random);
                boolean deflate = random.nextBoolean();
                try (RawClient client = deflate
                        ? RawClient.open(server.port(), "/echo", "Sec-WebSocket-Extensions: permessage-deflate")
                        : RawClient.open(server.port(), "/echo")) {
                    client.write(frames);
                    client.finishOutput();
                    RawClients.readToEnd(client);
                } catch (AssertionError | IOException failed) {
                    throw new AssertionError("seed " + seed, failed);
                }
            }
            await().until(() -> server.stats().connections() == 0);
            SessionStats sessions = server.stats().sessions();
            assertEquals(sessions.opened(), sessions.ended());
            assertEquals(
                    sessions.ended(),
                    sessions.ended(End.Reason.EOF)
                            + sessions.ended(End.Reason.PEER_CLOSED)
                            + sessions.ended(End.Reason.PROTOCOL_ERROR)
                            + sessions.ended(End.Reason.TOO_LARGE)
                            + sessions.ended(End.Reason.RESET));
            assertEquals(0, sessions.handlerFailures());
            assertEquals(List.of(), log.events(), log::toString);
        }
    }

    /**
     * Whether it is Jetty's own race (jetty.project issue 12939, open): on the selector the loop's thread and the handler's
     * may both give back a request's buffer, once in some hundred thousand requests. That connection is closed and the trace
     * logged. The blocking connector has one thread a connection, and must never say it.
     */
    private static boolean releasedTwice(ILoggingEvent event) {
        return event.getThrowableProxy() instanceof ThrowableProxy thrown
                && thrown.getThrowable() instanceof IllegalStateException
                && thrown.getThrowable().getStackTrace()[0].getClassName().equals(BUFFER_COUNT)
                && Stream.of(thrown.getThrowable().getStackTrace())
                        .anyMatch(frame -> frame.getClassName().equals(HTTP_CONNECTION));
    }

    // ---- what is sent

    private static byte[] spiced(String request, Random random) {
        StringBuilder text = new StringBuilder(request);
        for (int times = random.nextInt(4); times > 0; times--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(5)) {
                case 0 -> text.replace(at, at + 1, text.length() > 1 ? "" : "G");
                case 1 -> text.setCharAt(at, (char) random.nextInt(256));
                case 2 -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(30))));
                case 3 -> text.setLength(Math.max(1, at));
                default -> text.insert(at, SPICE.get(random.nextInt(SPICE.size())));
            }
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] goodFrames(Random random) {
        ClientFrames frames = new ClientFrames();
        for (int count = 1 + random.nextInt(5); count > 0; count--) {
            switch (random.nextInt(6)) {
                case 0 -> frames.text("t\u00e4xt".repeat(random.nextInt(100)));
                case 1 -> frames.ping("ping");
                case 2 -> frames.frame(FrameWriter.TEXT, "be").frame(0x80, "gun");
                case 3 -> frames.frame(ClientFrames.FIN | FrameWriter.BINARY, new byte[random.nextInt(70_000)]);
                case 4 ->
                    frames.frame(
                            ClientFrames.FIN | ClientFrames.RSV1 | FrameWriter.TEXT,
                            ClientFrames.deflated(new byte[1 + random.nextInt(2_000)], 6, false));
                default -> frames.close(1000, "bye");
            }
        }
        return frames.bytes();
    }

    private static byte[] broken(byte[] good, Random random) {
        byte[] bytes = good.clone();
        for (int times = random.nextInt(4); times > 0; times--) {
            bytes[random.nextInt(random.nextBoolean() ? Math.min(bytes.length, 16) : bytes.length)] =
                    (byte) random.nextInt(256);
        }
        return random.nextInt(4) == 0 ? java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }

    /** Sends it and the end, and reads all that comes. */
    private static String exchange(int port, byte[] request) throws IOException {
        try (RawClient client = RawClient.connect(port)) {
            client.write(request);
            client.finishOutput();
            StringBuilder answer = new StringBuilder();
            byte[] buffer = new byte[4096];
            try {
                for (int count = client.in().read(buffer);
                        count >= 0;
                        count = client.in().read(buffer)) {
                    answer.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
                }
            } catch (SocketTimeoutException open) {
                throw new AssertionError("the server keeps the connection open: " + answer, open);
            } catch (SocketException reset) {
                // After an answer, as the rest was not wanted.
            }
            return answer.toString();
        }
    }

    private static String about(int seed, byte[] request) {
        return "seed " + seed + ": "
                + new String(request, StandardCharsets.ISO_8859_1)
                        .replace("\r", "\\r")
                        .replace("\n", "\\n");
    }
}
