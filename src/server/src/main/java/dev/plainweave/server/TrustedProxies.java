package dev.plainweave.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The addresses from which forwarding headers are believed. */
final class TrustedProxies {
    private static final Pattern CIDR = Pattern.compile("([^/]+)(?:/([0-9]{1,3}))?");
    private static final List<String> LOOPBACK = List.of("127.0.0.0/8", "::1/128");
    private static final List<String> PRIVATE =
            List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "fc00::/7", "fe80::/10");

    private record Block(InetAddress network, int bits) {
        boolean contains(InetAddress address) {
            byte[] ours = network.getAddress();
            byte[] theirs = address.getAddress();
            if (ours.length != theirs.length) {
                return false;
            }
            int at = Arrays.mismatch(ours, theirs);
            return at < 0 || at * 8 + Integer.numberOfLeadingZeros((ours[at] ^ theirs[at]) & 0xff) - 24 >= bits;
        }
    }

    private final List<Block> blocks = new ArrayList<>();

    /**
     * @throws IllegalArgumentException for what is neither an address, nor a block of them, nor one of the two words
     */
    TrustedProxies(String... trusted) {
        for (String each : trusted) {
            switch (each) {
                case "loopback" -> LOOPBACK.forEach(this::add);
                case "private" -> PRIVATE.forEach(this::add);
                default -> add(each);
            }
        }
    }

    private void add(String cidr) {
        Matcher parts = CIDR.matcher(cidr);
        InetAddress network = parts.matches()
                ? IpLiteral.parse(parts.group(1)).orElseThrow(() -> invalid(cidr, "the address cannot be read"))
                : null;
        if (network == null) {
            throw invalid(cidr, "it cannot be read");
        }
        int most = network.getAddress().length * 8;
        int bits = parts.group(2) == null ? most : Integer.parseInt(parts.group(2));
        if (bits > most) {
            throw invalid(cidr, "there are only " + most + " bits");
        }
        blocks.add(new Block(network, bits));
    }

    private static IllegalArgumentException invalid(String cidr, String why) {
        return new IllegalArgumentException("no trusted proxy: '" + cidr + "', " + why
                + "; expected an address (10.1.2.3), a block (10.0.0.0/8, fd00::/8), \"loopback\" or \"private\"");
    }

    boolean trusts(InetAddress address) {
        return blocks.stream().anyMatch(block -> block.contains(address));
    }

    boolean trusts(SocketAddress peer) {
        return peer instanceof InetSocketAddress internet
                && internet.getAddress() != null
                && trusts(internet.getAddress());
    }
}
