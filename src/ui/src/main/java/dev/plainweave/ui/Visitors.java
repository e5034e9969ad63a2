package dev.plainweave.ui;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who comes back is known by a cookie of 128 random bits, which scripts do not see and other sites' pages do not send along
 * with more than a link. The server keeps nothing for it.
 */
final class Visitors {
    static final String COOKIE = "plainweave";

    private static final int BYTES = 16;
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_-]{22}");
    private static final Pattern FIELD = Pattern.compile("(?:^|;)\\s*([!-:<>-~]+)=([A-Za-z0-9_-]{22})\\s*(?=;|$)");

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

    /** The value of a cookie of ours in a Cookie field (RFC 6265, section 4.2.1). */
    static Optional<String> of(String field, String name) {
        return FIELD.matcher(field)
                .results()
                .filter(cookie -> cookie.group(1).equals(name))
                .map(cookie -> cookie.group(2))
                .findFirst();
    }

    /** The visitor, whose cookie lasts on from now as long as what is kept for them. */
    static String known(HttpServletRequest request, HttpServletResponse response, Pages pages, String base) {
        String visitor = of(request).orElseGet(() -> pages.token(BYTES));
        Cookie cookie = new Cookie(COOKIE, visitor);
        cookie.setHttpOnly(true);
        cookie.setSecure(request.isSecure());
        cookie.setAttribute("SameSite", "Lax");
        cookie.setPath(base + "/");
        cookie.setMaxAge((int) pages.storages().limits().unused().toSeconds());
        response.addCookie(cookie);
        return visitor;
    }
}
