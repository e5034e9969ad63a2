package dev.plainweave.websocket;

import dev.plainweave.server.Tls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** A certificate for localhost, made once by the JDK's own keytool. */
final class Certificates {
    private static final String PASSWORD = "changeit";
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static Tls made;

    private Certificates() {}

    static Tls tls() throws IOException, InterruptedException {
        LOCK.lock();
        try {
            made = made == null ? make() : made;
            return made;
        } finally {
            LOCK.unlock();
        }
    }

    private static Tls make() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("certificates");
        Path store = folder.resolve("server.p12");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("keytool failed: " + output);
        }
        try {
            return Tls.keyStore(store, PASSWORD);
        } finally {
            Files.delete(store);
            Files.delete(folder);
        }
    }
}
