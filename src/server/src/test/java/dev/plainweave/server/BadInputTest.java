package dev.plainweave.server;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.BadInputRows.After;
import dev.plainweave.server.BadInputRows.Row;
import dev.plainweave.websocket.LogTap;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What no client in its right mind sends: the status that the RFCs ask for, a closed connection, and not a word about it. */
@Timeout(120)
@ResourceLock(LogTap.RESOURCE)
class BadInputTest {
    private static final int PATIENCE_MILLIS = 2_000;
    private static final String NEXT = "GET /next HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    private final AtomicInteger smuggled = new AtomicInteger();

    private WebServer start(IoPolicy io) {
        return WebServer.builder()
                .io(io)
                .host("127.0.0.1")
                .get("/*", (request, response) -> response.getWriter().print("fine"))
                .post("/*", (request, response) -> {
                    request.getInputStream().readAllBytes();
                    response.getWriter().print("fine");
                })
                .get("/smuggled", (request, response) -> {
                    smuggled.incrementAndGet();
                    response.getWriter().print("SMUGGLED");
                })
                .start(0);
    }

    /** All that the server sends until it closes the connection. */
    private static String exchange(int port, String bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            StringBuilder answer = new StringBuilder();
            try {
                for (int next = in.read(); next >= 0; next = in.read()) {
                    answer.append((char) next);
                }
            } catch (SocketException reset) {
                answer.append("(reset)");
            } catch (SocketTimeoutException open) {
                answer.append("(still open)");
            }
            return answer.toString();
        }
    }

    private static void check(int port, Row row) throws IOException {
        boolean open = row.after() == After.OPEN;
        String answer = exchange(port, open ? row.bytes() + NEXT : row.bytes());
        assertTrue(answer.startsWith("HTTP/1.1 " + row.status() + " "), () -> row + "\n -> " + answer);
        assertEquals(open ? 2 : 1, answer.split("HTTP/1\\.1 ", -1).length - 1, () -> row + "\n -> " + answer);
        assertFalse(answer.toLowerCase(Locale.ROOT).contains("zqx"), () -> "sent back: " + row + "\n -> " + answer);
        if (!open) {
            assertFalse(answer.endsWith(")"), () -> row + "\n -> " + answer);
            assertTrue(answer.contains("\r\nConnection: close\r\n"), () -> "not said: " + row + "\n -> " + answer);
        }
    }

    private void checkAll(IoPolicy io, List<Row> rows) {
        try (LogTap log = new LogTap()) {
            checkAnswers(io, rows);
            assertEquals(List.of(), log.events(), log::toString);
        }
    }

    private void checkAnswers(IoPolicy io, List<Row> rows) {
        try (WebServer server = start(io)) {
            assertAll(rows.stream().map(row -> (Executable) () -> check(server.port(), row)));
            assertEquals(0, smuggled.get(), "requests smuggled");
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void requestLines(IoPolicy io) {
        checkAll(io, BadInputRows.requestLine());
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void targets(IoPolicy io) {
        checkAll(io, BadInputRows.targets());
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void paths(IoPolicy io) {
        checkAll(io, BadInputRows.paths());
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void hosts(IoPolicy io) {
        checkAnswers(io, BadInputRows.hosts());
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void headers(IoPolicy io) {
        checkAll(io, BadInputRows.headers());
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void framing(IoPolicy io) {
        checkAll(io, BadInputRows.framing());
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void chunks(IoPolicy io) {
        checkAll(io, BadInputRows.chunks());
    }
}
