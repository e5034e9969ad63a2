package dev.plainweave.bench.load;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** One blocking client connection; no operation waits longer than {@link #TIMEOUT_MILLIS}. Not thread-safe. */
public final class Client implements AutoCloseable {
    public static final int TIMEOUT_MILLIS = 20_000;
    private static final int MAX_HEAD = 16 * 1024;

    private final Socket socket;
    private byte[] buffer = new byte[1024];
    private int filled;

    private Client(Socket socket) {
        this.socket = socket;
    }

    /** Connects with a plain socket, the cheapest for a short life. */
    public static Client connect(InetSocketAddress server) throws IOException {
        return connect(new Socket(), server);
    }

    /** Connects with a channel, to be handed to a selector later. */
    public static Client connectChannel(InetSocketAddress server) throws IOException {
        return connect(SocketChannel.open().socket(), server);
    }

    /** Connects with a receive buffer of that many bytes: one who does not read soon makes the server wait. */
    public static Client connectSmall(InetSocketAddress server, int receiveBuffer) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(receiveBuffer);
        return connect(socket, server);
    }

    /** Connects with TLS; the context says whom to trust. */
    public static Client connectSecure(InetSocketAddress server, SSLContext tls) throws IOException {
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket();
        Client client = connect(socket, server);
        socket.startHandshake();
        return client;
    }

    private static Client connect(Socket socket, InetSocketAddress server) throws IOException {
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.bind(new InetSocketAddress(Addresses.next(), 0));
            socket.connect(server, TIMEOUT_MILLIS);
            return new Client(socket);
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
    }

    /**
     * Fetches a page by GET, and keeps the connection.
     *
     * @return its head and its body, an empty line between them
     */
    String fetch(String authority, String path) throws IOException {
        String request = "GET " + path + " HTTP/1.1\r\nHost: " + authority + "\r\nAccept: text/html\r\n\r\n";
        send(request.getBytes(StandardCharsets.US_ASCII));
        String head = readHead();
        String length = Handshake.header(head, "Content-Length");
        if (!head.startsWith("HTTP/1.1 200") || !length.matches("\\d{1,9}")) {
            throw new LoadException("expected a page of known length, got: " + head);
        }
        int count = Integer.parseInt(length);
        fill(count, "page");
        String body = new String(buffer, 0, count, StandardCharsets.UTF_8);
        drop(count);
        return head + "\r\n\r\n" + body;
    }

    /** No read waits longer than that from now on. */
    void patience(int millis) throws IOException {
        socket.setSoTimeout(millis);
    }

    /** Upgrades and verifies the answer; returns the response head. Bytes after it are kept for {@link #expect}. */
    public String upgrade(Handshake handshake, int n) throws IOException {
        return upgrade(handshake, n, handshake.request(n));
    }

    /** The same, with one more cookie. */
    String upgrade(Handshake handshake, int n, String cookie) throws IOException {
        return upgrade(handshake, n, handshake.request(n, cookie));
    }

    private String upgrade(Handshake handshake, int n, byte[] request) throws IOException {
        send(request);
        String head = readHead();
        handshake.verify(n, head);
        return head;
    }

    public void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Reads exactly as many bytes as expected, and throws at the first difference; a ping before them is answered. */
    public void expect(byte[] expected, String what) throws IOException {
        answerPings(what);
        fill(expected.length, what);
        int wrong = Arrays.mismatch(buffer, 0, expected.length, expected, 0, expected.length);
        if (wrong >= 0) {
            throw new LoadException(what + ": byte " + wrong + " is " + (buffer[wrong] & 0xFF) + " instead of "
                    + (expected[wrong] & 0xFF));
        }
        drop(expected.length);
    }

    /** Sends Close 1000 and waits for the server's Close frame, whatever its body. */
    public void closeNormally(int mask) throws IOException {
        send(Frames.closeNormally(mask));
        closeCode();
        close();
    }

    /** The status of the Close frame that comes next; 1005 for one without. */
    public int closeCode() throws IOException {
        answerPings("Close");
        if ((buffer[0] & 0xFF) != (0x80 | Frames.CLOSE)) {
            throw new LoadException(
                    "a frame that nobody asked for, with first byte " + (buffer[0] & 0xFF) + ", instead of Close");
        }
        int length = buffer[1];
        fill(2 + length, "Close");
        int code = length < 2 ? 1005 : ((buffer[2] & 0xFF) << 8) | (buffer[3] & 0xFF);
        drop(2 + length);
        return code;
    }

    /** Whether bytes have come with those that were expected. */
    boolean hasReadAhead() {
        return filled > 0;
    }

    /** Whether a text message comes next, not a Close. */
    boolean awaitMessage() throws IOException {
        fill(1, "message");
        return (buffer[0] & 0xFF) == (0x80 | Frames.TEXT);
    }

    /** The text message that comes next: one of one frame, of at most 125 bytes. */
    String message() throws IOException {
        fill(2, "message");
        int length = buffer[1];
        if (!awaitMessage() || length < 0 || length > 125) {
            throw new LoadException("expected a short text message, got " + buffer[0] + " " + length);
        }
        fill(2 + length, "message");
        String text = new String(buffer, 2, length, StandardCharsets.UTF_8);
        drop(2 + length);
        return text;
    }

    /** Ends the connection with a TCP reset: SO_LINGER 0, then close. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        close();
    }

    /** The channel, set to non-blocking; nothing may have been read ahead. */
    public SocketChannel toNonBlocking() throws IOException {
        if (hasReadAhead()) {
            throw new LoadException(filled + " bytes that nobody asked for after the handshake");
        }
        SocketChannel channel = socket.getChannel();
        channel.configureBlocking(false);
        return channel;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private String readHead() throws IOException {
        int scanned = 0;
        while (true) {
            for (int end = scanned; end + 4 <= filled; end++) {
                if (buffer[end] == '\r'
                        && buffer[end + 1] == '\n'
                        && buffer[end + 2] == '\r'
                        && buffer[end + 3] == '\n') {
                    String head = new String(buffer, 0, end, StandardCharsets.ISO_8859_1);
                    drop(end + 4);
                    return head;
                }
            }
            scanned = Math.max(0, filled - 3);
            if (filled > MAX_HEAD) {
                throw new LoadException("a response head of more than " + MAX_HEAD + " bytes");
            }
            fill(filled + 1, "response head");
        }
    }

    /** A server asks those who have been silent for a while whether they are still there. */
    private void answerPings(String what) throws IOException {
        fill(2, what);
        while ((buffer[0] & 0xFF) == (0x80 | Frames.PING)) {
            int end = 2 + buffer[1];
            fill(end, "ping");
            send(Frames.masked(Frames.PONG, Arrays.copyOfRange(buffer, 2, end), 0x0F1E2D3C));
            drop(end);
            fill(2, what);
        }
    }

    /** Reads until at least {@code wanted} bytes are in the buffer. */
    private void fill(int wanted, String what) throws IOException {
        InputStream in = socket.getInputStream();
        while (filled < wanted) {
            if (buffer.length < wanted || buffer.length == filled) {
                buffer = Arrays.copyOf(buffer, Math.max(wanted, buffer.length * 2));
            }
            int read = in.read(buffer, filled, buffer.length - filled);
            if (read < 0) {
                throw new LoadException("connection closed by the server while waiting for: " + what);
            }
            filled += read;
        }
    }

    private void drop(int count) {
        System.arraycopy(buffer, count, buffer, 0, filled - count);
        filled -= count;
    }
}
