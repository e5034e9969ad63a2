package dev.plainweave.gallery.chat;

import dev.plainweave.gallery.live.Json;
import dev.plainweave.websocket.End;
import dev.plainweave.websocket.Topic;
import dev.plainweave.websocket.WebSocketSession;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** The people in a room, and what was said lately. */
final class ChatRoom {
    private static final int KEPT_LINES = 50;
    private static final int KEPT_MOVES = 20;

    private final String name;
    private final Topic topic = Topic.create();
    private final Map<Long, String> people = new LinkedHashMap<>();
    private final List<ChatEvent> history = new ArrayList<>();
    /** Held while an event is noted and published, which never waits: everybody sees the same events in one order. */
    private final ReentrantLock lock = new ReentrantLock();

    ChatRoom(String name) {
        this.name = name;
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return people.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Lets the visitor in, until the session ends. */
    Seat enter(WebSocketSession session, String wanted, String server) {
        long id = session.id();
        lock.lock();
        try {
            String free = free(wanted);
            people.put(id, free);
            tell(new ChatEvent.Joined(id, free, now()));
            topic.join(session);
            session.offer(Json.message(welcome(id, server)));
        } finally {
            lock.unlock();
        }
        session.onEnd(end -> leave(id, end));
        return new Seat(id);
    }

    private ChatEvent.Welcome welcome(long id, String server) {
        List<ChatEvent.Person> here = people.entrySet().stream()
                .map(person -> new ChatEvent.Person(person.getKey(), person.getValue()))
                .toList();
        return new ChatEvent.Welcome(id, name, server, Thread.currentThread().getName(), here, List.copyOf(history));
    }

    private void leave(long id, End end) {
        lock.lock();
        try {
            String left = people.remove(id);
            if (left != null) {
                long lasted = end.lasted().toMillis();
                tell(new ChatEvent.Left(id, left, end.reason(), end.code(), lasted, now()));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock: notes the event for those who come later, and publishes it to those who are here. */
    private void tell(ChatEvent event) {
        history.add(event);
        forget(event instanceof ChatEvent.Said, event instanceof ChatEvent.Said ? KEPT_LINES : KEPT_MOVES);
        topic.publish(Json.message(event));
    }

    /** Lines and moves are counted apart: a crowd that comes and goes does not push out what was said. */
    private void forget(boolean lines, int kept) {
        List<ChatEvent> same = history.stream()
                .filter(event -> event instanceof ChatEvent.Said == lines)
                .toList();
        if (same.size() > kept) {
            history.remove(same.getFirst());
        }
    }

    /** The name, with a number after it where somebody has it already. */
    private String free(String wanted) {
        String free = wanted;
        for (int number = 2; people.containsValue(free); number++) {
            free = wanted + " " + number;
        }
        return free;
    }

    private static long now() {
        return System.currentTimeMillis();
    }

    /** A visitor's place in the room. */
    final class Seat {
        private final long id;

        private Seat(long id) {
            this.id = id;
        }

        void say(String text) {
            lock.lock();
            try {
                tell(new ChatEvent.Said(id, name(), text, now()));
            } finally {
                lock.unlock();
            }
        }

        void rename(String wanted) {
            lock.lock();
            try {
                String before = name();
                if (!wanted.equals(before)) {
                    String after = free(wanted);
                    people.put(id, after);
                    tell(new ChatEvent.Renamed(id, before, after, now()));
                }
            } finally {
                lock.unlock();
            }
        }

        private String name() {
            return people.getOrDefault(id, "");
        }
    }
}
