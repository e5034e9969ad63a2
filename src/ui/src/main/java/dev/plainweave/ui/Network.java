package dev.plainweave.ui;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whom an address stands for where something is counted by address. */
final class Network {
    /** With or without brackets and zone; what is so and no address is not looked up either. */
    private static final Pattern IPV6 = Pattern.compile("\\[?([0-9a-fA-F]*:[0-9a-fA-F:.]*)(?:%[^\\]]*)?]?");

    private static final int BYTES = 8;

    private Network() {}

    /** The address itself, and of IPv6 its first 64 bits: whoever has one such address has all of its network. */
    static String of(String address) {
        Matcher literal = IPV6.matcher(address);
        if (!literal.matches()) {
            return address;
        }
        try {
            InetAddress read = InetAddress.getByName(literal.group(1));
            byte[] all = read.getAddress();
            return all.length > BYTES ? HexFormat.of().formatHex(all, 0, BYTES) + "/64" : read.getHostAddress();
        } catch (UnknownHostException malformed) {
            return address;
        }
    }
}
