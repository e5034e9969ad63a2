package dev.plainweave.ui;

import dev.plainweave.websocket.Registration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Ties elements to values, for as long as they are in a page that lives. */
final class Bindings {
    private Bindings() {}

    static <T> void show(Element<?> element, Observable<T> observable, Consumer<? super T> show) {
        LivePage page = element.live();
        ReentrantLock order = new ReentrantLock(); // the value that is shown last is one that was read last
        Consumer<T> latest = changed -> {
            order.lock();
            try {
                show.accept(observable.value());
            } finally {
                order.unlock();
            }
        };
        hold(page, element.node, observable.onChange(latest));
        latest.accept(observable.value());
    }

    /** Closes it when the element is removed or the page ends; at once, if that has happened. */
    static Registration hold(LivePage page, Node node, Registration registration) {
        boolean held = page.tree.locked(() -> {
            if (node.tree == null || page.hasEnded()) {
                return false;
            }
            node.hold(registration);
            return true;
        });
        if (!held) {
            registration.close();
        }
        return () -> {
            registration.close();
            page.tree.run(() -> node.letGo(registration));
        };
    }
}
