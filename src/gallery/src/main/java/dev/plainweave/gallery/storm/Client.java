package dev.plainweave.gallery.storm;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A WebSocket client on a bare socket, which can do what no library lets it do: reset, half-close, stall. Good enough for
 * the server that it belongs to; messages are shorter than 64 KiB and not fragmented.
 */
final class Client implements AutoCloseable {
    private static final int TEXT = 0x81;
    private static final int CLOSE = 0x88;
    private static final int PING = 0x89;
    private static final int PONG = 0x8A;
    private static final int MASKED = 0x80;
    private static final int TWO_BYTES_OF_LENGTH = 126;
    /** The mask protects proxies from scripts (RFC 6455, section 10.3). Here is neither, so it may be zero. */
    private static final byte[] MASK = new byte[4];

    private static final int ANSWER_MS = 5_000;
    private static final int LONGEST_HEAD = 4_096;

    private final Socket tcp;
    private final Socket socket;
    private final DataInputStream in;

    private Client(Socket tcp, Socket socket) throws IOException {
        this.tcp = tcp;
        this.socket = socket;
        in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream(), 2048));
        tcp.setSoTimeout(ANSWER_MS);
    }

    /** Asks for a WebSocket (RFC 6455, section 4.1). */
    static Client handshake(Socket tcp, Socket socket, String authority, String route) throws IOException {
        Client client = new Client(tcp, socket);
        byte[] key = new byte[16];
        ThreadLocalRandom.current().nextBytes(key);
        String request = "GET " + route + " HTTP/1.1\r\nHost: " + authority + "\r\nUpgrade: websocket\r\n"
                + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                + Base64.getEncoder().encodeToString(key) + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        String head = client.head();
        if (!head.startsWith("HTTP/1.1 101 ")) {
            throw new IOException("the server did not switch to WebSocket: "
                    + head.lines().findFirst().orElse(""));
        }
        return client;
    }

    private String head() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int last = 0; // the last four bytes
        while (last != 0x0D0A0D0A && head.size() < LONGEST_HEAD) {
            int next = in.readUnsignedByte();
            head.write(next);
            last = last << 8 | next;
        }
        return head.toString(StandardCharsets.US_ASCII);
    }

    void send(String text) throws IOException {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        write(TEXT, payload.length, payload);
    }

    /** The head of a message of that many bytes, but only its beginning. */
    void begin(int length, String beginning) throws IOException {
        write(TEXT, length, beginning.getBytes(StandardCharsets.UTF_8));
    }

    private void write(int opcode, int length, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(8 + payload.length).put((byte) opcode);
        if (length < TWO_BYTES_OF_LENGTH) {
            frame.put((byte) (MASKED | length));
        } else {
            frame.put((byte) (MASKED | TWO_BYTES_OF_LENGTH)).putShort((short) length);
        }
        frame.put(MASK).put(payload);
        socket.getOutputStream().write(frame.array(), 0, frame.position());
    }

    /**
     * Waits for the next text message, and answers pings meanwhile.
     *
     * @throws EOFException when the server has said goodbye
     */
    String receive() throws IOException {
        while (true) {
            int opcode = in.readUnsignedByte();
            int length = in.readUnsignedByte();
            byte[] payload = new byte[length == TWO_BYTES_OF_LENGTH ? in.readUnsignedShort() : length];
            in.readFully(payload);
            switch (opcode) {
                case TEXT -> {
                    return new String(payload, StandardCharsets.UTF_8);
                }
                case PING -> write(PONG, payload.length, payload);
                case CLOSE -> throw new EOFException("the server said goodbye");
                default -> throw new IOException("an unexpected frame: 0x" + Integer.toHexString(opcode));
            }
        }
    }

    /** Stays on the line until the server hangs up. */
    void stayOn() throws IOException {
        while (true) {
            receive();
        }
    }

    /** An end in order: Close, and the server's answer. */
    void leave() throws IOException {
        write(CLOSE, 2, new byte[] {0x03, (byte) 0xE9});
        socket.shutdownOutput();
    }

    /** FIN, without a Close frame: "I shall say nothing more". */
    void halfClose() throws IOException {
        tcp.shutdownOutput();
    }

    /** RST, what a crash, a lost router or a killed tab come to. */
    void reset() throws IOException {
        tcp.setSoLinger(true, 0);
        tcp.close();
    }

    @Override
    public void close() throws IOException {
        tcp.close();
    }
}
