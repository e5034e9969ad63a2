package dev.plainweave.http;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The response with a file. A 304 is no error, though Jetty sends it as one: the headers that RFC 9110, section 15.4.5, asks
 * for would be lost.
 */
final class FileResponse extends HttpServletResponseWrapper {
    FileResponse(HttpServletResponse response) {
        super(response);
    }

    @Override
    public void sendError(int status) throws IOException {
        sendError(status, null);
    }

    @Override
    public void sendError(int status, @Nullable String message) throws IOException {
        if (status == SC_NOT_MODIFIED) {
            setStatus(status);
        } else {
            super.sendError(status, message);
        }
    }
}
