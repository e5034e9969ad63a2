package dev.plainweave.server;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A WebSocket client on a bare socket: what it sends, and how it vanishes, is the test's to say. */
final class JakartaTestClient implements AutoCloseable {
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;

    /** One frame from the server. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Received(int opcode, boolean last, byte[] payload) {
        String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        /** The code of a close frame, 1005 for none. */
        int closeCode() {
            return payload.length < 2 ? 1005 : ((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF);
        }
    }

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final List<String> responseLines = new ArrayList<>();

    private JakartaTestClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /** Connected, nothing sent. */
    static JakartaTestClient connect(int port) throws IOException {
        return new JakartaTestClient(port);
    }

    /** Connected and upgraded. */
    static JakartaTestClient open(int port, String path, String... headers) throws IOException {
        JakartaTestClient client = new JakartaTestClient(port);
        client.raw(request(path, headers));
        client.readResponse();
        if (!client.status().contains(" 101 ")) {
            client.close();
            throw new IOException("not upgraded: " + client.status());
        }
        return client;
    }

    static byte[] request(String path, String... headers) {
        StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n"
                + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        return request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    void readResponse() throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("within the response: " + responseLines);
            }
            if (next != '\n') {
                line.append((char) next);
                continue;
            }
            String text = line.toString().strip();
            if (text.isEmpty()) {
                return;
            }
            responseLines.add(text);
            line.setLength(0);
        }
    }

    String status() {
        return responseLines.getFirst();
    }

    /** The value of a response header, "" if it is not there. */
    String header(String name) {
        String prefix = name.toLowerCase(java.util.Locale.ROOT) + ":";
        return responseLines.stream()
                .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith(prefix))
                .map(line -> line.substring(prefix.length()).strip())
                .findFirst()
                .orElse("");
    }

    void raw(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    void text(String message) throws IOException {
        raw(frame(TEXT, true, message.getBytes(StandardCharsets.UTF_8)));
    }

    void binary(byte[] message) throws IOException {
        raw(frame(BINARY, true, message));
    }

    void closeFrame(int code) throws IOException {
        raw(frame(CLOSE, true, new byte[] {(byte) (code >> 8), (byte) code}));
    }

    /** A masked frame. */
    static byte[] frame(int opcode, boolean last, byte[] payload) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write((last ? 0x80 : 0) | opcode);
        if (payload.length < 126) {
            bytes.write(0x80 | payload.length);
        } else if (payload.length < 65_536) {
            bytes.write(0x80 | 126);
            bytes.write(payload.length >> 8);
            bytes.write(payload.length);
        } else {
            bytes.write(0x80 | 127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                bytes.write((int) ((long) payload.length >> shift));
            }
        }
        byte[] mask = {1, 2, 3, 4};
        bytes.writeBytes(mask);
        for (int i = 0; i < payload.length; i++) {
            bytes.write(payload[i] ^ mask[i % 4]);
        }
        return bytes.toByteArray();
    }

    Received read() throws IOException {
        int first = in.readUnsignedByte();
        long length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        byte[] payload = new byte[Math.toIntExact(length)];
        in.readFully(payload);
        return new Received(first & 0xF, (first & 0x80) != 0, payload);
    }

    /** A message, of as many frames as it came in. */
    String readText() throws IOException {
        StringBuilder text = new StringBuilder();
        Received frame;
        do {
            frame = read();
            text.append(frame.text());
        } while (!frame.last());
        return text.toString();
    }

    /** Whether the server has closed the connection, after whatever it still sent. */
    boolean readsEnd() throws IOException {
        byte[] rest = new byte[4_096];
        while (true) {
            if (in.read(rest) < 0) {
                return true;
            }
        }
    }

    /** Vanishes with a reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Vanishes with a FIN: no more comes from here, and no Close frame. */
    void finish() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
