package dev.plainweave.bench.variant;

import jakarta.websocket.OnClose;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Publish and subscribe as Jakarta applications write it: a set of sessions, and an asynchronous send to each. */
@ServerEndpoint("/jakarta/feed")
public final class JakartaFeed {
    private static final Set<Session> LISTENERS = ConcurrentHashMap.newKeySet();

    public JakartaFeed() {}

    @OnOpen
    public void open(Session session) {
        LISTENERS.add(session);
    }

    @OnClose
    public void close(Session session) {
        LISTENERS.remove(session);
    }

    /** Whose messages all listeners get. */
    @ServerEndpoint("/jakarta/publish")
    public static final class Publisher {
        public Publisher() {}

        @OnMessage
        public void publish(String message) {
            // the container closes a listener that has vanished
            LISTENERS.forEach(listener -> listener.getAsyncRemote().sendText(message, result -> {}));
        }
    }
}
