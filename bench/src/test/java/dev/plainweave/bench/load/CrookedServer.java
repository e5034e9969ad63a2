package dev.plainweave.bench.load;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** An echo server for frames of 64 bytes that turns what it should answer into what it does answer. */
final class CrookedServer implements AutoCloseable {
    private static final int PAYLOAD = 64;

    /** What to send instead of the right {@code echo} to message {@code n} of a connection. */
    interface Twist {
        byte[] answer(long n, byte[] echo);
    }

    private final ServerSocket listener;
    private final Twist twist;

    CrookedServer(Twist twist) throws IOException {
        this.twist = twist;
        this.listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    Handshake handshake() {
        return Handshake.plain("127.0.0.1", listener.getLocalPort(), "/echo");
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException closed) {
            // the end of the test
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.readUnsignedByte());
            }
            String accept = Handshake.accept(Handshake.header(head.toString(), "Sec-WebSocket-Key"));
            socket.getOutputStream()
                    .write(("HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: " + accept + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] frame = new byte[6 + PAYLOAD];
            for (long n = 0; true; n++) {
                in.readFully(frame);
                byte[] payload = new byte[PAYLOAD];
                for (int i = 0; i < PAYLOAD; i++) {
                    payload[i] = (byte) (frame[6 + i] ^ frame[2 + i % 4]);
                }
                socket.getOutputStream().write(twist.answer(n, Frames.plain(Frames.TEXT, payload)));
            }
        } catch (IOException gone) {
            // the client has seen enough
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
