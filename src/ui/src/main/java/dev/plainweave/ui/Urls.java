package dev.plainweave.ui;

import java.nio.charset.StandardCharsets;
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

    /** The text, if it has no control characters: browsers drop some of them, and a line end would end a field of HTTP. */
    static String plain(String what, String text) {
        for (int at = 0; at < text.length(); at++) {
            if (Character.isISOControl(text.charAt(at))) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "%s has no control characters, but '%s' has U+%04X at %d",
                        what,
                        LogText.plain(text),
                        (int) text.charAt(at),
                        at));
            }
        }
        return text;
    }

    /** As a field of HTTP has it, and as browsers would send it: spaces and other scripts are percent-encoded UTF-8. */
    static String ascii(String url) {
        StringBuilder ascii = new StringBuilder(url.length());
        for (byte next : url.getBytes(StandardCharsets.UTF_8)) {
            if (next > ' ' && next < 127) {
                ascii.append((char) next);
            } else {
                ascii.append(String.format(Locale.ROOT, "%%%02X", next & 0xff));
            }
        }
        return ascii.toString();
    }

    /** An address that may be shown, without the spaces before it. */
    static String checked(String url) {
        String seen =
                plain("an address", url).replaceAll("^ +", ""); // as browsers do (WHATWG URL, basic parser, step 1)
        Matcher scheme = SCHEME.matcher(seen);
        if (scheme.matches() && !ALLOWED.contains(scheme.group(1).toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    "the address '" + url + "' is not allowed: expected a relative one, or http, https, mailto or tel");
        }
        return seen;
    }
}
