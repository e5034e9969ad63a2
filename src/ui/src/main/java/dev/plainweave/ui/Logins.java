package dev.plainweave.ui;

import dev.plainweave.access.Authenticator;
import dev.plainweave.access.Caller;
import dev.plainweave.access.SignInPage;
import dev.plainweave.http.HttpError;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Who is logged in, by a cookie of 128 random bits that is made at the login and good for nothing before: a value that was
 * there already, planted by somebody else, is never taken over. A page cannot set a cookie over its socket, so a login goes by
 * an address that is good for once, for a short time, and for the visitor whose page has sent them there.
 */
final class Logins implements Authenticator {
    static final String COOKIE = "plainweave-login";
    static final String PATH = "/_plainweave/login/";
    static final String NEXT = "next";
    /** Answers in place of what somebody known may not see. */
    static final String FORBIDDEN = "/_plainweave/forbidden";

    private static final int TOKEN_BYTES = 16;
    private static final Duration TICKET = Duration.ofSeconds(30);
    private static final int SEE_OTHER = 303;
    private static final int UNAVAILABLE = 503;

    private record Ticket(String visitor, Principal principal, String target, long since) {}

    private final Map<String, LoginSession> sessions = new ConcurrentHashMap<>();
    private final Map<String, Ticket> tickets = new ConcurrentHashMap<>();
    private final Pages pages;
    private final Optional<String> page;
    private final LoginLimits limits;
    private final Attempts attempts;

    /**
     * Nobody is logged in.
     *
     * @param page where somebody unknown is sent; empty where there is no such page, and nobody can log in
     */
    Logins(Pages pages, Optional<String> page, LoginLimits limits) {
        this.pages = pages;
        this.page = page;
        this.limits = limits;
        attempts = new Attempts(limits);
    }

    Attempts attempts() {
        return attempts;
    }

    int size() {
        return sessions.size();
    }

    // Who it is.

    @Override
    public Optional<? extends Principal> authenticate(Caller caller) {
        Optional<LoginSession> session = caller.cookie(COOKIE).flatMap(this::find);
        session.ifPresent(LoginSession::used);
        return session.map(found -> found.principal);
    }

    @Override
    public Optional<SignInPage> signIn() {
        return page.map(path -> new SignInPage(path, NEXT, List.of("/_plainweave/"), Optional.of(FORBIDDEN)));
    }

    Optional<LoginSession> find(String cookie) {
        return Optional.ofNullable(sessions.get(cookie)).filter(session -> !session.isOver());
    }

    static Optional<String> cookie(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : Arrays.stream(cookies)
                        .filter(cookie -> cookie.getName().equals(COOKIE))
                        .map(Cookie::getValue)
                        .findFirst();
    }

    /** The login that a request comes with; a cookie of one that is over is taken back. */
    @Nullable
    LoginSession of(HttpServletRequest request, HttpServletResponse response) {
        Optional<String> cookie = cookie(request);
        LoginSession found = cookie.flatMap(this::find).orElse(null);
        if (found == null && cookie.isPresent()) {
            response.addCookie(cookie(request, "", 0));
        }
        return found;
    }

    // Logging in.

    /**
     * Where the page's visitor has to go to be logged in, below the base path.
     *
     * @param target where they are sent from there, below the base path
     */
    String ticket(LivePage from, Principal principal, String target) {
        if (page.isEmpty()) {
            throw new IllegalStateException("this application has no login page: declare it by login(path, page)");
        }
        if (Urls.below(target).isEmpty()) {
            throw new IllegalArgumentException(
                    "after a login a visitor goes to a path of this application, such as /account; was \"" + target
                            + "\"");
        }
        String token = pages.token(TOKEN_BYTES);
        tickets.put(token, new Ticket(from.visitor, principal, target, System.nanoTime()));
        return PATH + token;
    }

    /** Where the visitor of the login page wanted to go: never beyond this application, whatever the address says. */
    static String wanted(PageRequest request) {
        return request.query(NEXT).flatMap(Urls::below).orElse("/");
    }

    void redeem(HttpServletRequest request, HttpServletResponse response, String token) {
        Ticket ticket = tickets.get(token);
        if (ticket == null
                || !request.getMethod().equals("GET")
                || !ticket.visitor().equals(Visitors.of(request).orElse(""))
                || System.nanoTime() - ticket.since() >= TICKET.toNanos()
                || !tickets.remove(token, ticket)) {
            throw new HttpError(404, "this login is over: please log in again");
        }
        expire();
        if (sessions.size() >= limits.logins()) {
            throw new HttpError(UNAVAILABLE, "as many are logged in as may be");
        }
        cookie(request).map(sessions::remove).ifPresent(before -> end(before, null));
        String cookie = pages.token(TOKEN_BYTES);
        sessions.put(cookie, new LoginSession(ticket.principal(), limits));
        response.addCookie(cookie(request, cookie, -1));
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Location", request.getContextPath() + ticket.target());
        response.setStatus(SEE_OTHER);
    }

    private static Cookie cookie(HttpServletRequest request, String value, int maxAge) {
        Cookie cookie = new Cookie(COOKIE, value);
        cookie.setHttpOnly(true);
        cookie.setSecure(request.isSecure());
        cookie.setAttribute("SameSite", "Lax");
        cookie.setPath(request.getContextPath() + "/");
        cookie.setMaxAge(maxAge);
        return cookie;
    }

    // Logging out.

    /**
     * That login is over: its pages end.
     *
     * @param except a page that says so by itself, or null
     */
    void end(LoginSession session, @Nullable LivePage except) {
        session.end();
        sessions.values().removeIf(other -> other == session);
        for (LivePage each : pages.all()) {
            if (each != except && each.isOf(session)) {
                each.end(PageEnd.LOGGED_OUT);
            }
        }
    }

    /** Forgets what has lasted for too long. */
    void expire() {
        sessions.values().removeIf(LoginSession::isOver);
        long oldest = System.nanoTime() - TICKET.toNanos();
        tickets.values().removeIf(ticket -> ticket.since() - oldest < 0);
    }
}
