package dev.plainweave.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.eclipse.jetty.ee11.servlet.QuietServletException;
import org.eclipse.jetty.ee11.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The outermost filter, and the one place that looks at what a request's code has thrown: a client that has vanished is
 * no failure, an {@link HttpError} is an answer, and anything else is the application's, told once. The container
 * hears of it quietly and goes on to the error page.
 */
final class FailureFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = LoggerFactory.getLogger(HttpHandler.class);
    private static final int LONGEST_PATH = 200;
    /** A chain of causes may be a ring. */
    static final int MAX_CAUSES = 100;

    private final transient ErrorHandler application;

    FailureFilter(ErrorHandler application) {
        this.application = application;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            chain.doFilter(request, response);
        } catch (Throwable caught) {
            Throwable thrown = caught instanceof RouteServlet.Checked checked ? checked.getRootCause() : caught;
            if (Vanished.explains(thrown, request)) {
                LOGGER.debug("the client of {} has vanished: {}", name(request), thrown.toString());
                throw new QuietServletException(thrown);
            }
            answer(thrown, request, response);
        }
    }

    private void answer(Throwable thrown, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        HttpError error = link(thrown, HttpError.class);
        if (hasSentError(request)) {
            if (error == null) {
                LOGGER.warn("the handler of {} failed after it had sent an error", name(request), thrown);
            }
            return; // the container takes one failure only
        }
        if (error == null) {
            try {
                if (!response.isCommitted() && application.handle(thrown, request, response)) {
                    return;
                }
            } catch (HttpError translated) {
                error = translated;
            } catch (Exception failed) {
                LOGGER.warn("the error handler failed for {}", name(request), failed);
            }
        }
        if (error != null && !response.isCommitted()) {
            send(error, request, response);
            return;
        }
        if (!isRefusal(thrown)) {
            LOGGER.warn("the handler of {} failed", name(request), thrown);
        }
        throw new QuietServletException(thrown);
    }

    private static void send(HttpError error, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        ErrorReply.remember(error, request);
        response.sendError(error.status(), error.title());
        if (request.isAsyncStarted()) {
            request.getAsyncContext().complete(); // it would be waited for
        }
    }

    /** Jetty takes a response that waits for its error page for committed; the one beneath is not yet. */
    private static boolean hasSentError(HttpServletRequest request) {
        ServletContextRequest entered = ServletContextRequest.getServletContextRequest(request);
        return entered.getAttribute(ServletErrors.ERROR_STATUS) != null
                && !entered.getServletContextResponse().isCommitted();
    }

    /** Whether the container itself has refused the request: a body that is too large or malformed, for example. */
    private static boolean isRefusal(Throwable thrown) {
        Throwable link = thrown;
        for (int depth = 0; link != null && depth < MAX_CAUSES; depth++) {
            if (link instanceof HttpException refused) {
                return refused.getCode() < 500;
            }
            link = link.getCause();
        }
        return false;
    }

    static <T extends Throwable> @Nullable T link(@Nullable Throwable thrown, Class<T> type) {
        Throwable link = thrown;
        for (int depth = 0; link != null && depth < MAX_CAUSES; depth++) {
            if (type.isInstance(link)) {
                return type.cast(link);
            }
            link = link.getCause();
        }
        return null;
    }

    /** Method and path, fit for a log line: nothing but printable ASCII, and not too much of it. */
    static String name(HttpServletRequest request) {
        String path = request.getRequestURI();
        StringBuilder name = new StringBuilder(request.getMethod()).append(' ');
        for (int i = 0; i < Math.min(path.length(), LONGEST_PATH); i++) {
            char next = path.charAt(i);
            name.append(next > ' ' && next < 127 ? next : '?');
        }
        return path.length() > LONGEST_PATH ? name + "..." : name.toString();
    }
}
