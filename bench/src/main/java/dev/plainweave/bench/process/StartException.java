package dev.plainweave.bench.process;

/** A variant that could not be started; reported, and never left out silently. */
public final class StartException extends Exception {
    private static final long serialVersionUID = 1L;

    public StartException(String message) {
        super(message);
    }
}
