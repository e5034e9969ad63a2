package dev.plainweave.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.ServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Attributes;
import org.jspecify.annotations.Nullable;

/**
 * What an error looks like to the client: a page for who prefers HTML, a line for who prefers plain text, else a problem
 * document (RFC 9457). It says what an {@link HttpError} says, and nothing that came with the request.
 */
final class ErrorReply {
    private static final String ATTRIBUTE = HttpError.class.getName();
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String contentType;
    private final byte[] body;

    private ErrorReply(String contentType, String text) {
        this.contentType = contentType;
        body = text.getBytes(StandardCharsets.UTF_8);
    }

    /** Keeps it for the error dispatch that follows. */
    static void remember(HttpError error, ServletRequest request) {
        request.setAttribute(ATTRIBUTE, error);
    }

    /** The error behind a status: the application's own where it has thrown one of that status. */
    static HttpError behind(Attributes request, int status, @Nullable Throwable cause) {
        HttpError remembered = request.getAttribute(ATTRIBUTE) instanceof HttpError error ? error : null;
        HttpError known = remembered != null ? remembered : FailureFilter.link(cause, HttpError.class);
        return known != null && known.status() == status ? known : new HttpError(Math.clamp(status, 400, 599));
    }

    /** In the form that the request prefers. */
    static ErrorReply to(Request request, HttpError error) {
        for (String type : acceptable(request)) {
            if (type.equals("text/html") || type.equals("application/xhtml+xml")) {
                return new ErrorReply("text/html;charset=utf-8", ErrorPage.html(error));
            }
            if (type.equals("text/plain") || type.equals("text/*")) {
                return new ErrorReply("text/plain;charset=utf-8", text(error));
            }
            if (type.equals("application/json") || type.endsWith("+json") || type.equals("*/*")) {
                break;
            }
        }
        return new ErrorReply("application/problem+json", problem(error));
    }

    private static List<String> acceptable(Request request) {
        try {
            return request.getHeaders().getQualityCSV(HttpHeader.ACCEPT);
        } catch (RuntimeException malformed) {
            return List.of();
        }
    }

    private static String text(HttpError error) {
        return error.status() + " " + error.title() + "\n" + (error.detail().isEmpty() ? "" : error.detail() + "\n");
    }

    private static String problem(HttpError error) {
        ObjectNode problem = MAPPER.createObjectNode()
                .put("type", "about:blank")
                .put("title", error.title())
                .put("status", error.status());
        if (!error.detail().isEmpty()) {
            problem.put("detail", error.detail());
        }
        try {
            return MAPPER.writeValueAsString(problem);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    byte[] body() {
        return body;
    }

    /** Sets what goes with the body. */
    void describe(HttpFields.Mutable headers) {
        headers.put(HttpHeader.CONTENT_TYPE, contentType);
        headers.put(HttpHeader.CONTENT_LENGTH, body.length);
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Content-Security-Policy", ErrorPage.POLICY);
    }
}
