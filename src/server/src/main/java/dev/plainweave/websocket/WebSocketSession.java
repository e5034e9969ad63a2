package dev.plainweave.websocket;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One WebSocket connection, as blocking code.
 *
 * <p>All methods may be called from any thread; {@code receive} and iteration by one thread at a time. After the end
 * every operation throws the same {@link DisconnectedException}, except {@code end}, {@code awaitEnd}, {@code onEnd},
 * {@code offer} and {@code close}, which answer.
 *
 * <p>While nobody receives, the session reads on its own behalf: it answers pings, notices the peer's Close, end of
 * stream or reset within about a second, and holds back at most one message until {@code receive} is called again. Behind
 * a second message the peer waits (TCP's own backpressure).
 *
 * <p>A thread that is interrupted while it receives, sends or awaits the end ends the session as {@link
 * End.Reason#SERVER_CLOSED}, and its interrupt flag stays set: the JDK closes a channel whose IO is interrupted.
 */
public interface WebSocketSession extends Iterable<Message>, AutoCloseable {
    /** A number unique in this process, from 1. */
    long id();

    /** The request that opened the session. */
    Handshake handshake();

    /**
     * Waits for the next whole message.
     *
     * @throws DisconnectedException when the session has ended and no message is left
     * @throws IllegalStateException when another thread is receiving
     */
    Message receive();

    /**
     * Waits for the next whole message, but no longer than that.
     *
     * @return the message, or empty when none was complete in time; one that has partly arrived is not lost
     * @throws DisconnectedException when the session has ended and no message is left
     * @throws IllegalStateException when another thread is receiving
     */
    Optional<Message> receive(Duration timeout);

    /** As {@link #receive()}; a binary message ends the session with close code 1003. */
    String receiveText();

    /** As {@link #receive()}; a text message ends the session with close code 1003. */
    ByteBuffer receiveBinary();

    /**
     * Sends a text message. Waits for what was offered before, and until the operating system has taken the last byte.
     * Messages from several threads are never mixed.
     *
     * @throws DisconnectedException when the session has ended, also by a peer that does not read: see the stall limit
     */
    void send(String text);

    /** Sends the bytes between position and limit as a binary message; otherwise as {@link #send(String)}. */
    void send(ByteBuffer data);

    /** Sends a message; otherwise as {@link #send(String)}. */
    void send(Message message);

    /**
     * Queues a message and returns at once, whatever the peer does; see {@link Outbox} for what happens when it is slow.
     */
    Offer offer(Message message);

    /**
     * As {@link #offer(Message)}; a waiting message with an equal key is replaced and its place in the queue kept. A larger
     * replacement for which there is no room is treated as another message.
     */
    Offer offer(Object key, Message message);

    /** Waits for the end and returns it, also when it was there before: what a handler does that only pushes. */
    End awaitEnd();

    /** How the session ended, if it has. */
    Optional<End> end();

    /**
     * Calls back once, when the session ends: on a virtual thread of its own, one callback after the other, so that a
     * callback may block. If the session has ended already it is called at once, on the caller's thread. An exception
     * thrown by the callback is logged as a warning and changes nothing.
     */
    Registration onEnd(Consumer<? super End> once);

    /**
     * The messages as they come, until the session ends; the peer's ordinary goodbye ({@link End.Reason#PEER_CLOSED})
     * ends the iteration, everything else throws {@link DisconnectedException}.
     */
    @Override
    Iterator<Message> iterator();

    /** Closes the session with code 1000. Harmless when repeated: the first end wins. */
    @Override
    void close();

    /**
     * Closes the session. What was offered before is still written, as long as the peer takes it. Returns without waiting
     * for the peer's answer, for which the connection waits a few seconds ({@link WebSocketOptions#closeTimeout}); a thread
     * that is receiving is told when the answer is there or that time is over.
     *
     * @param code 1000 to 1003, 1007 to 1014, or 3000 to 4999 (RFC 6455, section 7.4)
     * @param reason at most 123 bytes in UTF-8
     * @throws IllegalArgumentException for another code or a longer reason
     */
    void close(int code, String reason);
}
