package dev.plainweave.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * The application's word in what an error looks like. It is asked twice at most: about an exception that a handler, a
 * filter or a servlet threw, and then about the error response that is to be sent, as an {@link HttpError}, whatever it
 * came from (404s and 405s too).
 *
 * <pre>{@code
 * onError((failure, request, response) -> {
 *     if (failure instanceof NoSuchElementException) throw new HttpError(404);      // translates
 *     if (failure instanceof HttpError error && error.status() == 404) {            // designs
 *         response.getWriter().print("Nothing here.");
 *         return true;
 *     }
 *     return false;                                                                 // leaves the rest to the default
 * })
 * }</pre>
 *
 * <p>Runs on the connection's own thread, may block, and is called by many at the same time. Clients that have vanished
 * and errors of requests that no handler could see (malformed ones) are not told to it.
 */
@FunctionalInterface
public interface ErrorHandler {
    /**
     * Answers, or does not.
     *
     * @return true, if it has answered; then an exception is not logged either. The status is set already.
     * @throws HttpError to answer with that instead
     * @throws Exception anything else is logged; the client gets a 500
     */
    boolean handle(Throwable failure, HttpServletRequest request, HttpServletResponse response) throws Exception;
}
