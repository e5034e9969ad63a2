package dev.plainweave.ui;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which addresses may be shown or gone to: none that a browser would run. */
final class Urls {
    private static final Set<String> ALLOWED = Set.of("http", "https", "mailto", "tel");
    private static final Pattern SCHEME = Pattern.compile("([^/?#:]*):.*", Pattern.DOTALL);

    /** A path of this server and nothing else: browsers read \\ as /, leave line ends out, and take // for another host. */
    private static final Pattern BELOW = Pattern.compile("/(?![/\\\\])[\\x21-\\x5b\\x5d-\\x7e]*");

    private Urls() {}

    /** The path with its query, if it is one below this application, percent-encoded, and not one of the framework's own. */
    static Optional<String> below(String url) {
        return BELOW.matcher(url).matches() && !url.startsWith("/_plainweave/") ? Optional.of(url) : Optional.empty();
    }

    static String checked(String url) {
        // Browsers drop these before they look for a scheme (WHATWG URL, basic parser, steps 1 to 3).
        String seen = url.replaceAll("[\\t\\n\\r]", "").replaceAll("^[\\x00-\\x20]+", "");
        Matcher scheme = SCHEME.matcher(seen);
        if (scheme.matches() && !ALLOWED.contains(scheme.group(1).toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    "the address '" + url + "' is not allowed: expected a relative one, or http, https, mailto or tel");
        }
        return seen;
    }
}
