package dev.plainweave.connector;

import org.eclipse.jetty.io.EofException;

/**
 * The connection died: thrown by the endpoint's own read or write, so that the place says what happened and the text,
 * which operating systems localise, need not be read. Quiet to Jetty, and without a stack trace of its own; the cause is
 * what the JDK threw.
 */
public final class ConnectionLostException extends EofException {
    private static final long serialVersionUID = 1L;

    /** Where the connection was lost. */
    public enum Place {
        /** In a read: the peer's reset, in most cases. */
        READ,
        /** In a write. */
        WRITE,
        /** In a write that made no progress for too long, or too little; see {@link BlockingConnector#setStallTimeout}. */
        STALLED_WRITE
    }

    private final Place place;

    ConnectionLostException(Place place, Throwable cause) {
        super(cause);
        this.place = place;
    }

    ConnectionLostException(Place place, String message) {
        super(message);
        this.place = place;
    }

    /** Where the connection was lost. */
    public Place place() {
        return place;
    }

    /** Has no stack trace: a client that vanished is no programming error. */
    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // nothing to protect
    public Throwable fillInStackTrace() {
        return this;
    }
}
