package dev.plainweave.ui;

import dev.plainweave.websocket.Registration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Something that happens, told to all pages that want to know: a message in a chat, an order that came in.
 *
 * <pre>{@code
 * static final Event<String> MESSAGES = new Event<>();
 *
 * static void page(Page page) {
 *     Log log = page.log();
 *     MESSAGES.listen(page, log::push);
 *     page.input("Say").onCommit(MESSAGES::publish);
 * }
 * }</pre>
 *
 * <p>All methods may be called from any thread.
 */
public final class Event<T> {
    private final List<Consumer<? super T>> listeners = new CopyOnWriteArrayList<>();

    /** An event that nobody listens to yet. */
    public Event() {}

    /**
     * Tells everybody, and waits for nobody: pages hear it as handlers, when their turn is there.
     *
     * @param what must not be changed any more
     */
    public void publish(T what) {
        Objects.requireNonNull(what, "what");
        listeners.forEach(listener -> listener.accept(what));
    }

    /** The page's listener is told, as a handler of that page, until the page ends or the registration is closed. */
    public Registration listen(Page page, Listener<? super T> listener) {
        LivePage live = PagePart.live(page);
        Consumer<T> handler = what -> live.handle(() -> listener.on(what));
        listeners.add(handler);
        return Bindings.hold(live, live.tree.root, () -> listeners.remove(handler));
    }

    /** How many listen. */
    public int listeners() {
        return listeners.size();
    }
}
