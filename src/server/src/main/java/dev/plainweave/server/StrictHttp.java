package dev.plainweave.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.CookieCompliance;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * HTTP/1.1 as RFC 9112 has it, without the exceptions that Jetty makes for clients of old. What two servers in a row may
 * read in two ways is how requests are smuggled past the first one.
 */
final class StrictHttp {
    private StrictHttp() {}

    static void configure(HttpConfiguration http) {
        http.setHttpCompliance(HttpCompliance.STRICT);
        http.setUriCompliance(UriCompliance.RFC3986);
        http.setRequestCookieCompliance(CookieCompliance.RFC6265);
        http.setSendServerVersion(false);
    }

    /**
     * Refuses a request that must not be trusted any further: a status, its standard phrase and nothing of the request;
     * then the connection is closed.
     */
    static void refuse(Response response, Callback callback, int status) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
        String phrase = status + " " + HttpStatus.getMessage(status) + "\n";
        response.write(true, ByteBuffer.wrap(phrase.getBytes(StandardCharsets.US_ASCII)), callback);
    }
}
