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
 * What a session keeps of its handshake: the least memory that can still answer. Headers stay one block of bytes, parsed
 * when asked for; those that only served the handshake are dropped.
 */
final class RequestHandshake implements Handshake {
    private final String path;
    private final Map<String, String> parameters;
    private final @Nullable String query;
    private final byte[] headers;
    private final @Nullable String subprotocol;
    private final boolean compressed;
    private final boolean secure;
    private final @Nullable Principal principal;
    private final SocketAddress remote;

    RequestHandshake(
            Request request,
            String path,
            Map<String, String> parameters,
            Upgrade.Agreement agreement,
            @Nullable Principal principal) {
        this.path = URIUtil.decodePath(path);
        this.parameters = decoded(parameters);
        query = request.getHttpURI().getQuery();
        headers = kept(request);
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

    private static byte[] kept(Request request) {
        StringBuilder block = new StringBuilder(512);
        for (HttpField field : request.getHeaders()) {
            HttpHeader known = field.getHeader();
            boolean drop = known != null
                    && switch (known) {
                        case CONNECTION,
                                UPGRADE,
                                SEC_WEBSOCKET_KEY,
                                SEC_WEBSOCKET_VERSION,
                                SEC_WEBSOCKET_EXTENSIONS,
                                SEC_WEBSOCKET_SUBPROTOCOL -> true;
                        default -> false;
                    };
            if (!drop) {
                String value = field.getValue();
                block.append(field.getLowerCaseName())
                        .append(':')
                        .append(value == null ? "" : value)
                        .append('\n');
            }
        }
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
        new String(headers, StandardCharsets.UTF_8).lines().forEach(line -> {
            int colon = line.indexOf(':');
            values.computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>(1))
                    .add(line.substring(colon + 1));
        });
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
