package dev.plainweave.websocket;

import java.net.SocketAddress;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The HTTP request that opened the session. Immutable; header names are case-insensitive. */
public interface Handshake {
    /** The request's path, decoded, without the query: {@code /chat/blue}. */
    String path();

    /** The value of a parameter of the route's path: {@code room} of {@code /chat/{room}}. */
    Optional<String> parameter(String name);

    /** All path parameters by name. */
    Map<String, String> parameters();

    /** The first value of a query parameter, decoded. */
    Optional<String> query(String name);

    /** All query parameters, decoded, each with its values in their order. */
    Map<String, List<String>> query();

    /** The first value of a header. The handshake's own fields (Connection, Upgrade, Sec-WebSocket-*) are not kept. */
    Optional<String> header(String name);

    /** All headers that were kept, by lower-case name, each with its values in their order. */
    Map<String, List<String>> headers();

    /** The subprotocol agreed on. */
    Optional<String> subprotocol();

    /** Whether permessage-deflate was agreed on (RFC 7692). */
    boolean compressed();

    /** Who the client is, where the server was told how to find out. */
    Optional<Principal> principal();

    /** The client's address. */
    SocketAddress remote();

    /** Whether the connection is encrypted. */
    boolean secure();
}
