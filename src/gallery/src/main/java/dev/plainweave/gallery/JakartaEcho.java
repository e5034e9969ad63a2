package dev.plainweave.gallery;

import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;
import java.nio.ByteBuffer;

/** An ordinary Jakarta endpoint that sends back what it gets. */
@ServerEndpoint("/jakarta/echo")
public class JakartaEcho {
    /** As large as the native {@code /echo} takes. */
    private static final int MAX_MESSAGE_BYTES = 1 << 20;

    /** Jetty makes one per session. */
    public JakartaEcho() {}

    /** Answers text with the same text. */
    @OnMessage(maxMessageSize = MAX_MESSAGE_BYTES)
    public String text(String message) {
        return message;
    }

    /** Answers bytes with the same bytes. */
    @OnMessage(maxMessageSize = MAX_MESSAGE_BYTES)
    public ByteBuffer bytes(ByteBuffer message) {
        return message;
    }
}
