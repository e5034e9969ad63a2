package dev.plainweave.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TlsTest {
    private static Path file(String name) throws Exception {
        return Path.of(TlsTest.class.getResource("/tls/" + name).toURI());
    }

    private static HttpClient client(String certificate, String... protocols) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(file(certificate))) {
            trusted.setCertificateEntry(
                    "server", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        SSLParameters parameters = new SSLParameters();
        if (protocols.length > 0) {
            parameters.setProtocols(protocols);
        }
        return HttpClient.newBuilder()
                .sslContext(context)
                .sslParameters(parameters)
                .build();
    }

    private static void assertServes(HttpClient client, IoPolicy policy, Tls tls) throws Exception {
        try (WebServer server = WebServer.builder()
                .io(policy)
                .tls(tls)
                .get("/hello", (request, response) -> response.getWriter().print("secure " + request.isSecure()))
                .websocket("/echo", session -> {
                    while (true) {
                        session.send(session.receive());
                    }
                })
                .start(0)) {
            assertEquals("https", server.uri().getScheme());
            HttpRequest request =
                    HttpRequest.newBuilder(server.uri().resolve("/hello")).build();
            assertEquals(
                    "secure true",
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body());
            CompletableFuture<String> answer = new CompletableFuture<>();
            WebSocket socket = client.newWebSocketBuilder()
                    .buildAsync(URI.create("wss://localhost:" + server.port() + "/echo"), new WebSocket.Listener() {
                        @Override
                        public CompletableFuture<?> onText(WebSocket from, CharSequence text, boolean last) {
                            answer.complete(text.toString());
                            return null;
                        }
                    })
                    .get(10, TimeUnit.SECONDS);
            socket.sendText("over wss", true).get(10, TimeUnit.SECONDS);
            assertEquals("over wss", answer.get(10, TimeUnit.SECONDS));
            socket.sendClose(1000, "").get(10, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "rsa.crt,rsa.key,BLOCKING",
        "rsa.crt,rsa.key,SELECTOR",
        "rsa.crt,rsa-pkcs1.key,BLOCKING",
        "ec.crt,ec.key,BLOCKING",
        "ed.crt,ed.key,BLOCKING"
    })
    void aPemPairServesHttpsAndWss(String certificate, String key, IoPolicy policy) throws Exception {
        assertServes(client(certificate), policy, Tls.pem(file(certificate), file(key)));
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void aPkcs12FileServesHttpsAndWss(IoPolicy policy) throws Exception {
        assertServes(client("rsa.crt"), policy, Tls.keyStore(file("rsa.p12"), "secret"));
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void tls12IsServedToo(IoPolicy policy) throws Exception {
        assertServes(client("rsa.crt", "TLSv1.2"), policy, Tls.keyStore(file("rsa.p12"), "secret"));
    }

    @Test
    void aFileThatCannotBeUsedIsNamedWithTheReason(@TempDir Path folder) throws Exception {
        assertSays("is encrypted", () -> Tls.pem(file("rsa.crt"), file("rsa-encrypted.key")));
        assertSays("SEC1", () -> Tls.pem(file("rsa.crt"), file("ec-sec1.key")));
        assertSays("no certificate in", () -> Tls.pem(file("rsa.key"), file("rsa.key")));
        assertSays("no private key in", () -> Tls.pem(file("rsa.crt"), file("rsa.crt")));
        assertSays("missing.crt", () -> Tls.pem(folder.resolve("missing.crt"), file("rsa.key")));
        assertSays("cannot be opened", () -> Tls.keyStore(file("rsa.p12"), "wrong"));
        assertSays("cannot be read", () -> Tls.keyStore(folder.resolve("missing.p12"), "secret"));
        Path broken = Files.writeString(
                folder.resolve("broken.key"), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        assertSays("cannot be used", () -> Tls.pem(file("rsa.crt"), broken));
    }

    @Test
    void aKeyOfAnotherCertificateIsRefused() {
        assertSays("do not belong together", () -> Tls.pem(file("rsa.crt"), file("ec.key")));
    }

    private static void assertSays(String expected, org.junit.jupiter.api.function.Executable executable) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, executable);
        assertTrue(refused.getMessage().contains(expected), refused.getMessage());
    }
}
