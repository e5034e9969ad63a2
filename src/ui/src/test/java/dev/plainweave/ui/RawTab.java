package dev.plainweave.ui;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A visit over bare sockets: what comes from it, and how it breaks off, is up to the test to the last byte. */
final class RawTab implements AutoCloseable {
    private static final Pattern HEAD = Pattern.compile("data-page=\"([^\"]+)\" data-secret=\"([^\"]+)\"");
    private static final Pattern COOKIE = Pattern.compile("(?i)set-cookie: *(plainweave=[^;\r]+)");
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int TIMEOUT_MILLIS = 20_000;

    private final int port;
    private final String path;
    private final String field;
    private Socket socket;
    private String page = "";
    private String secret = "";
    private String cookie = "";
    String html = "";

    RawTab(int port, String path) {
        this(port, path, "");
    }

    /** The same with a header field, and its line end. */
    RawTab(int port, String path, String field) {
        this.port = port;
        this.path = path;
        this.field = field;
    }

    /** Asks for the page, and does not read the answer. */
    RawTab ask() throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        write("GET " + path + " HTTP/1.1\r\n" + field + "Host: 127.0.0.1:" + port + "\r\nConnection: close\r\n\r\n");
        return this;
    }

    /** What comes, up to the end of the connection. */
    String answer() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    String cookie() {
        return cookie;
    }

    String page() {
        return page;
    }

    String secret() {
        return secret;
    }

    /** The id of the element that has this text. */
    int id(String text) {
        return id(html, text);
    }

    /** The id of the element that has this text in that HTML. */
    static int id(String html, String text) {
        Matcher found = Pattern.compile("id=\"w(\\d+)\"[^>]*>" + Pattern.quote(text) + "<")
                .matcher(html);
        if (!found.find()) {
            throw new AssertionError("no " + text + " in " + html);
        }
        return Integer.parseInt(found.group(1));
    }

    /** Gets something else, over a connection of its own, as the same visitor. */
    String get(String other) throws IOException {
        return request("GET " + other + " HTTP/1.1\r\nCookie: " + cookie + "\r\n", "");
    }

    /** Sends something, over a connection of its own. */
    String post(String other, String body, String fields) throws IOException {
        return request(
                "POST " + other + " HTTP/1.1\r\nOrigin: http://127.0.0.1:" + port + "\r\nContent-Length: "
                        + body.length() + "\r\n" + fields,
                body);
    }

    private String request(String head, String body) throws IOException {
        try (Socket own = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String text = head + "Host: 127.0.0.1:" + port + "\r\nConnection: close\r\n\r\n" + body;
            own.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            return new String(own.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /** Gets the page. */
    RawTab visit() throws IOException {
        ask();
        html = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        socket.close();
        Matcher head = HEAD.matcher(html);
        Matcher known = COOKIE.matcher(html);
        if (!head.find() || !known.find()) {
            throw new AssertionError("no page: " + html);
        }
        page = head.group(1);
        secret = head.group(2);
        cookie = known.group(1);
        return this;
    }

    /** Opens the page's socket, and says nothing. */
    RawTab connect() throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        write("GET /_plainweave/socket HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nOrigin: http://127.0.0.1:" + port
                + "\r\nCookie: " + cookie + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        while (!answer.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            answer.write(one(socket.getInputStream()));
        }
        if (!answer.toString(StandardCharsets.ISO_8859_1).startsWith("HTTP/1.1 101")) {
            throw new AssertionError(answer.toString(StandardCharsets.ISO_8859_1));
        }
        return this;
    }

    /** Greets, as one that has the first frame. */
    RawTab hello() throws IOException {
        return send("{\"hello\":{\"v\":1,\"page\":\"" + page + "\",\"secret\":\"" + secret
                + "\",\"lastFrame\":1,\"lastCommand\":0}}");
    }

    /** Clicks the button of that text. */
    RawTab click(int event, String button) throws IOException {
        return send("{\"event\":" + event + ",\"frame\":1,\"id\":" + id(button) + ",\"type\":\"click\",\"data\":{}}");
    }

    RawTab send(String text) throws IOException {
        frame(TEXT, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    private void frame(int opcode, byte[] payload) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0x80 | opcode);
        if (payload.length < 126) {
            out.write(0x80 | payload.length);
        } else {
            out.write(0x80 | 126);
            out.write(payload.length >> 8);
            out.write(payload.length & 0xff);
        }
        out.write(new byte[4]); // a mask of zeros changes nothing
        out.write(payload);
        write(out.toByteArray());
    }

    /** Reads frames until one has that in it. */
    RawTab until(String part) throws IOException {
        next(part);
        return this;
    }

    /** The next frame that has that in it. */
    String next(String part) throws IOException {
        while (true) {
            String text = read();
            if (text.contains(part)) {
                return text;
            }
        }
    }

    /** The next message; or the code that the server has closed with: {@code closed 1002}. */
    String read() throws IOException {
        InputStream in = socket.getInputStream();
        int opcode = one(in) & 0x0f;
        int length = one(in);
        if (length == 126) {
            length = one(in) << 8 | one(in);
        } else if (length == 127) {
            length = (int) new DataInputStream(in).readLong();
        }
        byte[] payload = in.readNBytes(length);
        return opcode == CLOSE
                ? "closed " + (((payload[0] & 0xff) << 8) | (payload[1] & 0xff))
                : new String(payload, StandardCharsets.UTF_8);
    }

    /** The same, of the closing alone. */
    String closing() throws IOException {
        String last = read();
        while (!last.startsWith("closed ")) {
            last = read();
        }
        return last;
    }

    private static int one(InputStream in) throws IOException {
        int next = in.read();
        if (next < 0) {
            throw new EOFException("the server has closed");
        }
        return next;
    }

    private void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** Breaks the connection off, as a killed process or a router does. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Ends what it sends, and takes what still comes: whatever was sent arrives. */
    void leave() throws IOException {
        socket.shutdownOutput();
        socket.getInputStream().readAllBytes();
        socket.close();
    }

    /** Closes the connection without a word. */
    void end() throws IOException {
        socket.close();
    }

    /** Closes as a browser does whose network goes down in order. */
    void closeFrame() throws IOException {
        frame(CLOSE, new byte[] {3, (byte) 233});
        socket.getInputStream().readAllBytes();
        socket.close();
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
        }
    }
}
