package dev.plainweave.ui;

import dev.plainweave.websocket.Registration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Ties elements to properties, for as long as their page lives. */
final class Bindings {
    private Bindings() {}

    static <T> void show(Element<?> element, Property<T> property, Consumer<? super T> show) {
        LivePage page = element.live();
        ReentrantLock order = new ReentrantLock(); // the value that is shown last is one that was read last
        Consumer<T> latest = changed -> {
            order.lock();
            try {
                show.accept(property.value());
            } finally {
                order.unlock();
            }
        };
        Registration registration = property.onChange(latest);
        page.onClose(end -> registration.close());
        if (page.hasEnded()) {
            registration.close();
        }
        latest.accept(property.value());
    }
}
