package dev.plainweave.websocket;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The members of a topic, each with a box of its own. */
final class TopicImpl implements Topic {
    private final Outbox outbox;
    private final Map<ServerSession, OutboxQueue> members = new ConcurrentHashMap<>();

    TopicImpl(Outbox outbox) {
        this.outbox = outbox;
    }

    @Override
    public Registration join(WebSocketSession session) {
        if (!(session instanceof ServerSession member)) {
            throw new IllegalArgumentException("not a session of this server: " + session);
        }
        OutboxQueue box = new OutboxQueue(outbox);
        member.sender().add(box); // first, or what is published at this moment would not be sent
        OutboxQueue known = members.putIfAbsent(member, box);
        if (known != null) {
            member.sender().remove(box);
            return () -> leave(member, known);
        }
        Registration untilEnd = member.onEnd(end -> leave(member, box));
        return () -> {
            untilEnd.close();
            leave(member, box);
        };
    }

    private void leave(ServerSession member, OutboxQueue box) {
        if (members.remove(member, box)) {
            member.sender().remove(box);
        }
    }

    @Override
    public int publish(Message message) {
        return publishTo(null, message);
    }

    @Override
    public int publish(Object key, Message message) {
        return publishTo(key, message);
    }

    private int publishTo(@Nullable Object key, Message message) {
        Outgoing encoded = Outgoing.of(message);
        int reached = 0;
        for (Map.Entry<ServerSession, OutboxQueue> member : members.entrySet()) {
            if (member.getKey().sender().offer(member.getValue(), key, encoded) != Offer.CLOSED) {
                reached++;
            }
        }
        return reached;
    }

    @Override
    public int size() {
        return members.size();
    }
}
