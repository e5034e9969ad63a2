package dev.plainweave.http;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which other origins' pages may read what is at a path (the Fetch standard's CORS protocol). Immutable.
 *
 * <pre>{@code
 * cors("/api/*", Cors.allow("https://app.example").methods("GET", "POST").headers("Content-Type"))
 * }</pre>
 */
public final class Cors {
    private static final String ANY = "*";

    private final Set<String> origins;
    private final Set<String> methods;
    private final Set<String> headers;
    private final Set<String> exposed;
    private final boolean credentials;
    private final Duration maxAge;

    private Cors(
            Set<String> origins,
            Set<String> methods,
            Set<String> headers,
            Set<String> exposed,
            boolean credentials,
            Duration maxAge) {
        if (credentials && origins.contains(ANY)) {
            throw new IllegalArgumentException("credentials are never for every origin: name those that may have them");
        }
        this.origins = origins;
        this.methods = methods;
        this.headers = headers;
        this.exposed = exposed;
        this.credentials = credentials;
        this.maxAge = maxAge;
    }

    /**
     * Pages of these origins, such as {@code https://app.example} or {@code http://localhost:3000}; GET and HEAD, no
     * headers beyond the simple ones, no cookies, remembered for 10 minutes.
     *
     * @throws IllegalArgumentException for what is no origin
     */
    public static Cors allow(String... origins) {
        if (origins.length == 0) {
            throw new IllegalArgumentException("name at least one origin, such as https://app.example");
        }
        Set<String> checked = List.of(origins).stream().map(Cors::checked).collect(Collectors.toUnmodifiableSet());
        return new Cors(checked, Set.of("GET", "HEAD"), Set.of(), Set.of(), false, Duration.ofMinutes(10));
    }

    /** Pages of every origin: for what is public anyway. Never with {@link #credentials}. */
    public static Cors allowAny() {
        return new Cors(Set.of(ANY), Set.of("GET", "HEAD"), Set.of(), Set.of(), false, Duration.ofMinutes(10));
    }

    private static String checked(String origin) {
        try {
            URI uri = URI.create(origin);
            if (("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && (uri.getScheme() + "://" + uri.getRawAuthority()).equals(origin)
                    && uri.getRawUserInfo() == null) {
                return origin.toLowerCase(Locale.ROOT);
            }
        } catch (IllegalArgumentException no) {
            // said below
        }
        throw new IllegalArgumentException(
                "\"" + origin + "\" is no origin; expected a scheme, a host and perhaps a port: https://app.example");
    }

    /** The methods that scripts may use, instead of GET and HEAD. */
    public Cors methods(String... names) {
        return new Cors(origins, Set.of(names), headers, exposed, credentials, maxAge);
    }

    /** The request headers that scripts may set. */
    public Cors headers(String... names) {
        return new Cors(origins, methods, caseless(names), exposed, credentials, maxAge);
    }

    /** The response headers that scripts may read beyond the simple ones. */
    public Cors expose(String... names) {
        return new Cors(origins, methods, headers, Set.of(names), credentials, maxAge);
    }

    /**
     * Lets the browser send its cookies along.
     *
     * @throws IllegalArgumentException where every origin is allowed
     */
    public Cors credentials() {
        return new Cors(origins, methods, headers, exposed, true, maxAge);
    }

    /** How long a browser may remember the answer to a preflight. 10 minutes. */
    public Cors maxAge(Duration age) {
        if (age.isNegative()) {
            throw new IllegalArgumentException("maxAge must not be negative, was " + age);
        }
        return new Cors(origins, methods, headers, exposed, credentials, age);
    }

    private static Set<String> caseless(String... names) {
        Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        set.addAll(List.of(names));
        return set;
    }

    boolean allowsOrigin(String origin) {
        return origins.contains(ANY) || origins.contains(origin.toLowerCase(Locale.ROOT));
    }

    boolean allowsMethod(String method) {
        return methods.contains(method);
    }

    boolean allowsHeaders(List<String> names) {
        return headers.containsAll(names);
    }

    /** The value of Access-Control-Allow-Origin. */
    String allowedOrigin(String origin) {
        return origins.contains(ANY) ? ANY : origin;
    }

    /** Whether the answer depends on who asks. */
    boolean varies() {
        return !origins.contains(ANY);
    }

    String methodList() {
        return String.join(", ", new TreeSet<>(methods));
    }

    String headerList() {
        return String.join(", ", headers);
    }

    String exposedList() {
        return String.join(", ", new TreeSet<>(exposed));
    }

    boolean allowsCredentials() {
        return credentials;
    }

    Duration maxAge() {
        return maxAge;
    }
}
