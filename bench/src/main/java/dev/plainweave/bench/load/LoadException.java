package dev.plainweave.bench.load;

/** The server under test answered wrongly, late or not at all; the message says which. */
public final class LoadException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LoadException(String message) {
        super(message);
    }

    public LoadException(String message, Throwable cause) {
        super(message + ": " + cause, cause);
    }
}
