package dev.plainweave.bench.load;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Loopback client addresses 127.0.0.2 to 127.0.0.201 in turn: each has its own ephemeral ports, so that connections in
 * TIME_WAIT never exhaust them. All of 127/8 is local on Linux; elsewhere the system chooses the address.
 */
public final class Addresses {
    private static final int COUNT = 200;
    private static final boolean LINUX = System.getProperty("os.name", "").startsWith("Linux");
    private static final AtomicInteger NEXT = new AtomicInteger();

    private Addresses() {}

    /** The next client address to bind to. */
    public static InetAddress next() {
        try {
            if (!LINUX) {
                return InetAddress.getByAddress(new byte[4]);
            }
            int last = 2 + Math.floorMod(NEXT.getAndIncrement(), COUNT);
            return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
