package dev.plainweave.websocket;

/** What to do with one session. Runs once per session, on the connection's own virtual thread, and may block. */
@FunctionalInterface
public interface SessionHandler {
    /**
     * Serves the session. When it returns, the session is closed with code 1000; when it throws, with 1011. Letting the
     * session's own {@link DisconnectedException} escape is the normal way to end.
     */
    void handle(WebSocketSession session) throws Exception;
}
