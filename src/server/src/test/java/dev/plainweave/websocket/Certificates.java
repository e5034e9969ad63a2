package dev.plainweave.websocket;

import dev.plainweave.server.Tls;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** A certificate for localhost, made once by the JDK's own keytool. */
final class Certificates {
    private static final String PASSWORD = "changeit";
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static KeyStore made;

    private Certificates() {}

    static Tls tls() throws IOException, GeneralSecurityException, InterruptedException {
        Path file = Files.createTempFile("certificates", ".p12");
        try {
            try (OutputStream out = Files.newOutputStream(file)) {
                keyStore().store(out, PASSWORD.toCharArray());
            }
            return Tls.keyStore(file, PASSWORD);
        } finally {
            Files.delete(file);
        }
    }

    static SslContextFactory.Server contextFactory()
            throws IOException, GeneralSecurityException, InterruptedException {
        SslContextFactory.Server factory = new SslContextFactory.Server();
        factory.setKeyStore(keyStore());
        factory.setKeyStorePassword(PASSWORD);
        factory.setSniRequired(false);
        return factory;
    }

    private static KeyStore keyStore() throws IOException, GeneralSecurityException, InterruptedException {
        LOCK.lock();
        try {
            made = made == null ? make() : made;
            return made;
        } finally {
            LOCK.unlock();
        }
    }

    private static KeyStore make() throws IOException, GeneralSecurityException, InterruptedException {
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
            return KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        } finally {
            Files.delete(store);
            Files.delete(folder);
        }
    }
}
