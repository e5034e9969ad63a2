package dev.plainweave.gallery;

import dev.plainweave.server.WebServer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What the gallery serves. */
final class Routes {
    private static final int LONGEST_SLEEP_MS = 60_000;

    private Routes() {}

    static void addTo(WebServer.Builder builder, String server) {
        Chat chat = new Chat(server);
        Site.addTo(builder);
        builder.health("/health")
                .metrics("/metrics")
                .get("/slow", Routes::slow)
                .websocket("/echo", session -> {
                    while (true) {
                        session.send(session.receive());
                    }
                })
                .websocket("/chat", Chat::limits, chat::serve)
                .websocket("/chat/{room}", Chat::limits, chat::serve)
                .endpoint(JakartaEcho.class);
    }

    /** A handler that takes its time; nobody else waits for it. */
    private static void slow(HttpServletRequest request, HttpServletResponse response) throws Exception {
        int millis = millis(request.getParameter("ms"));
        if (millis < 0) {
            text(
                    response,
                    HttpServletResponse.SC_BAD_REQUEST,
                    "ms must be a whole number from 0 to " + LONGEST_SLEEP_MS + ", as in /slow?ms=250");
            return;
        }
        Thread.sleep(millis);
        text(response, HttpServletResponse.SC_OK, "slept " + millis + " ms");
    }

    /** The number, or -1 for anything that will not do. */
    private static int millis(@Nullable String text) {
        try {
            int millis = text == null ? -1 : Integer.parseInt(text);
            return millis > LONGEST_SLEEP_MS ? -1 : millis;
        } catch (NumberFormatException notOne) {
            return -1;
        }
    }

    private static void text(HttpServletResponse response, int status, String line) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain;charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.getWriter().write(line + "\n");
    }
}
