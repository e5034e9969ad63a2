package dev.plainweave.websocket;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Which web pages may open a socket here. A browser sends cookies along with a WebSocket handshake to any site, and names
 * the page it comes from in {@code Origin}: without a check, every page on the web could speak as the visitor (RFC 6455,
 * section 10.2). A request without {@code Origin} comes from no browser and passes.
 */
public final class Origins {
    private enum Kind {
        SAME,
        LISTED,
        ANY
    }

    /** Scheme, host and port. {@code java.net.URI} would refuse host names with an underscore. */
    private static final Pattern ORIGIN = Pattern.compile(
            "([a-z][a-z0-9+.-]*)://([^/?#@:\\[\\]\\s]+|\\[[0-9a-f:.]+])(?::([1-9][0-9]{0,4}))?",
            Pattern.CASE_INSENSITIVE);

    private static final Origins SAME = new Origins(Kind.SAME, Set.of());
    private static final Origins ANY = new Origins(Kind.ANY, Set.of());

    private final Kind kind;
    private final Set<String> listed;

    private Origins(Kind kind, Set<String> listed) {
        this.kind = kind;
        this.listed = listed;
    }

    /** The page must come from the scheme, host and port that the request was made to. The default. */
    public static Origins same() {
        return SAME;
    }

    /** Any page. For public data without cookies. */
    public static Origins any() {
        return ANY;
    }

    /**
     * Pages of these origins, and of the same origin.
     *
     * @param origins such as {@code https://app.example.org} or {@code http://localhost:3000}
     * @throws IllegalArgumentException for anything that is not a scheme, a host and perhaps a port
     */
    public static Origins of(String... origins) {
        return new Origins(
                Kind.LISTED, Arrays.stream(origins).map(Origins::checked).collect(Collectors.toUnmodifiableSet()));
    }

    /** Whether a handshake may go on: it names no origin, or one that is allowed. */
    public boolean allows(Request request) {
        List<String> origins = request.getHeaders().getValuesList(HttpHeader.ORIGIN);
        if (origins.isEmpty() || kind == Kind.ANY) {
            return true;
        }
        String normal = origins.size() == 1 ? normal(origins.get(0)) : null;
        return normal != null && (listed.contains(normal) || normal.equals(own(request.getHttpURI())));
    }

    private static @Nullable String own(HttpURI uri) {
        return uri.getHost() == null ? null : normal(uri.getScheme() + "://" + uri.getAuthority());
    }

    private static String checked(String origin) {
        String normal = normal(origin);
        if (normal == null) {
            throw new IllegalArgumentException("not an origin: '" + origin
                    + "', expected a scheme, a host and perhaps a port: https://example.org:8443");
        }
        return normal;
    }

    /** Scheme, host and port in one form, with the default port left out; null for anything else. */
    private static @Nullable String normal(String origin) {
        Matcher parts = ORIGIN.matcher(origin);
        if (!parts.matches()) {
            return null;
        }
        String scheme = parts.group(1).toLowerCase(Locale.ROOT);
        String host = parts.group(2).toLowerCase(Locale.ROOT);
        String port = parts.group(3);
        String standard = scheme.equals("https") ? "443" : scheme.equals("http") ? "80" : null;
        return scheme + "://" + host + (port == null || port.equals(standard) ? "" : ":" + port);
    }
}
