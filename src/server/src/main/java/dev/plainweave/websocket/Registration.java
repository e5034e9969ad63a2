package dev.plainweave.websocket;

/** Something registered that can be taken back. */
@FunctionalInterface
public interface Registration extends AutoCloseable {
    /** Takes the registration back. Harmless when repeated. */
    @Override
    void close();
}
