package dev.plainweave.ui;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bootstrap's icons, each read when it is first used. They go as a part of the page, so that they cost no request and take
 * the colour of the text around them.
 */
final class Icons {
    private static final String DIRECTORY = "/META-INF/resources/webjars/bootstrap-icons/1.13.1/icons/";
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    /** What the inside of such a file may be: shapes with plain attributes. */
    private static final Pattern INSIDE =
            Pattern.compile("<svg [^>]*>((?:\\s*<(?:path|circle|rect)(?: [a-z-]+=\"[^\"<>&]*\")*/>)*)\\s*</svg>\\s*");

    private static final Map<String, String> KNOWN = new ConcurrentHashMap<>();

    private Icons() {}

    /** The inside of the icon's SVG. */
    static String inside(String name) {
        if (!NAME.matcher(name).matches()) {
            throw unknown(name);
        }
        return KNOWN.computeIfAbsent(name, Icons::read);
    }

    private static String read(String name) {
        try (InputStream in = Icons.class.getResourceAsStream(DIRECTORY + name + ".svg")) {
            if (in == null) {
                throw unknown(name);
            }
            Matcher file = INSIDE.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            if (!file.matches()) {
                throw new IllegalStateException("the icon " + name + " is not made as icons are");
            }
            return file.group(1).strip().replaceAll("\\s*\\n\\s*", "");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static IllegalArgumentException unknown(String name) {
        return new IllegalArgumentException("there is no icon '" + name
                + "': expected a name of Bootstrap Icons 1.13, such as trash or arrow-left (icons.getbootstrap.com)");
    }
}
