package dev.plainweave.proxy;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A child process that terminates TLS on a free port. */
final class RunningProxy implements AutoCloseable {
    private final Path folder;
    private final Path output;
    private final Process process;
    private final int port;

    /**
     * @param backend the port of the server behind it
     * @param timeout what stands in the place of 60s
     */
    RunningProxy(Proxy proxy, int backend, String timeout) throws IOException, URISyntaxException {
        Path program = proxy.installed();
        folder = Files.createTempDirectory("proxy");
        output = folder.resolve("output.txt");
        port = freePort();
        Path certificate = resource("rsa.crt");
        Path key = resource("rsa.key");
        Path both = folder.resolve("both.pem");
        Files.writeString(both, Files.readString(certificate) + Files.readString(key));
        String configuration = proxy.configuration();
        for (List<String> change : List.of(
                List.of("127.0.0.1:8080", "127.0.0.1:" + backend),
                List.of("listen 443", "listen 127.0.0.1:" + port),
                List.of("bind :443", "bind 127.0.0.1:" + port),
                List.of("/etc/ssl/plainweave.crt", certificate.toString()),
                List.of("/etc/ssl/plainweave.key", key.toString()),
                List.of("/etc/ssl/plainweave.pem", both.toString()),
                List.of("60s", timeout))) {
            configuration = configuration.replace(change.get(0), change.get(1));
        }
        process = new ProcessBuilder(proxy.command(program, folder, configuration))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        await().atMost(Duration.ofSeconds(20)).until(this::answers);
    }

    private static Path resource(String name) throws URISyntaxException {
        return Path.of(RunningProxy.class.getResource("/tls/" + name).toURI());
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }

    private boolean answers() throws IOException {
        assertTrue(process.isAlive(), () -> "it has ended: " + said());
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private String said() {
        try {
            return Files.readString(output, StandardCharsets.UTF_8);
        } catch (IOException unknown) {
            return unknown.toString();
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        await().until(() -> !process.isAlive());
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
