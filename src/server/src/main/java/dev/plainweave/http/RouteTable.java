package dev.plainweave.http;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.pathmap.MatchedResource;
import org.eclipse.jetty.http.pathmap.PathMappings;
import org.eclipse.jetty.http.pathmap.PathSpec;
import org.eclipse.jetty.http.pathmap.ServletPathSpec;
import org.eclipse.jetty.http.pathmap.UriTemplatePathSpec;
import org.jspecify.annotations.Nullable;

/** Which handler answers which method at which path. Filled before the server starts. */
final class RouteTable {
    private static final Pattern PARAMETER = Pattern.compile("\\{[^/{}]*}");
    /** A token of RFC 9110, section 5.6.2. */
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /** The methods of a path, and the spelling with which it was declared. */
    private record Place(String declared, TreeMap<String, HttpHandler> methods) {}

    /** What was found for a path. */
    record Match(TreeMap<String, HttpHandler> methods, PathParameters parameters) {
        /** The method's handler; HEAD is answered by GET's where it has none: the container drops the body. */
        @Nullable
        HttpHandler handler(String method) {
            HttpHandler handler = methods.get(method);
            return handler == null && "HEAD".equals(method) ? methods.get("GET") : handler;
        }

        /** The value of an Allow header: RFC 9110, section 10.2.1. */
        String allowed() {
            TreeSet<String> names = new TreeSet<>(methods.keySet());
            names.add("OPTIONS");
            if (names.contains("GET")) {
                names.add("HEAD");
            }
            return String.join(", ", names);
        }
    }

    private final PathMappings<Place> places = new PathMappings<>();
    /** By the path with its parameters' names left out: two that differ in those only are the same place. */
    private final Map<String, Place> byShape = new HashMap<>();

    /** Every method that some place answers. */
    Set<String> methods() {
        return byShape.values().stream()
                .flatMap(place -> place.methods().keySet().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    void add(String method, String path, HttpHandler handler) {
        if (!TOKEN.matcher(method).matches()) {
            throw new IllegalArgumentException("a method is a word such as GET, was \"" + method + "\"");
        }
        PathSpec spec = spec(path);
        Place place = byShape.get(shape(path));
        if (place == null) {
            place = new Place(path, new TreeMap<>());
            byShape.put(shape(path), place);
            places.put(spec, place);
        } else if (!place.declared().equals(path)) {
            throw new IllegalArgumentException(path + " is the same place as " + place.declared()
                    + ", which is declared already: give its parameters the same names");
        }
        if (place.methods().putIfAbsent(method, handler) != null) {
            throw new IllegalArgumentException("there is a handler for " + method + " " + path + " already");
        }
    }

    boolean isEmpty() {
        return byShape.isEmpty();
    }

    private static String shape(String path) {
        return PARAMETER.matcher(path).replaceAll("{}");
    }

    static PathSpec spec(String path) {
        check(path);
        if (path.contains("{")) {
            return new UriTemplatePathSpec(path);
        }
        return new ServletPathSpec(path.equals("/") ? "" : path); // "/" alone would be every path that has no other
    }

    /** Refuses what is no exact path, no {@code /below/*}, and no template. */
    static void check(String path) {
        String literal = PARAMETER.matcher(path).replaceAll("");
        String wrong = !path.startsWith("/")
                ? "it must begin with a slash"
                : path.contains("?") || path.contains("#")
                        ? "it must have no query and no fragment"
                        : literal.contains("{") || literal.contains("}")
                                ? "its braces do not match"
                                : wildcard(path, literal);
        if (wrong != null) {
            throw new IllegalArgumentException("\"" + path + "\" is no path of a route: " + wrong
                    + "; expected /exact, /below/* or a template such as /item/{id}");
        }
    }

    private static @Nullable String wildcard(String path, String literal) {
        int star = literal.indexOf('*');
        if (star >= 0 && !(path.endsWith("/*") && star == literal.length() - 1)) {
            return "a * may only stand at its end, after a slash";
        }
        if (star >= 0 && path.contains("{")) {
            return "it has parameters and a * at its end";
        }
        for (String segment : path.split("/", -1)) {
            if (segment.contains("{") && !PARAMETER.matcher(segment).matches()) {
                return "a parameter takes a whole segment";
            }
        }
        return null;
    }

    /**
     * The most specific place for a path.
     *
     * @param path decoded
     */
    @Nullable
    Match match(String path) {
        MatchedResource<Place> match = places.getMatched(path);
        if (match == null) {
            return null;
        }
        Place place = match.getResource();
        Map<String, String> values = Map.of();
        if (match.getPathSpec() instanceof UriTemplatePathSpec template) {
            Map<String, String> found = template.getPathParams(path);
            values = found == null ? Map.of() : found;
        }
        String rest = "";
        if (place.declared().endsWith("/*")) {
            int prefix = place.declared().length() - 1;
            rest = path.length() > prefix ? path.substring(prefix) : "";
        }
        return new Match(place.methods(), new PathParameters(values, rest));
    }
}
