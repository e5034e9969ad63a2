package dev.plainweave.gallery.chat;

import dev.plainweave.ui.Event;
import dev.plainweave.ui.Listener;
import dev.plainweave.ui.Page;
import dev.plainweave.ui.PageEnd;
import dev.plainweave.ui.Property;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** The people in a room, and what happened lately. */
final class ChatRoom {
    private static final int KEPT_LINES = 50;
    private static final int KEPT_MOVES = 20;

    private final Event<ChatEvent> events = new Event<>();
    private final Property<List<String>> people = Property.of(List.of());
    private final List<ChatEvent> history = new ArrayList<>();
    /** Held while an event is noted and published, which never waits: everybody sees the same events in one order. */
    private final ReentrantLock lock = new ReentrantLock();

    /** Who is here, in the order in which they came. */
    Property<List<String>> people() {
        return people;
    }

    /** Has the page hear of all that happened lately, and of all that happens, until it ends. */
    void listen(Page page, Listener<ChatEvent> listener) throws Exception {
        List<ChatEvent> before;
        lock.lock();
        try {
            before = List.copyOf(history);
            events.listen(page, listener);
        } finally {
            lock.unlock();
        }
        for (ChatEvent event : before) {
            listener.on(event);
        }
    }

    /** Lets somebody in, until the page ends. */
    Seat enter(Page page, String wanted) {
        Seat seat = new Seat();
        lock.lock();
        try {
            seat.name = free(wanted);
            change(null, seat.name);
            tell(new ChatEvent.Joined(seat.name, Instant.now()));
        } finally {
            lock.unlock();
        }
        page.onClose(seat::leave);
        return seat;
    }

    /** Under the lock: notes the event for those who come later, and publishes it to those who are here. */
    private void tell(ChatEvent event) {
        history.add(event);
        forget(event instanceof ChatEvent.Said, event instanceof ChatEvent.Said ? KEPT_LINES : KEPT_MOVES);
        events.publish(event);
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

    /** Under the lock. */
    private void change(
            @org.jspecify.annotations.Nullable String gone, @org.jspecify.annotations.Nullable String come) {
        List<String> now = new ArrayList<>(people.value());
        int at = gone == null ? now.size() : now.indexOf(gone);
        if (gone != null) {
            now.remove(at);
        }
        if (come != null) {
            now.add(at, come);
        }
        people.value(List.copyOf(now));
    }

    /** The name, with a number after it where somebody has it already. */
    private String free(String wanted) {
        String free = wanted;
        for (int number = 2; people.value().contains(free); number++) {
            free = wanted + " " + number;
        }
        return free;
    }

    /** Somebody's place in the room. */
    final class Seat {
        private final Instant came = Instant.now();
        private String name = "";

        /** What its owner is called now. */
        String name() {
            lock.lock();
            try {
                return name;
            } finally {
                lock.unlock();
            }
        }

        void say(String text) {
            lock.lock();
            try {
                tell(new ChatEvent.Said(name, text, Instant.now()));
            } finally {
                lock.unlock();
            }
        }

        void rename(String wanted) {
            lock.lock();
            try {
                if (!wanted.equals(name)) {
                    String before = name;
                    name = free(wanted);
                    change(before, name);
                    tell(new ChatEvent.Renamed(before, name, Instant.now()));
                }
            } finally {
                lock.unlock();
            }
        }

        private void leave(PageEnd reason) {
            lock.lock();
            try {
                change(name, null);
                Instant now = Instant.now();
                tell(new ChatEvent.Left(
                        name, reason, Duration.between(came, now).toMillis(), now));
            } finally {
                lock.unlock();
            }
        }
    }
}
