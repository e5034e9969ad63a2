package dev.plainweave.websocket;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A client that writes the bytes it is told to, right or wrong, and vanishes the way it is told to. */
final class RawClient implements AutoCloseable {
    static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    private static final SSLContext TRUSTING = trusting();

    /** How long a read waits before the test fails. */
    private static final int PATIENCE_MILLIS = 15_000;

    /** A frame of the server. */
    record Frame(int opcode, boolean fin, boolean rsv1, ByteBuffer payload) {
        byte[] bytes() {
            byte[] bytes = new byte[payload.capacity()];
            payload.get(0, bytes);
            return bytes;
        }

        String text() {
            return new String(bytes(), StandardCharsets.UTF_8);
        }

        /** The code of a Close frame, 1005 where it has none. */
        int code() {
            return payload.capacity() < 2 ? FrameWriter.NO_CODE : payload.getShort(0) & 0xffff;
        }

        String reason() {
            return payload.capacity() < 2 ? "" : new String(bytes(), 2, payload.capacity() - 2, StandardCharsets.UTF_8);
        }
    }

    /** The answer to a request: its status and header lines. */
    record Answer(int status, List<String> lines) {
        Optional<String> header(String name) {
            String start = name.toLowerCase(Locale.ROOT) + ":";
            return lines.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                    .map(line -> line.substring(start.length()).strip())
                    .findFirst();
        }
    }

    private final Socket tcp;
    private final DataInputStream in;
    private final OutputStream out;

    private RawClient(Socket tcp, Socket socket) throws IOException {
        this.tcp = tcp;
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 32 * 1024));
        out = socket.getOutputStream();
    }

    // ---- opening

    /** Connects, and no more. */
    static RawClient connect(int port) throws IOException {
        return connect(port, 0);
    }

    /** Connects with that receive buffer, 0 for the system's own choice. */
    static RawClient connect(int port, int receiveBuffer) throws IOException {
        Socket tcp = tcp(port, receiveBuffer);
        return new RawClient(tcp, tcp);
    }

    /** Connects and completes a TLS handshake with whatever certificate there is. */
    static RawClient connectTls(int port, int receiveBuffer) throws IOException {
        Socket tcp = tcp(port, receiveBuffer);
        try {
            SSLSocket tls = (SSLSocket) TRUSTING.getSocketFactory().createSocket(tcp, "localhost", port, true);
            tls.startHandshake();
            return new RawClient(tcp, tls);
        } catch (IOException failed) {
            tcp.close();
            throw failed;
        }
    }

    private static Socket tcp(int port, int receiveBuffer) throws IOException {
        Socket tcp = new Socket();
        if (receiveBuffer > 0) {
            tcp.setReceiveBufferSize(receiveBuffer);
        }
        tcp.setTcpNoDelay(true);
        tcp.setSoTimeout(PATIENCE_MILLIS);
        tcp.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
        return tcp;
    }

    private static SSLContext trusting() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Trusting()}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Connects and opens a WebSocket. */
    static RawClient open(int port, String path, String... headers) throws IOException {
        return connect(port).upgrade(path, headers);
    }

    RawClient upgrade(String path, String... headers) throws IOException {
        write(request(path, headers));
        Answer answer = answer();
        if (answer.status() != 101) {
            throw new IOException("not upgraded: " + answer);
        }
        return this;
    }

    static byte[] request(String path, String... headers) {
        List<String> lines = new ArrayList<>(List.of(
                "GET " + path + " HTTP/1.1",
                "Host: localhost",
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: " + KEY));
        lines.addAll(List.of(headers));
        return lines(lines);
    }

    static byte[] lines(List<String> lines) {
        return (String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Reads the header of a response; its body, if it has one, is left unread. */
    Answer answer() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            lines.add(line);
        }
        return new Answer(Integer.parseInt(lines.get(0).substring(9, 12)), lines);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.readUnsignedByte(); next != '\n'; next = in.readUnsignedByte()) {
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    // ---- writing

    RawClient write(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
        return this;
    }

    RawClient write(ClientFrames frames) throws IOException {
        return write(frames.bytes());
    }

    RawClient text(String text) throws IOException {
        return write(new ClientFrames().text(text));
    }

    RawClient binary(byte[] data) throws IOException {
        return write(new ClientFrames().frame(ClientFrames.FIN | FrameWriter.BINARY, data));
    }

    RawClient ping(String payload) throws IOException {
        return write(new ClientFrames().ping(payload));
    }

    RawClient sendClose(int code) throws IOException {
        return write(new ClientFrames().close(code, ""));
    }

    // ---- reading

    /** The next frame. */
    Frame read() throws IOException {
        int first = in.readUnsignedByte();
        int second = in.readUnsignedByte();
        long length = second & 0x7f;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        if ((second & 0x80) != 0 || (first & 0x30) != 0 || length > Integer.MAX_VALUE) {
            throw new IOException("a server does not write such a frame: " + first + " " + second + " " + length);
        }
        byte[] payload = new byte[(int) length];
        in.readFully(payload);
        return new Frame(first & 0x0f, (first & 0x80) != 0, (first & 0x40) != 0, ByteBuffer.wrap(payload));
    }

    /** The next message, put together from its fragments; control frames between them are collected. */
    Frame readMessage(List<Frame> controls) throws IOException {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        Frame first = null;
        while (true) {
            Frame frame = read();
            if (frame.opcode() >= FrameWriter.CLOSE) {
                controls.add(frame);
                continue;
            }
            if ((first == null) == (frame.opcode() == FrameWriter.CONTINUATION) || (first != null && frame.rsv1())) {
                throw new IOException("messages are mixed up: " + frame);
            }
            first = first == null ? frame : first;
            payload.writeBytes(frame.bytes());
            if (frame.fin()) {
                return new Frame(first.opcode(), true, first.rsv1(), ByteBuffer.wrap(payload.toByteArray()));
            }
        }
    }

    String readText() throws IOException {
        List<Frame> controls = new ArrayList<>();
        Frame message = readMessage(controls);
        if (message.opcode() != FrameWriter.TEXT || !controls.isEmpty()) {
            throw new IOException("a text message was expected, not " + controls + " " + message);
        }
        return message.text();
    }

    /** Reads the Pong that must come next, and returns its payload. */
    String readPong() throws IOException {
        return control(FrameWriter.PONG).text();
    }

    /** Reads the Close that must come next. */
    Frame readClose() throws IOException {
        return control(FrameWriter.CLOSE);
    }

    private Frame control(int opcode) throws IOException {
        Frame frame = read();
        if (frame.opcode() != opcode) {
            throw new IOException("opcode " + opcode + " was expected, not " + frame + " " + frame.text());
        }
        return frame;
    }

    /** Bytes straight from the socket. */
    InputStream in() {
        return in;
    }

    /** Reads until the server has closed the connection: the bytes that still came. A reset is an exception. */
    int readToEnd() throws IOException {
        int count = 0;
        try {
            while (true) {
                in.readByte();
                count++;
            }
        } catch (EOFException end) {
            return count;
        }
    }

    // ---- vanishing

    /** Closes the connection in peace. */
    void leave() throws IOException {
        tcp.close();
    }

    /** Resets the connection. */
    void reset() throws IOException {
        tcp.setSoLinger(true, 0);
        tcp.close();
    }

    /** Sends a FIN and goes on reading; under TLS without a close_notify. */
    void finishOutput() throws IOException {
        tcp.shutdownOutput();
    }

    Socket tcp() {
        return tcp;
    }

    @Override
    public void close() throws IOException {
        tcp.close();
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
