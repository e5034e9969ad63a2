package dev.plainweave.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** SIGTERM does what {@link WebServer#stop} does: readiness turns, the last request is answered, the process leaves. */
@Execution(ExecutionMode.CONCURRENT) // beside other classes: it mostly waits
class SigtermTest {
    /** A server in a process of its own. */
    public static final class Main {
        private Main() {}

        public static void main(String[] arguments) {
            WebServer server = WebServer.builder()
                    .io(IoPolicy.parse(arguments[0]))
                    .host("127.0.0.1")
                    .health("/health")
                    .readinessDelay(Duration.ofSeconds(2))
                    .get("/slow", (request, response) -> {
                        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(3));
                        response.getWriter().print("finished");
                    })
                    .start(0);
            System.out.println("up " + server.uri());
            server.awaitStop();
        }
    }

    @ParameterizedTest
    @EnumSource
    void readinessTurnsAndTheLastRequestIsAnswered(IoPolicy io) throws Exception {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        io.name())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader lines = process.inputReader()) {
            String line = lines.readLine();
            while (line != null && !line.startsWith("up ")) {
                line = lines.readLine();
            }
            URI root = URI.create(line.substring(3));
            HttpClient client = HttpClient.newHttpClient();
            HttpRequest ready =
                    HttpRequest.newBuilder(root.resolve("/health/ready")).build();
            assertEquals(
                    200,
                    client.send(ready, HttpResponse.BodyHandlers.ofString()).statusCode());
            var last = client.sendAsync(
                    HttpRequest.newBuilder(root.resolve("/slow")).build(), HttpResponse.BodyHandlers.ofString());
            assertTrue(process.toHandle().destroy(), "SIGTERM is sent");
            await().until(() ->
                    client.send(ready, HttpResponse.BodyHandlers.ofString()).statusCode() == 503);
            assertEquals("finished", last.get(20, TimeUnit.SECONDS).body());
            await().until(() -> {
                try {
                    return client.send(ready, HttpResponse.BodyHandlers.ofString())
                                    .statusCode()
                            < 0;
                } catch (ConnectException gone) {
                    return true;
                } catch (java.io.IOException leaving) {
                    return false;
                }
            });
            assertTrue(process.waitFor(20, TimeUnit.SECONDS));
            assertEquals(143, process.exitValue());
        } finally {
            process.destroyForcibly();
        }
    }
}
