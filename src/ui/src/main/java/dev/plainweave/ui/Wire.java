package dev.plainweave.ui;

/** What a page sends through while its browser is connected. */
interface Wire {
    /** Sends a message, some time, after those before it; never waits. Nothing happens when the connection has gone. */
    void send(String message);

    /** The same, instead of one of an equal key that has not gone out yet, and in its place. */
    void send(Object key, String message);

    /** Closes the connection with that code of RFC 6455. Harmless when repeated. */
    void close(int code, String reason);
}
