package dev.plainweave.server;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.pathmap.MatchedResource;
import org.eclipse.jetty.http.pathmap.PathMappings;
import org.eclipse.jetty.http.pathmap.PathSpec;
import org.eclipse.jetty.http.pathmap.UriTemplatePathSpec;
import org.jspecify.annotations.Nullable;

/** Finds the handler of a request by path and method. */
final class RouteServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient PathMappings<TreeMap<String, HttpHandler>> routes = new PathMappings<>();

    void add(String method, String path, HttpHandler handler) {
        // As a servlet's mapping "/" would be every path that has no other; here it is the root alone.
        PathSpec spec = path.endsWith("/*") ? PathSpec.from(path) : new UriTemplatePathSpec(path);
        TreeMap<String, HttpHandler> methods = routes.get(spec);
        if (methods == null) {
            methods = new TreeMap<>();
            routes.put(spec, methods);
        }
        if (methods.putIfAbsent(method, handler) != null) {
            throw new IllegalArgumentException("there is a handler for " + method + " " + path + " already");
        }
    }

    /** Every method that a route has named. */
    Set<String> methods() {
        return routes.streamResources()
                .flatMap(mapping -> mapping.getResource().keySet().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String path = request.getPathInfo() == null ? request.getServletPath() : request.getPathInfo();
        MatchedResource<TreeMap<String, HttpHandler>> match = routes.getMatched(path);
        if (match == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        TreeMap<String, HttpHandler> methods = match.getResource();
        HttpHandler handler = handler(methods, request.getMethod());
        if (handler == null) {
            response.setHeader("Allow", allowed(methods));
            if ("OPTIONS".equals(request.getMethod())) {
                response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            } else {
                response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            }
            return;
        }
        try {
            handler.handle(request, response);
        } catch (IOException | ServletException | RuntimeException failed) {
            throw failed;
        } catch (Exception failed) {
            throw new ServletException(failed);
        }
    }

    /** HEAD is answered by GET; Jetty drops the body. */
    private static @Nullable HttpHandler handler(Map<String, HttpHandler> methods, String method) {
        HttpHandler handler = methods.get(method);
        return handler == null && "HEAD".equals(method) ? methods.get("GET") : handler;
    }

    private static String allowed(Map<String, HttpHandler> methods) {
        TreeMap<String, Boolean> names = new TreeMap<>();
        methods.keySet().forEach(name -> names.put(name, true));
        names.put("OPTIONS", true);
        if (methods.containsKey("GET")) {
            names.put("HEAD", true);
        }
        return String.join(", ", names.keySet());
    }
}
