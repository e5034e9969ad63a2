package dev.plainweave.websocket;

import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.UrlEncoded;
import org.jspecify.annotations.Nullable;

/** The opening handshake of the server's side: RFC 6455, section 4.2. */
final class Upgrade {
    private static final String VERSION = "13";
    private static final HttpField UPGRADE = new PreEncodedHttpField(HttpHeader.UPGRADE, "websocket");
    private static final HttpField CONNECTION = new PreEncodedHttpField(HttpHeader.CONNECTION, "Upgrade");

    /** Why a handshake is refused: a status, and a sentence for the developer at the other end. */
    record Refusal(int status, String reason) {}

    /** For every handshake from the moment that the server shuts down. */
    static final Refusal SHUTTING_DOWN = new Refusal(HttpStatus.SERVICE_UNAVAILABLE_503, "the server is shutting down");

    /** What was agreed on. */
    record Agreement(String accept, Optional<String> subprotocol, Optional<String> extension) {}

    private Upgrade() {}

    /** Whether the request asks for a WebSocket at all. */
    static boolean wanted(Request request) {
        return request.getHeaders().contains(HttpHeader.UPGRADE, "websocket");
    }

    /** Whether the request asks a server that knows its endpoints for one; elsewhere the header means nothing (RFC 9110, 7.8). */
    static boolean forOthers(Request request) {
        return wanted(request)
                && HttpMethod.GET.is(request.getMethod())
                && request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_1;
    }

    /** Why the handshake cannot be accepted, or null. */
    static @Nullable Refusal refusal(Request request, Origins origins) {
        HttpFields headers = request.getHeaders();
        if (!wanted(request)) {
            return new Refusal(HttpStatus.UPGRADE_REQUIRED_426, "this is a WebSocket: send Upgrade: websocket");
        }
        if (!HttpMethod.GET.is(request.getMethod())) {
            return new Refusal(HttpStatus.METHOD_NOT_ALLOWED_405, "a WebSocket handshake is a GET");
        }
        if (request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_1_1) {
            return new Refusal(HttpStatus.BAD_REQUEST_400, "a WebSocket handshake is HTTP/1.1");
        }
        if (!headers.contains(HttpHeader.CONNECTION, "Upgrade")) {
            return new Refusal(HttpStatus.BAD_REQUEST_400, "Connection: Upgrade is missing");
        }
        List<String> versions = headers.getValuesList(HttpHeader.SEC_WEBSOCKET_VERSION);
        if (versions.size() != 1 || !VERSION.equals(versions.get(0))) {
            return new Refusal(HttpStatus.UPGRADE_REQUIRED_426, "Sec-WebSocket-Version must be 13");
        }
        List<String> keys = headers.getValuesList(HttpHeader.SEC_WEBSOCKET_KEY);
        if (keys.size() != 1 || !Accept.validKey(keys.get(0))) {
            return new Refusal(HttpStatus.BAD_REQUEST_400, "Sec-WebSocket-Key must be 16 bytes in base64");
        }
        if (request.getLength() > 0 || headers.contains(HttpHeader.TRANSFER_ENCODING)) {
            // Bytes that one server takes for a body and the next for frames.
            return new Refusal(HttpStatus.BAD_REQUEST_400, "a WebSocket handshake has no body");
        }
        if (!utf8(request.getHttpURI().getQuery())) {
            return new Refusal(HttpStatus.BAD_REQUEST_400, "the query must be UTF-8, percent-encoded");
        }
        if (!origins.allows(request)) {
            return new Refusal(HttpStatus.FORBIDDEN_403, "this origin may not connect");
        }
        return null;
    }

    private static boolean utf8(@Nullable String query) {
        try {
            if (query != null) {
                UrlEncoded.decodeUtf8To(query, new Fields());
            }
            return true;
        } catch (RuntimeException malformed) {
            return false;
        }
    }

    /** What to agree on with a request that was not refused. */
    static Agreement agree(Request request, WebSocketOptions options) {
        HttpFields headers = request.getHeaders();
        List<String> offered = headers.getCSV(HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL, false);
        Optional<String> subprotocol =
                options.subprotocols().stream().filter(offered::contains).findFirst();
        Optional<String> extension = options.compression()
                ? Compression.negotiate(headers.getValuesList(HttpHeader.SEC_WEBSOCKET_EXTENSIONS))
                : Optional.empty();
        return new Agreement(Accept.accept(headers.get(HttpHeader.SEC_WEBSOCKET_KEY)), subprotocol, extension);
    }

    /** Fills in the 101. */
    static void answer(Response response, Agreement agreement) {
        response.setStatus(HttpStatus.SWITCHING_PROTOCOLS_101);
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(UPGRADE);
        headers.put(CONNECTION);
        headers.put(HttpHeader.SEC_WEBSOCKET_ACCEPT, agreement.accept());
        agreement.subprotocol().ifPresent(name -> headers.put(HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL, name));
        agreement.extension().ifPresent(value -> headers.put(HttpHeader.SEC_WEBSOCKET_EXTENSIONS, value));
    }

    /** Fills in the refusal. */
    static void refuse(Response response, Refusal refusal) {
        response.setStatus(refusal.status());
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
        if (refusal.status() == HttpStatus.UPGRADE_REQUIRED_426) {
            headers.put(UPGRADE);
            headers.put(HttpHeader.SEC_WEBSOCKET_VERSION, VERSION);
            headers.put(CONNECTION);
        }
        if (refusal.status() == HttpStatus.METHOD_NOT_ALLOWED_405) {
            headers.put(HttpHeader.ALLOW, "GET");
        }
    }
}
