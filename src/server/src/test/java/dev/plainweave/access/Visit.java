package dev.plainweave.access;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One request over a connection of its own, with a path exactly as it is given. */
final class Visit {
    /** Status, header lines, and for anything but an upgrade all of the body. */
    record Answer(int status, List<String> lines, String body) {
        List<String> headers(String name) {
            String start = name.toLowerCase(Locale.ROOT) + ":";
            return lines.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                    .map(line -> line.substring(start.length()).strip())
                    .toList();
        }
    }

    /** Many clients that wait for the same. */
    static final class Crowd implements AutoCloseable {
        private final List<Socket> sockets = new ArrayList<>();

        long answered(int status) throws IOException {
            long count = 0;
            for (Socket socket : sockets) {
                count += answer(new DataInputStream(socket.getInputStream())).status() == status ? 1 : 0;
            }
            return count;
        }

        @Override
        public void close() throws IOException {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private Visit() {}

    static Answer get(int port, String path, String... headers) throws IOException {
        try (Socket socket = send(port, path, "Connection: close", headers)) {
            return answer(new DataInputStream(socket.getInputStream()));
        }
    }

    static Answer upgrade(int port, String path, String... headers) throws IOException {
        try (Socket socket = send(port, path, HANDSHAKE, headers)) {
            return answer(new DataInputStream(socket.getInputStream()));
        }
    }

    /** The first message, short and unfragmented, of a WebSocket. */
    static String message(int port, String path, String... headers) throws IOException {
        try (Socket socket = send(port, path, HANDSHAKE, headers)) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            Answer answer = answer(in);
            if (answer.status() != 101) {
                throw new IOException("not upgraded: " + answer);
            }
            in.readByte();
            return new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.UTF_8);
        }
    }

    static Crowd crowd(int port, int size, String path) throws IOException {
        Crowd crowd = new Crowd();
        for (int i = 0; i < size; i++) {
            crowd.sockets.add(send(port, path, "Connection: close"));
        }
        return crowd;
    }

    private static final String HANDSHAKE = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";

    private static Socket send(int port, String path, String line, String... headers) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(15_000);
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + line + "\r\n" + more + "\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    private static Answer answer(DataInputStream in) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            lines.add(line);
        }
        int status = Integer.parseInt(lines.get(0).substring(9, 12));
        Answer head = new Answer(status, lines, "");
        if (status == 101) {
            return head;
        }
        List<String> length = head.headers("Content-Length");
        byte[] body = length.isEmpty() ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length.get(0)));
        return new Answer(status, lines, new String(body, StandardCharsets.UTF_8));
    }

    private static String line(DataInputStream in) throws IOException {
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
}
