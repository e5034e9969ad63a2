package dev.plainweave.gallery;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A handler that takes its time. It sleeps on its connection's own thread, and nobody else waits for it. */
final class Slow {
    private static final int LONGEST_SLEEP_MS = 60_000;

    private Slow() {}

    static void handle(HttpServletRequest request, HttpServletResponse response) throws Exception {
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

    static void text(HttpServletResponse response, int status, String line) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain;charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.getWriter().write(line + "\n");
    }
}
