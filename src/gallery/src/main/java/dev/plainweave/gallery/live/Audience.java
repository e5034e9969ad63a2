package dev.plainweave.gallery.live;

import dev.plainweave.websocket.Message;
import dev.plainweave.websocket.Outbox;
import dev.plainweave.websocket.Topic;
import dev.plainweave.websocket.WebSocketSession;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The people who watch something, and the thread that tells them about it: one virtual thread that takes a step, sleeps,
 * and takes the next one, for as long as anybody watches.
 */
public final class Audience {
    /** A step towards what the audience shall see next. */
    @FunctionalInterface
    public interface Step {
        /** Takes it, and publishes what there is to see. */
        void take(Audience audience);
    }

    /** Whoever falls behind misses what is old by now. */
    private static final Outbox OUTBOX = Outbox.droppingOldest(64, 1 << 20);

    private final Topic topic = Topic.create(OUTBOX);
    private final AtomicBoolean told = new AtomicBoolean();
    private final String name;
    private final Duration pace;
    private final Step step;

    /** An audience for which that step is taken at that pace, on a thread of that name. */
    public Audience(String name, Duration pace, Step step) {
        this.name = name;
        this.pace = pace;
        this.step = step;
    }

    /** Adds a session until it ends. */
    public void add(WebSocketSession session) {
        topic.join(session);
        if (told.compareAndSet(false, true)) {
            Thread.ofVirtual().name(name).start(this::tell);
        }
    }

    /** Whether anybody watches. */
    public boolean isPresent() {
        return topic.size() > 0;
    }

    /** Something that happened: everybody gets it. */
    public void tell(Message news) {
        topic.publish(news);
    }

    /** How something stands: whoever has not got the last message of that kind yet gets only this one. */
    public void tell(String kind, Message state) {
        topic.publish(kind, state);
    }

    private void tell() {
        try {
            while (isPresent()) {
                step.take(this);
                Thread.sleep(pace);
            }
        } catch (InterruptedException unexpected) {
            Thread.currentThread().interrupt();
        } finally {
            told.set(false);
        }
        if (isPresent() && told.compareAndSet(false, true)) {
            tell(); // somebody came just when the last one had left
        }
    }
}
