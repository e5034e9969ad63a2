package dev.plainweave.gallery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.ui.test.User;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** What holds for the gallery however it was started. */
final class RunningProgram {
    private static final Pattern UP = Pattern.compile(
            "Plainweave is up: (http://localhost:\\d+/) \\((blocking|selector) IO, Java [^ ]+, \\d+\\.\\d\\d s\\)");

    private RunningProgram() {}

    /** One line, a page, a session that gets 1001 when the program is told to leave, bad requests, and not a line more. */
    static void check(Child program, String io, String signal, int exit) throws Exception {
        String line = program.line();
        Matcher up = UP.matcher(line);
        assertTrue(up.matches(), line);
        assertEquals(io, up.group(2));
        URI uri = URI.create(up.group(1));
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> page =
                    client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
            assertEquals(200, page.statusCode());
            for (String hosts : List.of("Host: [::\r\n", "Host: a\r\nHost: b\r\n", "Host: a:b\r\n")) {
                assertEquals("HTTP/1.1 400 ", refusal(uri, hosts));
            }
            URI guest = URI.create("ws://localhost:" + uri.getPort() + "/guest");
            URI jakarta = URI.create("ws://localhost:" + uri.getPort() + "/jakarta/echo");
            try (TestSocket visitor = TestSocket.open(client, guest);
                    TestSocket echo = TestSocket.open(client, jakarta);
                    User watcher = new User(uri)) {
                awaitEchoes(watcher); // neighbours are at work, and must be quiet about the end
                visitor.send("hello");
                assertEquals("hello", visitor.receive());
                echo.send("hello");
                assertEquals("hello", echo.receive());
                long told = System.nanoTime();
                program.signal(signal);
                assertEquals(1001, visitor.closeCode());
                assertEquals(1001, echo.closeCode());
                assertEquals(exit, program.exit());
                long seconds = (System.nanoTime() - told) / 1_000_000_000L;
                assertTrue(seconds < 10, "it took " + seconds + " s, longer than the grace");
            }
            client.shutdownNow();
        }
        assertEquals(List.of(), program.out());
        assertSaysOnlyThatItStopped(program);
    }

    /** What Jetty would log, with the value, at every request. */
    private static String refusal(URI uri, String hosts) throws IOException {
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.getOutputStream()
                    .write(("GET / HTTP/1.1\r\n" + hosts + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readNBytes(13), StandardCharsets.ISO_8859_1);
        }
    }

    static void assertSaysOnlyThatItStopped(Child program) throws Exception {
        assertEquals(1, program.err().size(), program.err()::toString);
        assertTrue(program.err().getFirst().contains("stopped: StopReport[inTime=true, "), program.err()::toString);
    }

    /** Opens the storm page, and waits until its neighbours have had echoes. */
    private static void awaitEchoes(User watcher) {
        watcher.open("/storm");
        Awaitility.await().until(() -> !Figures.of(watcher, "Echoes answered").matches("[0–]"));
    }
}
