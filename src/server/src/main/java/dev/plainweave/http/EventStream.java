package dev.plainweave.http;

import dev.plainweave.websocket.End;
import dev.plainweave.websocket.Registration;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A client that listens to server-sent events. All methods may be called from any thread.
 *
 * <p>A stream ends once. Its {@link End} has the reasons that a WebSocket session's has, as far as one direction lets them
 * be known, and the code 0: RESET or EOF when the client is gone, WRITE_TIMEOUT when it takes nothing any more,
 * SERVER_CLOSED when the handler has returned or the stream was closed, HANDLER_FAILED, SHUTDOWN.
 *
 * <p>A client that has left is noticed by a write, so while nothing is sent a heartbeat is: a comment, which listeners do
 * not see. When the stream ends while its handler waits for something else, the handler's thread is interrupted, once.
 */
public interface EventStream extends AutoCloseable {
    /** The request; its path parameters are there too, by {@link PathParameters#of}. */
    HttpServletRequest request();

    /** What the client has seen last, when it comes back: the id of an event. */
    Optional<String> lastEventId();

    /**
     * Sends data as an event without a type.
     *
     * @throws EventsEndedException if the stream has ended, or ends by it
     */
    void send(String data);

    /**
     * Sends an event; blocks until it is the kernel's, or the write stalls.
     *
     * @throws EventsEndedException if the stream has ended, or ends by it
     */
    void send(Event event);

    /**
     * Waits for the end: for a handler whose events other threads send.
     *
     * @throws InterruptedException if the thread was interrupted, but not by the end
     */
    End awaitEnd() throws InterruptedException;

    /** The end, once it is there. */
    Optional<End> end();

    /** Calls back once, at the end, on a thread of its own; at once, if the stream has ended. */
    Registration onEnd(Consumer<? super End> once);

    /** Ends the stream: SERVER_CLOSED. A browser's EventSource will come back unless its page closes it. */
    @Override
    void close();
}
