package dev.plainweave.ui;

import dev.plainweave.server.WebServer;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The least that a tab can be, for many of them: one socket, read and written by the thread that calls. */
final class LeanTab implements AutoCloseable {
    private static final Pattern PAGE = Pattern.compile("data-page=\"([^\"]+)\" data-secret=\"([^\"]+)\"");
    private static final Pattern COOKIE = Pattern.compile("(?im)^set-cookie: *([^;\\r]+)");
    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *(\\d+)");
    private static final byte[] MASK = {0x35, 0x5A, 0x6B, 0x1C};
    private static final int TIMEOUT_MILLIS = 20_000;

    final String html;
    private final Socket socket;
    private final DataInputStream in;
    private long events;

    /** Visits the page and greets it; all that is answered to that has been read. */
    LeanTab(WebServer server) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
        String host = "127.0.0.1:" + server.port();
        String head = ask("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
        html = new String(in.readNBytes(Integer.parseInt(found(LENGTH, head).group(1))), StandardCharsets.UTF_8);
        Matcher page = found(PAGE, html);
        ask("GET /_plainweave/socket HTTP/1.1\r\nHost: " + host + "\r\nOrigin: http://" + host
                + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nCookie: "
                + found(COOKIE, head).group(1) + "\r\n\r\n");
        send("{\"hello\":{\"v\":1,\"page\":\"" + page.group(1) + "\",\"secret\":\"" + page.group(2)
                + "\",\"lastFrame\":1,\"lastCommand\":0}}");
        String answer = receive();
        if (!answer.startsWith("{\"resumed\"")) {
            throw new AssertionError(answer);
        }
    }

    private static Matcher found(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        if (!found.find()) {
            throw new AssertionError("no " + pattern + " in " + text);
        }
        return found;
    }

    private String ask(String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    /** The id of the first element of that tag. */
    int tag(String tag) {
        return Integer.parseInt(
                found(Pattern.compile("<" + tag + " id=\"w(\\d+)\""), html).group(1));
    }

    void click(int id) throws IOException {
        events++;
        send("{\"event\":" + events + ",\"frame\":1,\"id\":" + id + ",\"type\":\"click\",\"data\":{}}");
    }

    /** Sends a message of at most 65,535 bytes. */
    void send(String text) throws IOException {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(0x81);
        if (payload.length < 126) {
            frame.write(0x80 | payload.length);
        } else {
            frame.write(0x80 | 126);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        }
        frame.writeBytes(MASK);
        for (int at = 0; at < payload.length; at++) {
            frame.write(payload[at] ^ MASK[at % MASK.length]);
        }
        socket.getOutputStream().write(frame.toByteArray());
    }

    /** Waits for the next message. */
    String receive() throws IOException {
        int first = in.readUnsignedByte();
        if (first != 0x81) {
            throw new AssertionError("expected a text of one frame, got a frame that begins with " + first);
        }
        int length = in.readUnsignedByte();
        return new String(
                in.readNBytes(length == 127 ? (int) in.readLong() : length == 126 ? in.readUnsignedShort() : length),
                StandardCharsets.UTF_8);
    }

    /** Vanishes by a reset. */
    @Override
    public void close() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }
}
