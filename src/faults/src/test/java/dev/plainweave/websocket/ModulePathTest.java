package dev.plainweave.websocket;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.lang.module.ModuleFinder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A modular application: compiled against this project's module, and run by {@code java -p ... -m}. */
@Execution(ExecutionMode.CONCURRENT) // beside other classes: it mostly waits
class ModulePathTest {
    private static final String MODULE = """
        module app {
            requires dev.plainweave.server;

            exports app;
        }
        """;

    private static final String MAIN = """
        package app;

        import dev.plainweave.server.WebServer;
        import jakarta.websocket.OnMessage;
        import jakarta.websocket.server.ServerEndpoint;

        public final class Main {
            @ServerEndpoint("/jakarta/echo")
            public static class Echo {
                @OnMessage
                public String echo(String message) {
                    return message;
                }
            }

            public static void main(String[] arguments) {
                WebServer server = WebServer.builder()
                        .host("127.0.0.1")
                        .get("/hello", (request, response) -> response.getWriter().print(Main.class.getModule()))
                        .websocket("/echo", session -> {
                            while (true) session.send(session.receive());
                        })
                        .endpoint(Echo.class)
                        .start(0);
                System.out.println("port " + server.port());
            }
        }
        """;

    @TempDir
    private Path folder;

    @Test
    void aModularApplicationServes() throws Exception {
        String modules = modulePath();
        Path classes = compile(modules);
        List<String> output = new CopyOnWriteArrayList<>();
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-p",
                        modules + File.pathSeparator + classes,
                        "-m",
                        "app/app.Main")
                .redirectErrorStream(true)
                .start();
        try (HttpClient http = HttpClient.newHttpClient()) {
            Thread.ofPlatform()
                    .daemon()
                    .start(() -> process.inputReader().lines().forEach(output::add));
            await("port")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> port(output).isPresent() || !process.isAlive());
            int port = port(output).orElseThrow(() -> new AssertionError(String.join("\n", output)));

            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/hello"))
                    .build();
            assertEquals(
                    "module app", http.send(request, BodyHandlers.ofString()).body());
            for (String path : List.of("/echo", "/jakarta/echo")) {
                try (RawClient client = RawClient.open(port, path)) {
                    assertEquals("hello", client.text("hello").readText(), path);
                }
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static Optional<Integer> port(List<String> output) {
        return output.stream()
                .filter(line -> line.startsWith("port "))
                .map(line -> Integer.valueOf(line.substring(5)))
                .findFirst();
    }

    /** Micrometer's jars have no descriptors yet: modules by the name in their manifest, or in their file's name. */
    private static final Pattern AUTOMATIC =
            Pattern.compile(".*/(micrometer|prometheus|HdrHistogram|LatencyUtils)[^/]*\\.jar");

    /** What of the class path is a module by its own word, or is known as one: the server and its dependencies, no tests. */
    private static String modulePath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(ModulePathTest::isNamedModule)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static boolean isNamedModule(String entry) {
        Path path = Path.of(entry);
        if (Files.isDirectory(path)) {
            return Files.exists(path.resolve("module-info.class"));
        }
        return AUTOMATIC.matcher(entry).matches()
                || ModuleFinder.of(path).findAll().stream()
                        .anyMatch(module -> !module.descriptor().isAutomatic());
    }

    private Path compile(String modules) throws Exception {
        Path sources = Files.createDirectories(folder.resolve("app"));
        Files.writeString(folder.resolve("module-info.java"), MODULE);
        Files.writeString(sources.resolve("Main.java"), MAIN);
        Path classes = folder.resolve("classes");
        int result = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-p",
                        modules,
                        "-d",
                        classes.toString(),
                        folder.resolve("module-info.java").toString(),
                        sources.resolve("Main.java").toString());
        assertEquals(0, result, "the application does not compile");
        return classes;
    }
}
