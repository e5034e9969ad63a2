package dev.plainweave.gallery;

import dev.plainweave.ui.test.User;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** A process full of visitors, who do what visitors do until the process is killed. */
final class MixedClient {
    private static final int VISITORS = 8;
    private static final int LONGEST_PAUSE_MS = 500;

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI server;
    private final Random random;

    private MixedClient(URI server, long seed) {
        this.server = server;
        random = new Random(seed);
    }

    static Process start(URI server, long seed) throws IOException {
        return new ProcessBuilder(
                        Child.JAVA.toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MixedClient.class.getName(),
                        server.toString(),
                        Long.toString(seed))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Visits the server named first. */
    public static void main(String[] arguments) throws Exception {
        MixedClient client = new MixedClient(URI.create(arguments[0]), Long.parseLong(arguments[1]));
        for (int visitor = 1; visitor < VISITORS; visitor++) {
            Random own = new Random(client.random.nextLong());
            Thread.ofVirtual().start(() -> client.visitForEver(own));
        }
        client.visitForEver(client.random);
    }

    private void visitForEver(Random mood) {
        try {
            while (true) {
                visit(mood);
            }
        } catch (Exception serverGone) {
            System.exit(1);
        }
    }

    private void visit(Random mood) throws Exception {
        TimeUnit.MILLISECONDS.sleep(mood.nextInt(LONGEST_PAUSE_MS));
        switch (mood.nextInt(6)) {
            case 0 -> chat(mood);
            case 1 -> talk("/echo", mood, "echo %d");
            case 2 -> talk("/guest", mood, "guest %d ".repeat(200));
            case 3 -> talk("/jakarta/echo", mood, "jakarta %d");
            case 4 -> get("/slow?ms=" + mood.nextInt(3000));
            default ->
                List.of("/", "/images/weave.svg", "/storm", "/source/storm/Storm.java", "/nowhere")
                        .forEach(this::getQuietly);
        }
    }

    /** In a tab, which is closed, or vanishes. */
    private void chat(Random mood) throws Exception {
        try (User guest = new User(server)) {
            guest.open("/chat");
            guest.find("Your name").type("Guest");
            guest.find("Join").click();
            for (int number = mood.nextInt(20); number > 0; number--) {
                guest.find("Send").click();
                TimeUnit.MILLISECONDS.sleep(mood.nextInt(LONGEST_PAUSE_MS));
            }
            if (mood.nextBoolean()) {
                guest.disconnect();
            }
        }
    }

    private void talk(String path, Random mood, String message) throws Exception {
        URI uri = URI.create("ws://" + server.getAuthority() + path);
        try (TestSocket socket = TestSocket.open(http, uri)) {
            for (int number = mood.nextInt(30); number > 0; number--) {
                socket.send(message.replace("%d", Integer.toString(number)));
                socket.receive();
                TimeUnit.MILLISECONDS.sleep(mood.nextInt(LONGEST_PAUSE_MS));
            }
            if (mood.nextBoolean()) {
                socket.close(1000);
            }
        }
    }

    private void getQuietly(String path) {
        try {
            get(path);
        } catch (Exception gone) {
            throw new IllegalStateException(gone);
        }
    }

    private void get(String path) throws Exception {
        http.send(HttpRequest.newBuilder(server.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
