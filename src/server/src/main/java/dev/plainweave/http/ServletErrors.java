package dev.plainweave.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.ee11.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee11.servlet.ServletContextRequest;
import org.eclipse.jetty.ee11.servlet.ServletContextResponse;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The error responses of a servlet context: the application's error pages first, then its error handler, then ours. */
final class ServletErrors extends ErrorPageErrorHandler {
    private static final Logger LOGGER = LoggerFactory.getLogger(HttpHandler.class);

    private final ErrorHandler application;

    ServletErrors(ErrorHandler application) {
        this.application = application;
    }

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
            Callback callback)
            throws IOException {
        ServletContextRequest entered = Request.asInContext(request, ServletContextRequest.class);
        HttpError error = ErrorReply.behind(request, code, cause);
        if (entered.getServletChannel().getCallback() == null) {
            ErrorReply reply = ErrorReply.to(request, error); // refused before any servlet: the caller completes
            reply.describe(response.getHeaders());
            response.write(true, ByteBuffer.wrap(reply.body()), Callback.NOOP);
            return;
        }
        HttpError shown = ask(error, entered.getServletApiRequest(), entered.getHttpServletResponse());
        ServletContextResponse servlet = entered.getServletContextResponse();
        if (shown != null && !servlet.isCommitted()) {
            servlet.resetContent();
            servlet.setStatus(shown.status());
            ErrorReply reply = ErrorReply.to(request, shown);
            reply.describe(servlet.getHeaders());
            servlet.getHttpOutput().write(reply.body());
        }
    }

    /** The error that is still to be shown; null when the application has answered. */
    private @Nullable HttpError ask(HttpError error, HttpServletRequest request, HttpServletResponse response) {
        try {
            return application.handle(error, request, response) ? null : error;
        } catch (HttpError other) {
            return other;
        } catch (Exception failed) {
            LOGGER.warn("the error handler failed for {}", FailureFilter.name(request), failed);
            return new HttpError(500);
        }
    }
}
