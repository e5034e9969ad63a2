package dev.plainweave.ui;

/** Thrown to who waits for JavaScript that failed in the browser; the message is what the browser says. */
public class JsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JsException(String message) {
        super(message);
    }
}
