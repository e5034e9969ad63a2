package dev.plainweave.websocket;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
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
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        if (origin == null || kind == Kind.ANY) {
            return true;
        }
        String normal = normal(origin);
        if (normal == null) {
            return false;
        }
        return listed.contains(normal) || normal.equals(own(request.getHttpURI()));
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
        try {
            URI uri = URI.create(origin);
            String scheme = uri.getScheme();
            String host = uri.getHost();
            boolean bare = uri.getRawPath() == null || uri.getRawPath().isEmpty();
            if (scheme == null || host == null || !bare || uri.getRawQuery() != null || uri.getRawUserInfo() != null) {
                return null;
            }
            scheme = scheme.toLowerCase(Locale.ROOT);
            int standard = scheme.equals("https") ? 443 : scheme.equals("http") ? 80 : -1;
            String port = uri.getPort() == -1 || uri.getPort() == standard ? "" : ":" + uri.getPort();
            return scheme + "://" + host.toLowerCase(Locale.ROOT) + port;
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }
}
