package dev.plainweave.gallery;

import dev.plainweave.http.HttpHandler;
import dev.plainweave.server.WebServer;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.CRC32C;

/** The files of the page, held in memory, under a policy that allows nothing from elsewhere and nothing inline. */
final class Site {
    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
            + "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

    private Site() {}

    static void addTo(WebServer.Builder builder) {
        builder.get("/", exactly("/", file("index.html", "text/html;charset=utf-8")))
                .get("/chat.css", file("chat.css", "text/css;charset=utf-8"))
                .get("/chat.js", file("chat.js", "text/javascript;charset=utf-8"))
                .get("/favicon.svg", file("favicon.svg", "image/svg+xml"))
                .get("/favicon.ico", file("favicon.svg", "image/svg+xml"))
                .get("/weave.svg", file("weave.svg", "image/svg+xml"));
    }

    /** A route for {@code /} is asked for every path that has none, as a servlet's would be. */
    private static HttpHandler exactly(String path, HttpHandler handler) {
        return (request, response) -> {
            if (path.equals(request.getRequestURI())) {
                handler.handle(request, response);
            } else {
                response.sendError(HttpServletResponse.SC_NOT_FOUND);
            }
        };
    }

    private static HttpHandler file(String name, String type) {
        byte[] content = read(name);
        CRC32C checksum = new CRC32C();
        checksum.update(content);
        String tag = String.format(Locale.ROOT, "\"%08x\"", checksum.getValue());
        return (request, response) -> {
            response.setHeader("Content-Security-Policy", POLICY);
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.setHeader("Referrer-Policy", "no-referrer");
            response.setHeader("Cache-Control", "no-cache"); // kept, but asked about: a new jar shows at once
            response.setHeader("ETag", tag);
            if (tag.equals(request.getHeader("If-None-Match"))) {
                response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
                return;
            }
            response.setContentType(type);
            response.setContentLength(content.length);
            response.getOutputStream().write(content);
        };
    }

    private static byte[] read(String name) {
        try (InputStream in = Site.class.getResourceAsStream("site/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the jar is not whole: site/" + name + " is missing");
            }
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
