package dev.plainweave.websocket;

/**
 * A set of sessions that get the same messages: a chat room, a feed. Publishing never waits for a slow member: each has a
 * box of its own, and the {@link Outbox} says what happens when it is full. A message is encoded once, and compressed
 * once, for all members. All methods may be called from any thread.
 */
public interface Topic {
    /** A topic whose members have boxes of that size. */
    static Topic create(Outbox outbox) {
        return new TopicImpl(outbox);
    }

    /** A topic with boxes of {@link Outbox#DEFAULT}. */
    static Topic create() {
        return create(Outbox.DEFAULT);
    }

    /**
     * Adds the session until it ends or the registration is closed; what was published to it before is still sent. Joining
     * twice changes nothing.
     */
    Registration join(WebSocketSession session);

    /** Offers the message to every member; the number of members it was queued for. */
    int publish(Message message);

    /** Offers the message to every member; where one with an equal key still waits, it is replaced. */
    int publish(Object key, Message message);

    /** How many sessions are members. */
    int size();
}
