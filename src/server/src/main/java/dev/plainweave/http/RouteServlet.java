package dev.plainweave.http;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Hands a request to the handler of its path and method. */
final class RouteServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient RouteTable routes;
    private final transient Uploads uploads;

    RouteServlet(RouteTable routes, Uploads uploads) {
        this.routes = routes;
        this.uploads = uploads;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String path = request.getPathInfo() == null ? request.getServletPath() : request.getPathInfo();
        RouteTable.Match match = routes.match(path);
        if (match == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        HttpHandler handler = match.handler(request.getMethod());
        if (handler == null) {
            refuse(request, response, match.allowed());
            return;
        }
        match.parameters().setOn(request);
        try {
            handler.handle(uploads.open(request), response);
        } catch (IOException | ServletException | RuntimeException failed) {
            throw failed;
        } catch (Exception failed) {
            throw new Checked(failed);
        }
    }

    /** Carries a checked exception of a handler past the servlet API's signatures, to {@link FailureFilter}. */
    static final class Checked extends ServletException {
        private static final long serialVersionUID = 1L;

        Checked(Exception thrown) {
            super(thrown);
        }
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response, String allowed)
            throws IOException {
        response.setHeader("Allow", allowed);
        if ("OPTIONS".equals(request.getMethod())) {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        } else {
            response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
        }
    }
}
