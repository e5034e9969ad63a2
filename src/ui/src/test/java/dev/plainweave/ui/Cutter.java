package dev.plainweave.ui;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** A proxy that delays what goes through it, and resets it all when told to. */
final class Cutter implements AutoCloseable {
    private static final int CHUNK = 16 * 1024;

    private final ServerSocket listener;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile long delayNanos;

    Cutter(int target) throws IOException {
        this.target = target;
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** How long bytes take from now on, one way. */
    void delay(long millis) {
        delayNanos = millis * 1_000_000;
    }

    /** Resets whatever is open now. */
    void cut() {
        open.forEach(Cutter::reset);
        open.clear();
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException gone) {
            // that is what is wanted
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket inside = listener.accept();
                Socket outside = new Socket(InetAddress.getLoopbackAddress(), target);
                inside.setTcpNoDelay(true);
                outside.setTcpNoDelay(true);
                open.add(inside);
                open.add(outside);
                Thread.ofVirtual().start(() -> pump(inside, outside));
                Thread.ofVirtual().start(() -> pump(outside, inside));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] chunk = new byte[CHUNK];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                LockSupport.parkNanos(delayNanos);
                out.write(chunk, 0, read);
            }
        } catch (IOException cut) {
            // both ends go
        }
        reset(from);
        reset(to);
        open.remove(from);
        open.remove(to);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
    }
}
