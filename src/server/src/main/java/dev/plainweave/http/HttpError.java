package dev.plainweave.http;

import java.util.Objects;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Thrown by a handler to answer with an error status. What it says is shown to the client, as an HTML page, a problem
 * document (RFC 9457) or plain text, whichever the client prefers; it is not logged.
 *
 * <pre>{@code
 * throw new HttpError(404, "there is no item " + id);
 * }</pre>
 */
public class HttpError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String title;
    private final String detail;

    /** With the status's usual title and no detail. */
    public HttpError(int status) {
        this(status, "");
    }

    /**
     * With the status's usual title.
     *
     * @param detail what went wrong this time, for the human who sees it; escaped where it is shown
     */
    public HttpError(int status, String detail) {
        this(status, usualTitle(status), detail);
    }

    /**
     * With a title of its own.
     *
     * @param status 400 to 599
     * @param title what kind of problem it is, the same each time it occurs
     * @param detail what went wrong this time; may be empty
     */
    public HttpError(int status, String title, String detail) {
        super(status + " " + title + (detail.isEmpty() ? "" : ": " + detail));
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("an error's status is 400 to 599, was " + status);
        }
        this.status = status;
        this.title = Objects.requireNonNull(title, "title");
        this.detail = detail;
    }

    private static String usualTitle(int status) {
        HttpStatus.Code code = HttpStatus.getCode(status);
        return code == null ? "Error" : code.getMessage();
    }

    /** The status code. */
    public int status() {
        return status;
    }

    /** What kind of problem it is. */
    public String title() {
        return title;
    }

    /** What went wrong this time, or an empty string. */
    public String detail() {
        return detail;
    }
}
