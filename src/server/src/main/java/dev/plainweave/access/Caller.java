package dev.plainweave.access;

import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;

/** What an {@link Authenticator} may know of a request. Valid during the call, on the thread of the call. */
public interface Caller {
    /** {@code GET}, {@code POST} and so on. A WebSocket handshake is a GET. */
    String method();

    /** The path as routes see it: decoded, without query and path parameters, below the server's base path. */
    String path();

    /** The first value of a header. The name is case-insensitive. */
    Optional<String> header(String name);

    /** Every value of a header, in their order. */
    List<String> headers(String name);

    /** The value of a cookie. */
    Optional<String> cookie(String name);

    /**
     * The first value of a query parameter, decoded. Browsers cannot set headers on a WebSocket; but what stands in a URL
     * ends up in histories and logs: prefer a cookie, or a token that is good for once.
     */
    Optional<String> query(String name);

    /**
     * An attribute of the client's HTTP session, if there is one: what a sign-in page has put there by {@code
     * request.getSession().setAttribute(...)}. Asking neither creates a session nor keeps one alive.
     */
    Optional<Object> sessionAttribute(String name);

    /** The client's address; behind a trusted proxy, the one that the proxy tells. */
    SocketAddress remote();

    /** Whether the client's connection is encrypted; behind a trusted proxy, what the proxy tells. */
    boolean secure();
}
