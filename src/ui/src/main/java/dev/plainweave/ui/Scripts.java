package dev.plainweave.ui;

import dev.plainweave.http.HttpError;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * JavaScript of the application's that a browser is about to run. The policy of pages allows scripts from this server only,
 * so each goes as a module of its own: at an address that nobody can guess, for the visitor it is meant for. It stays until
 * the page has answered, since a browser that was cut off asks again.
 */
final class Scripts {
    static final String PATH = "/_plainweave/js/";
    private static final int TOKEN_BYTES = 16;
    private static final int MOST = 1_000;

    private record Script(LivePage page, String body) {}

    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final Pages pages;

    Scripts(Pages pages) {
        this.pages = pages;
    }

    /** The name under which the page's visitor gets it. */
    String publish(LivePage page, String body) {
        if (scripts.values().stream().filter(script -> script.page() == page).count() >= MOST) {
            throw new IllegalStateException("more than " + MOST + " scripts of this page wait for its browser");
        }
        String token = pages.token(TOKEN_BYTES);
        scripts.put(token, new Script(page, body));
        if (page.hasEnded()) {
            scripts.remove(token);
        }
        return token;
    }

    void done(String token) {
        scripts.remove(token);
    }

    void forget(LivePage page) {
        scripts.values().removeIf(script -> script.page() == page);
    }

    void serve(HttpServletRequest request, HttpServletResponse response, String token) throws IOException {
        Script script = scripts.get(token);
        if (script == null || !script.page().visitor.equals(Visitors.of(request).orElse(""))) {
            throw new HttpError(404);
        }
        response.setContentType("text/javascript;charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.getWriter().print("export default async function () {\n" + script.body() + "\n}\n");
    }
}
