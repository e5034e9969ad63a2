package dev.plainweave.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** An IP address in digits, never a name: nothing here asks a name server. */
final class IpLiteral {
    private static final Pattern V4 =
            Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.(?!$)|$)){4}");
    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f]*:[0-9A-Fa-f:.]*");

    private IpLiteral() {}

    /** IPv4 with four numbers, or IPv6 without brackets and scope. */
    static Optional<InetAddress> parse(String literal) {
        if (!V4.matcher(literal).matches() && !V6.matcher(literal).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getAllByName(literal)[0]);
        } catch (UnknownHostException malformed) {
            return Optional.empty();
        }
    }
}
