package dev.plainweave.server;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Answers an HTTP request. Runs on the connection's own virtual thread and may block. */
@FunctionalInterface
public interface HttpHandler {
    /** Answers the request. What it throws becomes a 500, if the response has not been committed. */
    void handle(HttpServletRequest request, HttpServletResponse response) throws Exception;
}
