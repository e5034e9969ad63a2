package dev.plainweave.ui;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Brings what happens to one listener, by its policy. */
final class Gate<T> {
    private final EventPolicy policy;
    private final Listener<? super T> listener;
    /** What waits, for LATEST; what waits or is handled, for DROP_WHILE_RUNNING. */
    private final AtomicReference<@Nullable T> slot = new AtomicReference<>();
    /** How many are handled now, for PARALLEL. */
    private final AtomicInteger running = new AtomicInteger();

    Gate(EventPolicy policy, Listener<? super T> listener) {
        this.policy = policy;
        this.listener = listener;
    }

    /** Something happened at that node, on any thread; returns at once. */
    void fire(LivePage page, Node node, T event) {
        fire(page, node, event, page::handle);
    }

    /** The same, found out by a handler: it comes before all that has arrived since. */
    void fireNext(LivePage page, Node node, T event) {
        fire(page, node, event, page::handleNext);
    }

    private void fire(LivePage page, Node node, T event, Consumer<Action> queue) {
        switch (policy) {
            case QUEUE -> queue.accept(() -> tell(page, node, event));
            case PARALLEL -> aside(page, node, event);
            case DROP_WHILE_RUNNING -> {
                if (slot.compareAndSet(null, event)) {
                    queue.accept(() -> {
                        try {
                            tell(page, node, event);
                        } finally {
                            slot.set(null);
                        }
                    });
                }
            }
            case LATEST -> {
                if (slot.getAndSet(event) == null) {
                    queue.accept(() -> {
                        T newest = slot.getAndSet(null);
                        if (newest != null) {
                            tell(page, node, newest);
                        }
                    });
                }
            }
        }
    }

    /** As many at a time as events may wait; reading no further would keep answers back that they may wait for. */
    private void aside(LivePage page, Node node, T event) {
        if (running.incrementAndGet() > page.all().limits().waitingEvents()) {
            running.decrementAndGet();
            page.ignored(node, event);
            return;
        }
        Thread.ofVirtual().name("page-parallel").start(() -> {
            try {
                page.guarded(() -> tell(page, node, event));
            } finally {
                running.decrementAndGet();
            }
        });
    }

    private void tell(LivePage page, Node node, T event) throws Exception {
        if (page.isUsable(node)) {
            listener.on(event);
        } else {
            page.ignored(node, event);
        }
    }
}
