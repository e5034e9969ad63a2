package dev.plainweave.ui;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plainweave.websocket.Registration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Something on a page. All methods may be called from any thread; those that change return the element itself. Changes are
 * shown at the end of the handler, when it waits, or after 8 ms, whichever is first.
 *
 * @param <E> its own type
 */
public abstract class Element<E extends Element<E>> {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9:._-]*");
    private static final Set<String> OWN = Set.of(
            "id",
            "style",
            "class",
            "hidden",
            "srcdoc",
            "data-on",
            "data-style",
            "data-title",
            "data-open",
            "data-closing",
            Node.MODULE,
            "data-properties",
            Node.FAILED);
    private static final Set<String> URLS = Set.of("href", "src", "action", "formaction", "poster", "data");

    final Node node;
    private volatile @Nullable LivePage page;

    Element(String tag) {
        node = new Node(tag);
    }

    /** The node that the user operates, for those elements that are made of several. */
    Node target() {
        return node;
    }

    @SuppressWarnings("unchecked")
    final E self() {
        return (E) this;
    }

    void attach(LivePage to) {
        page = to;
    }

    final @Nullable LivePage attached() {
        return page;
    }

    final LivePage live() {
        LivePage mine = page;
        if (mine == null) {
            throw new IllegalStateException("this element is in no page yet: add it to a container first");
        }
        return mine;
    }

    /** The page it is in, or was. */
    public final Page page() {
        return live();
    }

    /** Changes a node, under the lock where there is one. */
    final void set(Node on, String name, @Nullable Object value) {
        change(() -> {
            Tree tree = on.tree;
            if (tree == null) {
                on.put(name, value);
            } else {
                tree.set(on, name, value);
            }
        });
    }

    final void change(Runnable change) {
        LivePage mine = page;
        if (mine == null) {
            change.run();
            return;
        }
        mine.tree.lock.lock();
        try {
            change.run();
        } finally {
            mine.tree.lock.unlock();
        }
    }

    /** Shows it, or hides it. What is hidden cannot be operated, whatever a browser claims. */
    public final E visible(boolean visible) {
        set(node, Node.HIDDEN, visible ? null : "");
        return self();
    }

    /** Whether it is shown, as far as it is up to the element itself. */
    public final boolean isVisible() {
        return node.get(Node.HIDDEN) == null;
    }

    /** Lets it be operated, or not, whatever a browser claims. In a container that is not enabled nothing is. */
    public final E enabled(boolean enabled) {
        set(target(), Node.DISABLED, enabled ? null : "");
        return self();
    }

    /** Whether it can be operated, as far as it is up to the element itself. */
    public final boolean isEnabled() {
        return target().get(Node.DISABLED) == null;
    }

    /** Adds CSS classes, separated by spaces: yours, or Bootstrap's. */
    public final E classes(String names) {
        return classes(names, true);
    }

    /** Takes CSS classes away. */
    public final E removeClasses(String names) {
        return classes(names, false);
    }

    private E classes(String names, boolean add) {
        change(() -> {
            Set<String> all = new LinkedHashSet<>(
                    List.of(Objects.toString(node.get("class"), "").strip().split("\\s+")));
            List<String> some = List.of(names.strip().split("\\s+"));
            if (add) {
                all.addAll(some);
            } else {
                some.forEach(all::remove);
            }
            all.remove("");
            set(node, "class", all.isEmpty() ? null : String.join(" ", all));
        });
        return self();
    }

    /**
     * CSS declarations of its own, such as {@code color: teal; width: 20rem}. The page's policy allows no inline style, so
     * they take effect when the scripts run; for what must be there before, use {@link #classes}.
     */
    public final E style(String css) {
        set(node, "data-style", css.isBlank() ? null : css);
        return self();
    }

    /** A short help that is shown when one points at it. */
    public final E tooltip(String text) {
        set(node, "title", text.isEmpty() ? null : text);
        return self();
    }

    /**
     * Sets an attribute of HTML.
     *
     * @throws IllegalArgumentException for what has methods of its own here (id, class, style, hidden), for handlers
     *     ({@code onclick}), and for addresses that a browser would run
     */
    public final E attribute(String name, String value) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (!NAME.matcher(name).matches() || lower.startsWith("on") || OWN.contains(lower)) {
            throw new IllegalArgumentException("'" + name + "' cannot be set as an attribute: expected a name of HTML,"
                    + " not one of " + OWN + " (see classes, style, visible), and no handler (see on)");
        }
        set(target(), lower, URLS.contains(lower) ? Urls.checked(value) : value);
        return self();
    }

    /** Hears an event of the browser's, such as {@code mouseenter}. */
    public final Registration on(String domEvent, Action action) {
        return on(domEvent, EventPolicy.QUEUE, event -> action.run());
    }

    /**
     * Hears an event of the browser's.
     *
     * @param domEvent its name in the browser: {@code keydown}, {@code dblclick}
     * @param fields which of its fields to send: {@code key}, {@code clientX}, {@code target.scrollTop}
     */
    public final Registration on(
            String domEvent, EventPolicy policy, Listener<? super DomEvent> listener, String... fields) {
        if (!NAME.matcher(domEvent).matches()) {
            throw new IllegalArgumentException("not the name of an event: '" + domEvent + "'");
        }
        for (String field : fields) {
            if (!NAME.matcher(field).matches()) {
                throw new IllegalArgumentException("not the name of a field: '" + field + "'");
            }
        }
        String spec = fields.length == 0 ? domEvent : domEvent + ":" + String.join(",", fields);
        return subscribe(target(), spec, policy, data -> listener.on(new DomEvent(domEvent, data)));
    }

    final Registration subscribe(Node on, String spec, EventPolicy policy, Listener<JsonNode> listener) {
        Subscription subscription = new Subscription(on, spec, policy, listener);
        change(() -> {
            Tree tree = on.tree;
            if (tree == null) {
                on.subscribe(subscription);
            } else {
                tree.change(on, () -> on.subscribe(subscription));
            }
        });
        return subscription;
    }

    /** Puts the keyboard's focus there. */
    public final E focus() {
        LivePage mine = live();
        mine.command(new Command("focus", List.of(target().id), null));
        return self();
    }

    /**
     * Puts it into another place of its page.
     *
     * @param index how many elements come before it, there; at the end when there are fewer
     */
    public final E moveTo(Container container, int index) {
        Node to = PagePart.content(container);
        if (to.tree == null || to.tree != node.tree) {
            throw new IllegalArgumentException("an element can be moved within its page only");
        }
        change(() -> live().tree.move(node, to, index));
        return self();
    }

    /** Takes it out of its page, with all that is in it, for ever. Harmless when repeated. */
    public final void remove() {
        change(() -> {
            Tree tree = node.tree;
            if (tree != null) {
                tree.remove(node);
            }
        });
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + " " + node;
    }
}
