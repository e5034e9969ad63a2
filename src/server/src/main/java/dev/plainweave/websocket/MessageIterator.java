package dev.plainweave.websocket;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** A session's messages, up to the peer's goodbye. */
final class MessageIterator implements Iterator<Message> {
    private final ServerSession session;
    private @Nullable Message next;

    MessageIterator(ServerSession session) {
        this.session = session;
    }

    @Override
    public boolean hasNext() {
        try {
            next = next == null ? session.receive() : next;
            return true;
        } catch (DisconnectedException over) {
            if (over.session() == session && over.reason() == End.Reason.PEER_CLOSED) {
                return false;
            }
            throw over;
        }
    }

    @Override
    public Message next() {
        Message message = hasNext() ? next : null;
        next = null;
        if (message == null) {
            throw new NoSuchElementException("session " + session.id() + " has ended");
        }
        return message;
    }
}
