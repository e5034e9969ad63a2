package dev.plainweave.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.Principal;
import java.util.List;
import java.util.Optional;

/**
 * Finds out who a request comes from. It is asked once for each request, WebSocket handshakes included, before anything
 * else runs; on the connection's own virtual thread, so it may block, on a database say, and costs nobody else anything.
 *
 * <pre>{@code
 * WebServer.builder()
 *     .authenticate(caller -> caller.sessionAttribute("user").map(User.class::cast))
 *     .requires("/account/*")
 *     .requires("/admin/*", User.inRole("admin"))
 * }</pre>
 */
@FunctionalInterface
public interface Authenticator {
    /**
     * The request attribute with what is required at its path, and has been found met: a list of predicates. Whoever goes on
     * talking to the client later, over another connection, asks them again.
     */
    String REQUIRED_ATTRIBUTE = "dev.plainweave.access.required";

    /** Looks a name and a password up. May block. */
    @FunctionalInterface
    interface Passwords {
        /** Whose they are; empty when the password is wrong or nobody has that name. */
        Optional<? extends Principal> find(String user, String password) throws Exception;
    }

    /** Looks a token up. May block. */
    @FunctionalInterface
    interface Tokens {
        /** Whose it is; empty when it is unknown or no longer good. */
        Optional<? extends Principal> find(String token) throws Exception;
    }

    /**
     * Who it is; empty for somebody unknown, who may go where nothing is required.
     *
     * @throws Exception when it cannot be found out: the answer is a 500, and one WARN tells the exception but nothing of
     *     the request's headers or query
     */
    Optional<? extends Principal> authenticate(Caller caller) throws Exception;

    /**
     * How to sign in: what a 401 says in {@code WWW-Authenticate}, one value for each way. Every 401 has to say something
     * (RFC 9110, section 11.6.1), so where this is empty, as it is for a function, it says {@code Custom}, which no browser
     * asks the user about.
     */
    default List<String> challenges() {
        return List.of();
    }

    /** Where people sign in, if that is a page of the application's own. */
    default Optional<SignInPage> signIn() {
        return Optional.empty();
    }

    /**
     * Name and password in every request (RFC 7617), asked for by the browser. For tools and small things, and only under
     * TLS. To compare secrets use {@link #sameSecret}, to store passwords a slow hash.
     *
     * @param realm what the browser may show; printable ASCII
     */
    static Authenticator basic(String realm, Passwords passwords) {
        return new BasicAuthenticator(realm, passwords);
    }

    /** A token in {@code Authorization: Bearer} (RFC 6750, section 2.1). */
    static Authenticator bearer(Tokens tokens) {
        return new BearerAuthenticator(tokens);
    }

    /** Asks one after the other; the first that knows the caller decides. A 401 offers what all of them offer. */
    static Authenticator firstOf(Authenticator... authenticators) {
        return new FirstOf(List.of(authenticators));
    }

    /**
     * Whether two secrets are the same, in a time that does not tell how much of them is: {@code String.equals} returns
     * sooner the earlier they differ, which can be measured.
     */
    static boolean sameSecret(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
