package dev.plainweave.ui;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who comes back is known by a cookie of 128 random bits, which scripts do not see and other sites' pages do not send along
 * with more than a link. The server keeps nothing for it.
 */
final class Visitors {
    static final String COOKIE = "plainweave";

    private static final int BYTES = 16;
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_-]{22}");
    private static final Pattern FIELD = Pattern.compile("(?:^|;)\\s*" + COOKIE + "=([A-Za-z0-9_-]{22})\\s*(?=;|$)");

    private Visitors() {}

    static Optional<String> of(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : Arrays.stream(cookies)
                        .filter(cookie -> cookie.getName().equals(COOKIE))
                        .map(Cookie::getValue)
                        .filter(VALUE.asMatchPredicate())
                        .findFirst();
    }

    /** The same of a Cookie field (RFC 6265, section 4.2.1). */
    static Optional<String> of(String field) {
        Matcher found = FIELD.matcher(field);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }

    /** The visitor, who gets a cookie if there was none. */
    static String known(HttpServletRequest request, HttpServletResponse response, Pages pages) {
        return of(request).orElseGet(() -> {
            String visitor = pages.token(BYTES);
            Cookie cookie = new Cookie(COOKIE, visitor);
            cookie.setHttpOnly(true);
            cookie.setSecure(request.isSecure());
            cookie.setAttribute("SameSite", "Lax");
            cookie.setPath(request.getContextPath() + "/");
            response.addCookie(cookie);
            return visitor;
        });
    }
}
