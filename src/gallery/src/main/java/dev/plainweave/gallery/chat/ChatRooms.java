package dev.plainweave.gallery.chat;

import dev.plainweave.websocket.WebSocketSession;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** All rooms by name. A room is made when somebody enters, and kept, when they have left, until space is needed. */
final class ChatRooms {
    private static final int MOST_ROOMS = 100;

    private final Map<String, ChatRoom> rooms = new LinkedHashMap<>(16, 0.75f, true);
    private final ReentrantLock lock = new ReentrantLock();

    /** Lets the visitor in, unless there are people in too many other rooms. */
    Optional<ChatRoom.Seat> enter(String name, WebSocketSession session, String visitor, String server) {
        lock.lock();
        try {
            if (!rooms.containsKey(name) && !makeSpace()) {
                return Optional.empty();
            }
            ChatRoom room = rooms.computeIfAbsent(name, ChatRoom::new);
            return Optional.of(room.enter(session, visitor, server));
        } finally {
            lock.unlock();
        }
    }

    /** Forgets the empty room that was entered least lately, where there is no space for another. */
    private boolean makeSpace() {
        if (rooms.size() < MOST_ROOMS) {
            return true;
        }
        for (Map.Entry<String, ChatRoom> room : rooms.entrySet()) {
            if (room.getValue().isEmpty()) {
                rooms.remove(room.getKey());
                return true;
            }
        }
        return false;
    }
}
