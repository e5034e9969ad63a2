package dev.plainweave.connector;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLSocket;

/** A client that writes what a test says, byte for byte, and reads HTTP/1.1 answers. */
final class Client implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 15_000;

    private final Socket socket;
    private final InputStream in;

    private Client(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
    }

    /** One HTTP answer; its text has one character for each byte. */
    record Answer(int status, Map<String, String> headers, String text) {
        byte[] bytes() {
            return text.getBytes(StandardCharsets.ISO_8859_1);
        }

        String header(String name) {
            return headers.get(name);
        }
    }

    static Client plain(int port) throws IOException {
        return new Client(socket(port, 0));
    }

    /** With a receive buffer that small, set before the connection is made: the window of a slow reader. */
    static Client narrow(int port, int receiveBuffer) throws IOException {
        return new Client(socket(port, receiveBuffer));
    }

    static Client tls(int port, String... protocols) throws IOException {
        return tls(socket(port, 0), protocols);
    }

    static Client narrowTls(int port, int receiveBuffer) throws IOException {
        return tls(socket(port, receiveBuffer));
    }

    /** Over a socket that a test keeps. */
    static Client plainOver(Socket socket) throws IOException {
        return new Client(socket);
    }

    /** TLS over a socket that a test keeps to cut it off. */
    static Client tlsOver(Socket socket) throws IOException {
        return tls(socket);
    }

    private static Client tls(Socket socket, String... protocols) throws IOException {
        SSLSocket tls = (SSLSocket) TestTls.client().createSocket(socket, "localhost", socket.getPort(), true);
        if (protocols.length > 0) {
            tls.setEnabledProtocols(protocols);
        }
        tls.setSoTimeout(TIMEOUT_MILLIS);
        tls.startHandshake();
        return new Client(tls);
    }

    /** A connected socket as it is. */
    static Socket socket(int port, int receiveBuffer) throws IOException {
        Socket socket = new Socket();
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
        return socket;
    }

    Socket socket() {
        return socket;
    }

    InputStream in() {
        return in;
    }

    Client send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Client send(byte... bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    Client get(String path) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    /** The next answer; its body ends by Content-Length, by its last chunk, or with the connection. */
    Answer answer() throws IOException {
        String[] status = line().split(" ", 3);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon), line.substring(colon + 1).trim());
        }
        int code = Integer.parseInt(status[1]);
        byte[] body;
        if (code < 200 || code == 204 || code == 304) {
            body = new byte[0];
        } else if (headers.containsKey("Content-Length")) {
            body = exactly(Integer.parseInt(headers.get("Content-Length")));
        } else if ("chunked"
                .equals(headers.getOrDefault("Transfer-Encoding", "").toLowerCase(Locale.ROOT))) {
            body = chunks();
        } else {
            body = in.readAllBytes();
        }
        return new Answer(code, headers, new String(body, StandardCharsets.ISO_8859_1));
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(line(), 16);
            body.writeBytes(exactly(size));
            line();
            if (size == 0) {
                return body.toByteArray();
            }
        }
    }

    byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the connection ended after " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }

    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the connection ended after '" + line + "'");
            }
            if (next == '\n') {
                return line.toString();
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
    }

    /** Says that nothing more will be sent. */
    void halfClose() throws IOException {
        socket.shutdownOutput();
    }

    /** Vanishes: the peer reads a reset. */
    void reset() throws IOException {
        reset(socket);
    }

    static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Closes the socket; what {@link #close()} does, for the middle of a test. */
    void leave() {
        close();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException ignored) {
            // The peer was quicker.
        }
    }
}
