package dev.plainweave.http;

import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.pathmap.MatchedResource;
import org.eclipse.jetty.http.pathmap.PathMappings;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers preflights itself, before anything else sees them: a browser sends no credentials with one. To all other requests
 * it only adds what the browser needs to let a script read the answer; it refuses none, since CORS protects nothing on the
 * server's side.
 */
final class CorsHandler extends Handler.Wrapper {
    private final PathMappings<Cors> rules = new PathMappings<>();

    void add(String path, Cors rule) {
        if (rules.put(RouteTable.spec(path), rule) != null) {
            throw new IllegalArgumentException("there is a CORS rule for " + path + " already");
        }
    }

    boolean isEmpty() {
        return rules.isEmpty();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        MatchedResource<Cors> match = rules.getMatched(Request.getPathInContext(request));
        if (match == null) {
            return super.handle(request, response, callback);
        }
        Cors rule = match.getResource();
        if (rule.varies()) {
            response.getHeaders().add(HttpHeader.VARY, "Origin");
        }
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        String method = request.getHeaders().get(HttpHeader.ACCESS_CONTROL_REQUEST_METHOD);
        boolean allowed = origin != null && rule.allowsOrigin(origin);
        if (origin != null && method != null && HttpMethod.OPTIONS.is(request.getMethod())) {
            if (allowed && rule.allowsMethod(method) && rule.allowsHeaders(wanted(request))) {
                allow(rule, origin, response.getHeaders());
                permit(rule, response.getHeaders());
            }
            response.setStatus(HttpStatus.NO_CONTENT_204);
            callback.succeeded();
            return true;
        }
        if (allowed) {
            allow(rule, origin, response.getHeaders());
            if (!rule.exposedList().isEmpty()) {
                response.getHeaders().put(HttpHeader.ACCESS_CONTROL_EXPOSE_HEADERS, rule.exposedList());
            }
        }
        return super.handle(request, response, callback);
    }

    private static List<String> wanted(Request request) {
        return request.getHeaders().getCSV(HttpHeader.ACCESS_CONTROL_REQUEST_HEADERS, false);
    }

    private static void allow(Cors rule, String origin, HttpFields.Mutable headers) {
        headers.put(HttpHeader.ACCESS_CONTROL_ALLOW_ORIGIN, rule.allowedOrigin(origin));
        if (rule.allowsCredentials()) {
            headers.put(HttpHeader.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
        }
    }

    private static void permit(Cors rule, HttpFields.Mutable headers) {
        headers.put(HttpHeader.ACCESS_CONTROL_ALLOW_METHODS, rule.methodList());
        if (!rule.headerList().isEmpty()) {
            headers.put(HttpHeader.ACCESS_CONTROL_ALLOW_HEADERS, rule.headerList());
        }
        headers.put(HttpHeader.ACCESS_CONTROL_MAX_AGE, rule.maxAge().toSeconds());
    }
}
