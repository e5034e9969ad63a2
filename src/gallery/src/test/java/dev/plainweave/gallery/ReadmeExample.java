package dev.plainweave.gallery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** The first example of the README, as it is printed there, but for the port. */
final class ReadmeExample {
    private static final Pattern BLOCK = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

    private ReadmeExample() {}

    /** Runs it as the README says, from its source, and talks to it. */
    static void check(Path directory, String classPath) throws Exception {
        String readme = Files.readString(Path.of("../../README.md"));
        Matcher block = BLOCK.matcher(readme);
        if (!block.find()) {
            throw new AssertionError("README.md has no java block");
        }
        int port = freePort();
        String source = block.group(1);
        assertEquals(2, source.split("start\\(8080\\)", -1).length, "the example starts on port 8080, once");
        Path file = directory.resolve("Hello.java");
        Files.writeString(file, source.replace("start(8080)", "start(" + port + ")"));
        try (Child hello = Child.start(Child.JAVA, List.of("-cp", classPath, file.toString()));
                HttpClient client = HttpClient.newHttpClient()) {
            URI page = URI.create("http://localhost:" + port + "/");
            assertEquals("Hello, world", awaitPage(client, page).strip());
            URI socket = URI.create("ws://localhost:" + port + "/hello");
            try (TestSocket visitor = TestSocket.open(client, socket)) {
                assertEquals("What is your name?", visitor.receive());
                visitor.send("Ada");
                assertEquals("Hello, Ada!", visitor.receive());
                hello.signal("TERM");
                assertEquals(1001, visitor.closeCode());
            }
            assertEquals(143, hello.exit());
            RunningProgram.assertSaysOnlyThatItStopped(hello);
            client.shutdownNow();
        }
    }

    private static String awaitPage(HttpClient client, URI page) {
        HttpRequest request =
                HttpRequest.newBuilder(page).timeout(Duration.ofSeconds(5)).build();
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .ignoreException(ConnectException.class)
                .until(
                        () -> client.send(request, HttpResponse.BodyHandlers.ofString())
                                .body(),
                        body -> true);
    }

    static int freePort() throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }
}
