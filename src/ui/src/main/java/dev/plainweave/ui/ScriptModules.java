package dev.plainweave.ui;

import dev.plainweave.http.CachePolicy;
import dev.plainweave.http.HttpError;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The modules of elements that have been on a page of this server. They are served, and nothing else is. */
final class ScriptModules {
    private static final long QUIET = TimeUnit.MINUTES.toNanos(1);

    private final Map<String, ScriptModule> known = new ConcurrentHashMap<>();
    private final Map<Object, Long> complained = new ConcurrentHashMap<>();

    void publish(ScriptModule module) {
        known.putIfAbsent(module.fingerprint(), module);
    }

    /** Whether to log what a browser says of a module: once a minute, since any client can say it as often as it likes. */
    boolean mayComplain(Object module) {
        long now = System.nanoTime();
        return complained.merge(module, now, (last, next) -> next - last < QUIET ? last : next) == now;
    }

    void serve(HttpServletRequest request, HttpServletResponse response, String fingerprint, String name)
            throws IOException {
        byte[] content = Optional.ofNullable(known.get(fingerprint))
                .flatMap(module -> module.file(name))
                .orElseThrow(() -> new HttpError(404));
        response.setContentType(type(name, request));
        response.setHeader("Cache-Control", CachePolicy.IMMUTABLE);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentLength(content.length);
        response.getOutputStream().write(content);
    }

    private static String type(String name, HttpServletRequest request) {
        if (name.endsWith(".js") || name.endsWith(".mjs")) {
            return "text/javascript;charset=utf-8";
        }
        return Optional.ofNullable(request.getServletContext().getMimeType(name))
                .orElse("application/octet-stream");
    }
}
