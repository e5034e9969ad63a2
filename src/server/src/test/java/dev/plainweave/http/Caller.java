package dev.plainweave.http;

import dev.plainweave.server.WebServer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** A client that sends what it is told, byte for byte, and reads what comes. */
final class Caller implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 15_000;

    private final Socket socket;
    private final InputStream in;

    /** An answer; header names in lower case, several values joined by a comma. */
    @SuppressWarnings("ArrayRecordComponent")
    record Answer(int status, Map<String, String> headers, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        String header(String name) {
            return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)))
                    .orElse("");
        }
    }

    Caller(int port) throws IOException {
        this(port, 0);
    }

    /** With a receive buffer that small: the window of a slow reader. */
    Caller(int port, int receiveBuffer) throws IOException {
        this(connected(port, receiveBuffer));
    }

    private Caller(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    private static Socket connected(int port, int receiveBuffer) throws IOException {
        Socket socket = new Socket();
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
        return socket;
    }

    /** Over TLS, whatever the certificate. */
    static Caller tls(int port) throws Exception {
        SSLContext trusting = SSLContext.getInstance("TLS");
        trusting.init(null, new TrustManager[] {new TrustsAll()}, null);
        SSLSocket socket =
                (SSLSocket) trusting.getSocketFactory().createSocket(connected(port, 0), "localhost", port, true);
        socket.startHandshake();
        return new Caller(socket);
    }

    private static final class TrustsAll extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** One exchange on a connection of its own. */
    static Answer call(WebServer server, String method, String target, String... headers) throws IOException {
        try (Caller caller = new Caller(server.port())) {
            return caller.send(method, target, headers).answer("HEAD".equals(method));
        }
    }

    static Answer get(WebServer server, String target, String... headers) throws IOException {
        return call(server, "GET", target, headers);
    }

    static Answer post(WebServer server, String target, String type, String body, String... headers)
            throws IOException {
        try (Caller caller = new Caller(server.port())) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            String[] all = Stream.concat(
                            List.of(headers).stream(),
                            List.of("Content-Type: " + type, "Content-Length: " + bytes.length).stream())
                    .toArray(String[]::new);
            return caller.send("POST", target, all).send(bytes).answer(false);
        }
    }

    Caller send(String method, String target, String... headers) throws IOException {
        StringBuilder request = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        return send(request.append("\r\n").toString());
    }

    Caller send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    Caller send(byte... bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    Answer answer() throws IOException {
        return answer(false);
    }

    Answer answer(boolean head) throws IOException {
        Answer start = headers();
        int status = start.status();
        if (head || status == 204 || status == 304) {
            return start;
        }
        if (!start.header("Content-Length").isEmpty()) {
            int length = Integer.parseInt(start.header("Content-Length"));
            byte[] body = in.readNBytes(length);
            if (body.length < length) {
                throw new EOFException("the connection ended after " + body.length + " of " + length + " bytes");
            }
            return new Answer(status, start.headers(), body);
        }
        return new Answer(
                status,
                start.headers(),
                start.header("Transfer-Encoding").equals("chunked") ? chunks() : in.readAllBytes());
    }

    /** The answer as far as its body, which stays unread. */
    Answer headers() throws IOException {
        int status = Integer.parseInt(line().split(" ", 3)[1]);
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.merge(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip(),
                    (one, other) -> one + ", " + other);
        }
        return new Answer(status, headers, new byte[0]);
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] chunk = chunk(); chunk.length > 0; chunk = chunk()) {
            body.writeBytes(chunk);
        }
        return body.toByteArray();
    }

    /** The next chunk; the last one is empty. The line's end behind a chunk may come with the next one only. */
    byte[] chunk() throws IOException {
        String size = line();
        int length = Integer.parseInt(size.isEmpty() ? line() : size, 16);
        byte[] chunk = in.readNBytes(length);
        if (chunk.length < length || (length == 0 && !line().isEmpty())) {
            throw new EOFException("the connection ended within a chunk");
        }
        return chunk;
    }

    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection ended after '" + line + "'");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    /** Vanishes: the server's next write meets a reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
