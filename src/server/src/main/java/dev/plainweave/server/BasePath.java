package dev.plainweave.server;

import java.util.regex.Pattern;

/** What all paths of a server begin with. */
final class BasePath {
    private static final Pattern PATH = Pattern.compile("(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9._~-]+)+");

    private BasePath() {}

    /**
     * The path, with {@code /} made empty.
     *
     * @throws IllegalArgumentException for what is not made of plain segments
     */
    static String checked(String path) {
        if (path.equals("/") || path.isEmpty()) {
            return "";
        }
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException("no base path: '" + path
                    + "', expected one that begins with a slash and does not end with one, of letters, digits and ._~-,"
                    + " such as /app");
        }
        return path;
    }
}
