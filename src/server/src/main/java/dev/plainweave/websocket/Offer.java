package dev.plainweave.websocket;

/** What became of an offered message. */
public enum Offer {
    /** It waits in the outbox, or has been written already. */
    QUEUED,
    /** It took the place of a waiting message with the same key. */
    REPLACED,
    /** It waits in the outbox; the oldest waiting message was dropped for it. */
    DROPPED_OLDEST,
    /** The session has ended, or ended now because its outbox was full: the message will not be sent. */
    CLOSED
}
