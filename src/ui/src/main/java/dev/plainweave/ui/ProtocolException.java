package dev.plainweave.ui;

/** The browser broke PROTOCOL.md. Its connection is closed with 1002. */
final class ProtocolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ProtocolException(String what) {
        super(what, null, false, false);
    }
}
