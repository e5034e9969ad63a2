package dev.plainweave.websocket;

import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.URIUtil;
import org.eclipse.jetty.util.UrlEncoded;
import org.jspecify.annotations.Nullable;

/**
 * What a session keeps of its handshake: the least memory that can still answer. Headers stay blocks of bytes, parsed
 * when asked for; those that only served the handshake are dropped.
 */
final class RequestHandshake implements Handshake {
    private static final byte[] NONE = {};

    private final String path;
    private final Map<String, String> parameters;
    private final @Nullable String query;
    /** What other sessions say too. */
    private final byte[] shared;
    /** What is this one's own: cookies, credentials, and whatever is not known to be common. */
    private final byte[] own;

    private final @Nullable String subprotocol;
    private final boolean compressed;
    private final boolean secure;
    private final @Nullable Principal principal;
    private final SocketAddress remote;

    RequestHandshake(
            Request request,
            String template,
            String path,
            Map<String, String> parameters,
            Upgrade.Agreement agreement,
            @Nullable Principal principal) {
        this.path = path.equals(template) ? template : URIUtil.decodePath(path);
        this.parameters = decoded(parameters);
        query = request.getHttpURI().getQuery();
        StringBuilder common = new StringBuilder(512);
        StringBuilder special = new StringBuilder();
        sort(request, common, special);
        shared = SharedHeaders.share(bytes(common));
        own = special.isEmpty() ? NONE : bytes(special);
        subprotocol = agreement.subprotocol().orElse(null);
        compressed = agreement.extension().isPresent();
        secure = request.isSecure();
        this.principal = principal;
        remote = request.getConnectionMetaData().getRemoteSocketAddress();
    }

    private static Map<String, String> decoded(Map<String, String> parameters) {
        if (parameters.isEmpty()) {
            return Map.of();
        }
        Map<String, String> values = new LinkedHashMap<>();
        parameters.forEach((name, value) -> values.put(name, URIUtil.decodePath(value)));
        return Map.copyOf(values);
    }

    private static void sort(Request request, StringBuilder common, StringBuilder special) {
        for (HttpField field : request.getHeaders()) {
            StringBuilder block = block(field.getHeader(), common, special);
            if (block != null) {
                String value = field.getValue();
                block.append(field.getLowerCaseName())
                        .append(':')
                        .append(value == null ? "" : value)
                        .append('\n');
            }
        }
    }

    /** Where it belongs; null for what has served the handshake and is of no use any more. */
    private static @Nullable StringBuilder block(
            @Nullable HttpHeader known, StringBuilder common, StringBuilder special) {
        return switch (known) {
            case null -> special;
            case CONNECTION,
                    UPGRADE,
                    SEC_WEBSOCKET_KEY,
                    SEC_WEBSOCKET_VERSION,
                    SEC_WEBSOCKET_EXTENSIONS,
                    SEC_WEBSOCKET_SUBPROTOCOL -> null;
            case ACCEPT_ENCODING, ACCEPT_LANGUAGE, CACHE_CONTROL, HOST, ORIGIN, PRAGMA, USER_AGENT -> common;
            default -> special;
        };
    }

    private static byte[] bytes(StringBuilder block) {
        return block.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    @Override
    public Map<String, String> parameters() {
        return parameters;
    }

    @Override
    public Optional<String> query(String name) {
        return first(query().get(name));
    }

    @Override
    public Map<String, List<String>> query() {
        Map<String, List<String>> values = new LinkedHashMap<>();
        if (query != null) {
            Fields fields = new Fields(true);
            UrlEncoded.decodeUtf8To(query, fields);
            fields.forEach(field -> values.put(field.getName(), List.copyOf(field.getValues())));
        }
        return values;
    }

    @Override
    public Optional<String> header(String name) {
        return first(headers().get(name.toLowerCase(Locale.ROOT)));
    }

    @Override
    public Map<String, List<String>> headers() {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (byte[] block : List.of(shared, own)) {
            new String(block, StandardCharsets.UTF_8).lines().forEach(line -> {
                int colon = line.indexOf(':');
                values.computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>(1))
                        .add(line.substring(colon + 1));
            });
        }
        return values;
    }

    private static Optional<String> first(@Nullable List<String> values) {
        return values == null || values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
    }

    @Override
    public Optional<String> subprotocol() {
        return Optional.ofNullable(subprotocol);
    }

    @Override
    public boolean compressed() {
        return compressed;
    }

    @Override
    public Optional<Principal> principal() {
        return Optional.ofNullable(principal);
    }

    @Override
    public SocketAddress remote() {
        return remote;
    }

    @Override
    public boolean secure() {
        return secure;
    }
}
