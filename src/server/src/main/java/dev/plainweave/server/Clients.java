package dev.plainweave.server;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/** Who counts as one client where limits are per address. */
final class Clients {
    private static final int NETWORK_BYTES = 8;

    private final Predicate<InetAddress> exempt;

    /** Those that are exempt share their address with others: this machine, and proxies that are trusted. */
    Clients(Predicate<InetAddress> exempt) {
        this.exempt = exempt;
    }

    /** What to count by: an IPv4 address, or the /64 network of an IPv6 one, of which a client has as many as it likes. */
    Optional<InetAddress> counted(SocketAddress remote) {
        return remote instanceof InetSocketAddress inet && inet.getAddress() != null
                ? counted(inet.getAddress())
                : Optional.empty();
    }

    Optional<InetAddress> counted(InetAddress address) {
        if (exempt.test(address)) {
            return Optional.empty();
        }
        if (!(address instanceof Inet6Address)) {
            return Optional.of(address);
        }
        byte[] network = address.getAddress();
        Arrays.fill(network, NETWORK_BYTES, network.length, (byte) 0);
        try {
            return Optional.of(InetAddress.getByAddress(network));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
