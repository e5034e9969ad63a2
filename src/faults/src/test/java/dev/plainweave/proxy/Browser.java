package dev.plainweave.proxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A client outside, which speaks TLS with the proxy and comes from an address of its own. */
final class Browser implements AutoCloseable {
    /** Where it comes from. The proxy speaks to the server from 127.0.0.1. */
    static final String ADDRESS = "127.0.0.2";

    private final Socket tcp = new Socket();
    private final SSLSocket tls;
    private final InputStream in;

    Browser(int port) throws IOException, GeneralSecurityException {
        tcp.bind(new InetSocketAddress(ADDRESS, 0));
        tcp.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 10_000);
        tls = (SSLSocket) trusting().getSocketFactory().createSocket(tcp, "localhost", port, true);
        tls.setSoTimeout(15_000);
        tls.startHandshake();
        in = tls.getInputStream();
    }

    static SSLContext trusting() throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream certificate = Browser.class.getResourceAsStream("/tls/rsa.crt")) {
            trusted.setCertificateEntry(
                    "proxy", CertificateFactory.getInstance("X.509").generateCertificate(certificate));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** Sends a GET. */
    Browser get(String path, String... headers) throws IOException {
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        String request = "GET " + path + " HTTP/1.1\r\nHost: localhost:" + tcp.getPort() + "\r\n" + more + "\r\n";
        tls.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /** Asks for a WebSocket. */
    Browser upgrade(String path, String... headers) throws IOException {
        String handshake = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
        return get(path, headers.length == 0 ? handshake : handshake + "\r\n" + String.join("\r\n", headers));
    }

    /** Everything up to and with that text. */
    String readUntil(String text) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        while (!read.toString(StandardCharsets.ISO_8859_1).endsWith(text)) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the connection ended after " + read);
            }
            read.write(next);
        }
        return read.toString(StandardCharsets.ISO_8859_1);
    }

    /** The status of the next answer. */
    int status() throws IOException {
        return Integer.parseInt(readUntil("\r\n\r\n").substring(9, 12));
    }

    /** A server's frame, as short as they all are here: its opcode, and its payload. */
    String frame() throws IOException {
        int first = in.read();
        int length = in.read();
        return (first & 0x0f) + " " + new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
    }

    /** Sends a frame with an empty mask: its opcode, and its payload. */
    Browser frame(int opcode, String payload) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(0x80 | opcode);
        frame.write(0x80 | payload.length());
        frame.writeBytes(new byte[4]);
        frame.writeBytes(payload.getBytes(StandardCharsets.ISO_8859_1));
        tls.getOutputStream().write(frame.toByteArray());
        return this;
    }

    /** Vanishes. */
    void reset() throws IOException {
        tcp.setSoLinger(true, 0);
        tcp.close();
    }

    @Override
    public void close() throws IOException {
        tcp.close();
    }
}
