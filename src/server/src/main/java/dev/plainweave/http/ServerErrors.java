package dev.plainweave.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The error responses of requests that no servlet has seen: malformed ones, and those that a Jetty handler refuses. To be
 * set on the server: {@code server.setErrorHandler(new ServerErrors())}. A handler that refuses with an {@link HttpError}
 * as the cause has its detail shown.
 */
public final class ServerErrors extends ErrorHandler {
    /** With the same look as the errors of routes. */
    public ServerErrors() {
        setShowStacks(false);
    }

    /** Every method's errors have a body. */
    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        ErrorReply reply = ErrorReply.to(request, ErrorReply.behind(request, code, cause));
        reply.describe(response.getHeaders());
        response.write(true, ByteBuffer.wrap(reply.body()), callback);
    }
}
