package dev.plainweave.server;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Who counts as one client where limits are per address. */
final class Clients {
    private static final int NETWORK_BYTES = 8;
    private static final Pattern LITERAL =
            Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+|\\[?[0-9a-fA-F]*:[0-9a-fA-F:.]*]?");

    private final Predicate<InetAddress> exempt;

    /** Those that are exempt share their address with others: this machine, and proxies that are trusted. */
    Clients(Predicate<InetAddress> exempt) {
        this.exempt = exempt;
    }

    /** What to count by: an IPv4 address, or the /64 network of an IPv6 one, of which a client has as many as it likes. */
    Optional<InetAddress> counted(SocketAddress remote) {
        return remote instanceof InetSocketAddress inet ? address(inet).flatMap(this::counted) : Optional.empty();
    }

    /** The address; one that a proxy has forwarded comes as text, and is read if it is no name that must be looked up. */
    private static Optional<InetAddress> address(InetSocketAddress remote) {
        if (!remote.isUnresolved() || !LITERAL.matcher(remote.getHostString()).matches()) {
            return Optional.ofNullable(remote.getAddress());
        }
        try {
            return Optional.of(InetAddress.getAllByName(remote.getHostString())[0]);
        } catch (UnknownHostException malformed) {
            return Optional.empty();
        }
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
