package dev.plainweave.ui;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** A proxy that delays what goes through it, and resets it all, or loses it in silence, when told to. */
final class Cutter implements AutoCloseable {
    private static final int CHUNK = 16 * 1024;

    private final ServerSocket listener;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile long delayNanos;
    private volatile boolean refusing;
    private volatile boolean storable;
    /** Connections up to that time lead nowhere, and nobody says so. */
    private volatile long swallowed = Long.MIN_VALUE;

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

    /** What is open now stays open, but nothing arrives any more: a network that has gone while a laptop slept. */
    void swallow() {
        swallowed = System.nanoTime();
    }

    /** Has browsers keep documents that are not to be stored: as if their headers said less. */
    void storable() {
        storable = true;
    }

    /** Resets who comes from now on, or lets them in again. */
    void refuse(boolean now) {
        refusing = now;
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
                if (refusing) {
                    reset(inside);
                    continue;
                }
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
        long since = System.nanoTime();
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                LockSupport.parkNanos(delayNanos);
                if (since > swallowed) {
                    out.write(storable ? storable(chunk, read) : chunk, 0, read);
                }
            }
        } catch (IOException cut) {
            // both ends go
        }
        reset(from);
        reset(to);
        open.remove(from);
        open.remove(to);
    }

    private static byte[] storable(byte[] chunk, int length) {
        return new String(chunk, 0, length, StandardCharsets.ISO_8859_1)
                .replace("no-store", "no-cache")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
    }
}
