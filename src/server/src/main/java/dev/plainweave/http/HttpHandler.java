package dev.plainweave.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Answers an HTTP request. Runs on the connection's own virtual thread and may block. */
@FunctionalInterface
public interface HttpHandler {
    /**
     * Answers the request.
     *
     * @throws HttpError to answer with that status
     * @throws Exception anything else becomes a 500 that says nothing of the code, and one WARN; where a part of the
     *     response has left already, the connection is cut so that the client does not take it for the whole
     */
    void handle(HttpServletRequest request, HttpServletResponse response) throws Exception;
}
