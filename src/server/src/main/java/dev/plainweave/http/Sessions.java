package dev.plainweave.http;

import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * How {@link jakarta.servlet.http.HttpSession}s are kept: in memory, by a cookie that scripts do not see, that other sites'
 * pages do not send along with more than a link (SameSite=Lax), and that goes over TLS only when it came by TLS.
 *
 * @param max at the same time; a request that would need one more gets 503
 * @param maxInactive between two requests, in whole seconds
 * @param cookie its name
 */
public record Sessions(int max, Duration maxInactive, String cookie) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");

    /** 10,000 sessions, 30 minutes, JSESSIONID. */
    public static final Sessions DEFAULT = new Sessions(10_000, Duration.ofMinutes(30), "JSESSIONID");

    /** Checks the values. */
    public Sessions {
        Objects.requireNonNull(maxInactive, "maxInactive");
        if (max < 1) {
            throw new IllegalArgumentException("max must be at least 1, was " + max);
        }
        if (maxInactive.toSeconds() < 1 || maxInactive.toSeconds() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("maxInactive must be at least a second, was " + maxInactive);
        }
        if (!NAME.matcher(cookie).matches()) {
            throw new IllegalArgumentException(
                    "a cookie's name is of letters, digits, - and _, was \"" + cookie + "\"");
        }
    }
}
