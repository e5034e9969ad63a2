package dev.plainweave.gallery;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A visitor of the chat without manners: a bare socket that can end in ways no browser lets a script end one. */
final class RawVisitor {
    private static final byte[] NO_MASK = new byte[4];

    private final Socket socket;

    RawVisitor(int port, String name) throws IOException {
        socket = new Socket("localhost", port);
        String request = "GET /chat/lobby?name=" + name + " HTTP/1.1\r\nHost: localhost:" + port
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        String status = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                .readLine();
        if (!status.startsWith("HTTP/1.1 101")) {
            throw new IOException(status);
        }
    }

    void say(String text) throws IOException {
        byte[] json = ("{\"type\":\"say\",\"text\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8);
        frame(0x81, json);
    }

    /** Less than 126 bytes in one masked frame. */
    void frame(int head, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(6 + payload.length);
        frame.put((byte) head).put((byte) (0x80 | payload.length)).put(NO_MASK).put(payload);
        socket.getOutputStream().write(frame.array());
    }

    /** RST. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** FIN, without a Close frame. */
    void hangUp() throws IOException {
        socket.shutdownOutput();
    }
}
