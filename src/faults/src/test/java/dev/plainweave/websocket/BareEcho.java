package dev.plainweave.websocket;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Echoes the small frames of one client, on a platform thread and with nothing of ours between. */
final class BareEcho implements AutoCloseable {
    private final ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());

    BareEcho() throws IOException {
        Thread.ofPlatform().daemon().name("bare-echo").start(this::serve);
    }

    int port() {
        return listening.getLocalPort();
    }

    private void serve() {
        try (Socket socket = listening.accept()) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            while (true) {
                byte first = in.readByte();
                byte length = (byte) (in.readByte() & 0x7f);
                byte[] key = in.readNBytes(4);
                byte[] frame = new byte[2 + length];
                frame[0] = first;
                frame[1] = length;
                in.readFully(frame, 2, length);
                for (int i = 0; i < length; i++) {
                    frame[2 + i] ^= key[i & 3];
                }
                socket.getOutputStream().write(frame);
                if ((first & 0x0f) == FrameWriter.CLOSE) {
                    return;
                }
            }
        } catch (IOException gone) {
            // It was the only one.
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
