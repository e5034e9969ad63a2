package dev.plainweave.server;

import java.util.List;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpScheme;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** In front of everything: refuses what Jetty's parser lets pass and the RFCs do not. */
final class StrictRequests extends Handler.Wrapper {
    private static final int NO_REFUSAL = 0;
    private static final String SERVER_WIDE = "*";

    private final Set<String> methods;

    /**
     * @param methods those that the application has named, beside the registered ones
     */
    StrictRequests(Set<String> methods, Handler guarded) {
        super(guarded);
        this.methods = Set.copyOf(methods);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Request received = Request.unWrap(request); // as the client sent it, whatever a proxy said besides
        int status = refusal(received);
        if (status != NO_REFUSAL) {
            StrictHttp.refuse(response, callback, status);
            return true;
        }
        if (SERVER_WIDE.equals(received.getHttpURI().getPath())) {
            response.setStatus(HttpStatus.NO_CONTENT_204); // OPTIONS *, a ping: RFC 9110, section 9.3.7
            callback.succeeded();
            return true;
        }
        return super.handle(request, response, callback);
    }

    private int refusal(Request request) {
        String method = request.getMethod();
        // RFC 9110, sections 9.1 and 15.6.2. TRACE would send the headers back, and with them what scripts must not
        // see.
        if (HttpMethod.CONNECT.is(method) || HttpMethod.TRACE.is(method) || !known(method)) {
            return HttpStatus.NOT_IMPLEMENTED_501;
        }
        int framing = framing(request.getConnectionMetaData().getHttpVersion(), request.getHeaders());
        return framing != NO_REFUSAL ? framing : target(request, method);
    }

    private boolean known(String method) {
        return HttpMethod.fromString(method) != null || methods.contains(method);
    }

    /** RFC 9112, section 6.1: a coding that is not understood, and Transfer-Encoding in HTTP/1.0. */
    private static int framing(HttpVersion version, HttpFields headers) {
        List<String> codings = headers.getValuesList(HttpHeader.TRANSFER_ENCODING);
        if (codings.isEmpty()) {
            return NO_REFUSAL;
        }
        if (version != HttpVersion.HTTP_1_1) {
            return HttpStatus.BAD_REQUEST_400;
        }
        return codings.size() == 1 && HttpHeaderValue.CHUNKED.is(codings.get(0))
                ? NO_REFUSAL
                : HttpStatus.NOT_IMPLEMENTED_501;
    }

    private static int target(Request request, String method) {
        HttpURI uri = request.getHttpURI();
        String path = uri.getPath();
        boolean serverWide = SERVER_WIDE.equals(path) && HttpMethod.OPTIONS.is(method);
        // RFC 9112, section 3.2: origin-form and absolute-form, and the asterisk for OPTIONS alone.
        if (path == null || !(path.startsWith("/") || serverWide) || !percentsAreWhole(uri.getQuery())) {
            return HttpStatus.BAD_REQUEST_400;
        }
        // RFC 9110, section 7.4: "https" in the target of a request that came without TLS would pass for secure.
        boolean secure = request.getConnectionMetaData().isSecure();
        HttpScheme scheme = secure ? HttpScheme.HTTPS : HttpScheme.HTTP;
        return scheme.is(uri.getScheme()) ? NO_REFUSAL : HttpStatus.MISDIRECTED_REQUEST_421;
    }

    /** RFC 3986, section 2.1. */
    private static boolean percentsAreWhole(@Nullable String query) {
        if (query == null) {
            return true;
        }
        for (int at = query.indexOf('%'); at >= 0; at = query.indexOf('%', at + 1)) {
            if (at + 2 >= query.length()
                    || Character.digit(query.charAt(at + 1), 16) < 0
                    || Character.digit(query.charAt(at + 2), 16) < 0) {
                return false;
            }
        }
        return true;
    }
}
