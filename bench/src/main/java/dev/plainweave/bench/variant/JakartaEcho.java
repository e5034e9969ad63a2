package dev.plainweave.bench.variant;

import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/** An ordinary Jakarta endpoint that sends back what it gets; no {@code @OnError}, as many have none. */
@ServerEndpoint("/jakarta/echo")
public final class JakartaEcho {
    private static final int MAX_MESSAGE_BYTES = 1 << 20;

    public JakartaEcho() {}

    @OnMessage(maxMessageSize = MAX_MESSAGE_BYTES)
    public String text(String message) {
        return message;
    }

    @OnMessage(maxMessageSize = MAX_MESSAGE_BYTES)
    public ByteBuffer bytes(ByteBuffer message) {
        return message;
    }

    /** The same, after a wait. */
    @ServerEndpoint("/jakarta/wait")
    public static final class Later {
        public Later() {}

        @OnMessage
        public String text(String message) throws InterruptedException {
            TimeUnit.MILLISECONDS.sleep(ProductServer.WAIT_MILLIS);
            return message;
        }
    }
}
