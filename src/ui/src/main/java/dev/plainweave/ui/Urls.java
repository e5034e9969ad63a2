package dev.plainweave.ui;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which addresses may be shown or gone to: none that a browser would run. */
final class Urls {
    private static final Set<String> ALLOWED = Set.of("http", "https", "mailto", "tel");
    private static final Pattern SCHEME = Pattern.compile("([^/?#:]*):.*", Pattern.DOTALL);

    private Urls() {}

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
