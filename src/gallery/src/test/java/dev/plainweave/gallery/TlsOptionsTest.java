package dev.plainweave.gallery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --tls-cert} and {@code --tls-key}, with a certificate made by the JDK's keytool. */
class TlsOptionsTest {
    private static final char[] PASSWORD = "secret".toCharArray();

    @TempDir
    Path directory;

    private KeyStore keys() throws Exception {
        Path file = directory.resolve("keys.p12");
        Child.start(
                        Child.JAVA.resolveSibling("keytool"),
                        List.of(
                                "-genkeypair",
                                "-alias",
                                "a",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=localhost",
                                "-validity",
                                "2",
                                "-ext",
                                "SAN=dns:localhost",
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                "secret",
                                "-keystore",
                                file.toString()))
                .exit();
        return KeyStore.getInstance(file.toFile(), PASSWORD);
    }

    private Path pem(String name, String kind, byte[] content) throws Exception {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return Files.writeString(
                directory.resolve(name), "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
    }

    private static HttpClient trusting(KeyStore keys) throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("a", keys.getCertificate("a"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"blocking", "selector"})
    void servesPageAndSockets(String io) throws Exception {
        KeyStore keys = keys();
        Path certificate =
                pem("cert.pem", "CERTIFICATE", keys.getCertificate("a").getEncoded());
        Path key = pem("key.pem", "PRIVATE KEY", keys.getKey("a", PASSWORD).getEncoded());
        try (Child program = Child.gallery(
                        "--port=0", "--io", io, "--tls-cert=" + certificate, "--tls-key", key.toString());
                HttpClient client = trusting(keys)) {
            String line = program.line();
            assertTrue(line.startsWith("Plainweave is up: https://localhost:"), line);
            URI uri = URI.create(line.replaceAll(".*(https://[^ ]+) .*", "$1"));
            HttpRequest page = HttpRequest.newBuilder(uri).build();
            assertEquals(
                    200, client.send(page, HttpResponse.BodyHandlers.ofString()).statusCode());
            URI guest = URI.create("wss://localhost:" + uri.getPort() + "/guest");
            HttpRequest storm = HttpRequest.newBuilder(uri.resolve("/storm")).build();
            Pattern echoes = Pattern.compile("Echoes answered</dt><dd[^>]*><span[^>]*>[1-9]");
            try (TestSocket visitor = TestSocket.open(client, guest)) {
                visitor.send("hello");
                assertEquals("hello", visitor.receive());
                // The server's own clients trust its certificate, and reach it.
                await().until(() -> echoes.matcher(client.send(storm, HttpResponse.BodyHandlers.ofString())
                                .body())
                        .find());
                program.signal("TERM");
                assertEquals(1001, visitor.closeCode());
            }
            assertEquals(143, program.exit());
            RunningProgram.assertSaysOnlyThatItStopped(program);
            client.shutdownNow();
        }
    }

    @Test
    void keyAndCertificateMustBelongTogether() throws Exception {
        KeyStore keys = keys();
        Path certificate =
                pem("cert.pem", "CERTIFICATE", keys.getCertificate("a").getEncoded());
        Files.delete(directory.resolve("keys.p12"));
        Path other = pem("key.pem", "PRIVATE KEY", keys().getKey("a", PASSWORD).getEncoded());
        try (Child program = Child.gallery("--port=0", "--tls-cert=" + certificate, "--tls-key=" + other)) {
            assertEquals(2, program.exit());
            assertEquals(1, program.err().size(), program.err().toString());
        }
    }
}
