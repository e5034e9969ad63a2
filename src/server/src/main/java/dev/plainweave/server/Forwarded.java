package dev.plainweave.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/**
 * What trusted proxies say of a request. Every proxy on the way adds its own word on the right; so the client is the first
 * address from the right that is no trusted proxy, and what stands further left anybody may have written.
 *
 * @param client where the request came from; port 0 where that is not told
 * @param scheme {@code http} or {@code https}
 * @param host without a port, IPv6 in brackets
 * @param prefix what the proxy has taken off the path: {@code /tools}
 */
record Forwarded(
        Optional<InetSocketAddress> client,
        Optional<String> scheme,
        Optional<String> host,
        OptionalInt port,
        Optional<String> prefix) {
    private static final List<HttpHeader> OTHERS = List.of(
            HttpHeader.X_FORWARDED_FOR,
            HttpHeader.X_FORWARDED_PROTO,
            HttpHeader.X_FORWARDED_HOST,
            HttpHeader.X_FORWARDED_PORT);
    private static final String PREFIX = "X-Forwarded-Prefix";
    private static final Pattern HOST =
            Pattern.compile("([A-Za-z0-9._~!$&'()*+,=-]+|\\[[0-9A-Fa-f:.]+])(?::([0-9]{1,5}))?");
    private static final Pattern PATH = Pattern.compile("((?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9._~-]+)+)/?");
    private static final Pattern NODE = Pattern.compile("(?:\\[(?<six>[^]]*)]|(?<four>[^:]*))(?::[0-9A-Za-z._-]+)?");
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final String QUOTED = "\"(?:[^\"\\\\]|\\\\.)*\"";
    private static final Pattern PAIR =
            Pattern.compile("\\G[ \\t]*(" + TOKEN + ")=(" + TOKEN + "|" + QUOTED + ")[ \\t]*([;,]|$)");

    /** One element of RFC 7239. */
    private record Hop(
            @Nullable String node,
            @Nullable String proto,
            @Nullable String host) {}

    /**
     * Reads X-Forwarded-For, -Proto, -Host, -Port and -Prefix, or RFC 7239's Forwarded.
     *
     * @throws HttpException.RuntimeException a 400 when they are malformed, or when both kinds are there: a proxy that sets
     *     one kind lets the other through as the client wrote it
     */
    static Forwarded read(HttpFields headers, TrustedProxies trusted) {
        List<String> nodes = values(headers, HttpHeader.X_FORWARDED_FOR.asString());
        if (!headers.contains(HttpHeader.FORWARDED)) {
            int hop = hop(nodes, trusted);
            return new Forwarded(
                    client(nodes, hop),
                    at(values(headers, HttpHeader.X_FORWARDED_PROTO.asString()), hop)
                            .map(Forwarded::scheme),
                    at(values(headers, HttpHeader.X_FORWARDED_HOST.asString()), hop)
                            .map(Forwarded::host),
                    port(headers, hop),
                    at(values(headers, PREFIX), hop).map(Forwarded::path));
        }
        if (OTHERS.stream().anyMatch(headers::contains)) {
            throw malformed("both Forwarded and X-Forwarded-*");
        }
        List<Hop> hops = hops(String.join(",", headers.getValuesList(HttpHeader.FORWARDED)));
        List<String> told = hops.stream()
                .map(hop -> hop.node() == null ? "unknown" : hop.node())
                .toList();
        int hop = hop(told, trusted);
        Hop chosen = hops.get(hops.size() - 1 - Math.min(hop, hops.size() - 1));
        Optional<String> authority = Optional.ofNullable(chosen.host());
        return new Forwarded(
                client(told, hop),
                Optional.ofNullable(chosen.proto()).map(Forwarded::scheme),
                authority.map(Forwarded::host),
                authority.map(Forwarded::portOf).orElse(OptionalInt.empty()),
                at(values(headers, PREFIX), hop).map(Forwarded::path));
    }

    private static List<String> values(HttpFields headers, String name) {
        return headers.getValuesList(name).stream()
                .flatMap(line -> Pattern.compile(",").splitAsStream(line))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /** How many trusted proxies stand between the one that speaks to us and the client. */
    private static int hop(List<String> nodes, TrustedProxies trusted) {
        int hop = 0;
        while (hop < nodes.size() - 1
                && address(nodes.get(nodes.size() - 1 - hop))
                        .filter(trusted::trusts)
                        .isPresent()) {
            hop++;
        }
        return hop;
    }

    private static Optional<String> at(List<String> values, int hop) {
        return values.isEmpty()
                ? Optional.empty()
                : Optional.of(values.get(values.size() - 1 - Math.min(hop, values.size() - 1)));
    }

    private static Optional<InetSocketAddress> client(List<String> nodes, int hop) {
        return at(nodes, hop).flatMap(node -> address(node).map(address -> new InetSocketAddress(address, 0)));
    }

    /** Empty for one that does not want to be known: RFC 7239, sections 6.2 and 6.3. */
    private static Optional<InetAddress> address(String node) {
        if (node.equalsIgnoreCase("unknown") || node.startsWith("_")) {
            return Optional.empty();
        }
        Optional<InetAddress> bare = IpLiteral.parse(node);
        if (bare.isPresent()) {
            return bare;
        }
        Matcher parts = NODE.matcher(node);
        if (!parts.matches()) {
            throw malformed("an address");
        }
        String literal = parts.group("six") != null ? parts.group("six") : parts.group("four");
        return Optional.of(IpLiteral.parse(literal).orElseThrow(() -> malformed("an address")));
    }

    private static String scheme(String value) {
        String scheme = value.toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw malformed("the protocol");
        }
        return scheme;
    }

    private static String host(String value) {
        return matched(HOST, value, "the host").group(1);
    }

    private static OptionalInt portOf(String authority) {
        String digits = matched(HOST, authority, "the host").group(2);
        return digits == null ? OptionalInt.empty() : OptionalInt.of(port(digits));
    }

    private static OptionalInt port(HttpFields headers, int hop) {
        OptionalInt fromHost = at(values(headers, HttpHeader.X_FORWARDED_HOST.asString()), hop)
                .map(Forwarded::portOf)
                .orElse(OptionalInt.empty());
        return fromHost.isPresent()
                ? fromHost
                : at(values(headers, HttpHeader.X_FORWARDED_PORT.asString()), hop)
                        .map(digits -> OptionalInt.of(port(digits)))
                        .orElse(OptionalInt.empty());
    }

    private static int port(String digits) {
        int port = digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : 0;
        if (port < 1 || port > 65_535) {
            throw malformed("the port");
        }
        return port;
    }

    private static String path(String value) {
        return value.equals("/") ? "" : matched(PATH, value, "the prefix").group(1);
    }

    private static Matcher matched(Pattern pattern, String value, String what) {
        Matcher matcher = pattern.matcher(value);
        if (!matcher.matches()) {
            throw malformed(what);
        }
        return matcher;
    }

    private static List<Hop> hops(String field) {
        List<Hop> hops = new ArrayList<>();
        Matcher pair = PAIR.matcher(field);
        Hop hop = new Hop(null, null, null);
        int end = 0;
        while (pair.find()) {
            String value = unquoted(pair.group(2));
            hop = switch (pair.group(1).toLowerCase(Locale.ROOT)) {
                case "for" -> new Hop(value, hop.proto(), hop.host());
                case "proto" -> new Hop(hop.node(), value, hop.host());
                case "host" -> new Hop(hop.node(), hop.proto(), value);
                default -> hop;
            };
            end = pair.end();
            if (!pair.group(3).equals(";")) {
                hops.add(hop);
                hop = new Hop(null, null, null);
            }
        }
        if (hops.isEmpty() || end != field.length() || field.endsWith(",") || field.endsWith(";")) {
            throw malformed("Forwarded");
        }
        return hops;
    }

    private static String unquoted(String value) {
        return value.startsWith("\"") ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1") : value;
    }

    private static HttpException.RuntimeException malformed(String what) {
        return new HttpException.RuntimeException(HttpStatus.BAD_REQUEST_400, what + " a trusted proxy forwards");
    }
}
