package dev.plainweave.gallery.chat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** All rooms by name. A room is made when somebody looks in, and kept, when they have left, until space is needed. */
final class ChatRooms {
    private static final int MOST_ROOMS = 100;

    private final Map<String, ChatRoom> rooms = new LinkedHashMap<>(16, 0.75f, true);
    private final ReentrantLock lock = new ReentrantLock();

    /** The room of that name, unless there are people in too many others. */
    Optional<ChatRoom> find(String name) {
        lock.lock();
        try {
            if (!rooms.containsKey(name) && !makeSpace()) {
                return Optional.empty();
            }
            return Optional.of(rooms.computeIfAbsent(name, key -> new ChatRoom()));
        } finally {
            lock.unlock();
        }
    }

    /** Forgets the empty room that was entered least lately, where there is no space for another. */
    private boolean makeSpace() {
        return rooms.size() < MOST_ROOMS
                || rooms.entrySet().stream()
                        .filter(room -> room.getValue().people().value().isEmpty())
                        .findFirst()
                        .map(room -> rooms.remove(room.getKey()) != null)
                        .orElse(false);
    }
}
