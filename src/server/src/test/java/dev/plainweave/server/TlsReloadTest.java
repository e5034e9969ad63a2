package dev.plainweave.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

@ResourceLock("log")
class TlsReloadTest {
    private static final Duration OFTEN = Duration.ofMillis(50);

    @TempDir
    private Path folder;

    private Path certificate;
    private Path key;
    private long time = 1_000_000;

    private Tls pair() throws Exception {
        certificate = folder.resolve("server.crt");
        key = folder.resolve("server.key");
        put("rsa");
        return Tls.pem(certificate, key).reloadEvery(OFTEN);
    }

    private void put(String name) throws Exception {
        copy(name + ".crt", certificate);
        copy(name + ".key", key);
    }

    /** With a time of its own: two copies within the file system's precision would look the same. */
    private void copy(String name, Path to) throws Exception {
        Files.copy(
                Path.of(TlsReloadTest.class.getResource("/tls/" + name).toURI()),
                to,
                StandardCopyOption.REPLACE_EXISTING);
        time += 10_000;
        Files.setLastModifiedTime(to, FileTime.fromMillis(time));
    }

    private static WebServer start(IoPolicy io, Tls tls) {
        return WebServer.builder()
                .io(io)
                .host("127.0.0.1")
                .tls(tls)
                .shutdownGrace(Duration.ofMillis(200))
                .get("/", (request, response) -> response.getWriter().print("served"))
                .start(0);
    }

    private static SSLSocket connect(WebServer server) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Trusting()}, new SecureRandom());
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", server.port());
        socket.setSoTimeout(15_000);
        socket.startHandshake();
        return socket;
    }

    /** The kind of key that the server shows to a new connection. */
    private static String shown(WebServer server) throws Exception {
        try (SSLSocket socket = connect(server)) {
            return socket.getSession().getPeerCertificates()[0].getPublicKey().getAlgorithm();
        }
    }

    private static String status(SSLSocket socket) throws IOException {
        socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        byte[] answer = new byte[12];
        assertEquals(answer.length, socket.getInputStream().readNBytes(answer, 0, answer.length));
        return new String(answer, 9, 3, StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @EnumSource
    void changedFilesAreTakenUpAndOpenConnectionsLiveOn(IoPolicy io) throws Exception {
        try (WebServer server = start(io, pair());
                SSLSocket old = connect(server)) {
            assertEquals("RSA", shown(server));
            put("ec");
            await().until(() -> shown(server), "EC"::equals);
            assertEquals("200", status(old));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBrokenFileLeavesTheOldCertificateAndOneWarning(IoPolicy io) throws Exception {
        List<String> warnings = new CopyOnWriteArrayList<>();
        AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
                    warnings.add(event.getFormattedMessage());
                }
            }
        };
        await().until(() -> LoggerFactory.getILoggerFactory() instanceof LoggerContext);
        Logger logger = (Logger) LoggerFactory.getLogger(TlsReloader.class);
        appender.start();
        logger.addAppender(appender);
        try (WebServer server = start(io, pair())) {
            copy("ec.key", key);
            await().until(() -> !warnings.isEmpty());
            assertTrue(warnings.get(0).contains("do not belong together"), warnings::toString);
            assertEquals("RSA", shown(server));
            copy("ec.crt", certificate);
            await().until(() -> shown(server), "EC"::equals);
            assertEquals(1, warnings.size(), warnings::toString);
        } finally {
            logger.detachAppender(appender);
        }
    }

    @ParameterizedTest
    @EnumSource
    void filesAreLoadedWhenOneAsksForIt(IoPolicy io) throws Exception {
        try (WebServer server = start(io, pair().reloadEvery(Duration.ZERO))) {
            copy("ec.key", key);
            IllegalArgumentException mixed = assertThrows(IllegalArgumentException.class, server::reloadTls);
            assertTrue(mixed.toString().contains("do not belong together"), mixed::toString);
            assertEquals("RSA", shown(server));
            copy("ec.crt", certificate);
            server.reloadTls();
            assertEquals("EC", shown(server));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aKeyStoreFileIsTakenUpToo(IoPolicy io) throws Exception {
        Path store = folder.resolve("server.p12");
        copy("rsa.p12", store);
        try (WebServer server = start(io, Tls.keyStore(store, "secret").reloadEvery(Duration.ZERO))) {
            Files.writeString(store, "broken");
            assertThrows(IllegalArgumentException.class, server::reloadTls);
            assertEquals("RSA", shown(server));
            copy("rsa.p12", store);
            server.reloadTls();
            assertEquals("RSA", shown(server));
        }
    }

    @Test
    void aServerWithoutACertificateHasNoneToLoad() {
        try (WebServer server = WebServer.builder().host("127.0.0.1").start(0)) {
            assertThrows(IllegalStateException.class, server::reloadTls);
        }
        assertThrows(IllegalArgumentException.class, () -> pair().reloadEvery(Duration.ofSeconds(-1)));
    }

    private static final class Trusting implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
