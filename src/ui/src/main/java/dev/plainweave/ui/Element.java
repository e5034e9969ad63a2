package dev.plainweave.ui;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.plainweave.websocket.Registration;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
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
    private static final Pattern EVENT = Pattern.compile("[a-zA-Z][a-zA-Z0-9_-]*");
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
            "data-id",
            "data-lang",
            "data-mixed",
            "data-private",
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

    /** Reads, under the lock where there is one. */
    final <R> R read(Supplier<R> question) {
        LivePage mine = page;
        return mine == null ? question.get() : mine.tree.locked(question);
    }

    /** Puts another element in a node of this one's. */
    final <C extends Element<C>> C place(Node in, int index, C element) {
        change(() -> {
            if (element.attached() != null || element.node.parent != null) {
                throw new IllegalStateException(element + " is in a page already: use moveTo(...)");
            }
            Tree tree = in.tree;
            LivePage mine = page;
            if (mine == null) {
                throw new IllegalStateException("add " + this + " to its container first, then fill it");
            }
            if (tree != null) {
                tree.insert(in, Math.clamp(index, 0, in.children().size()), element.node);
            }
            element.attach(mine); // where this has been removed it goes nowhere, and must not fail a late handler
        });
        return element;
    }

    /** Has that CSS class instead of all that begin so. */
    final E instead(String prefix, String name) {
        change(() -> {
            Arrays.stream(Objects.toString(node.get("class"), "").split(" ", -1))
                    .filter(old -> old.startsWith(prefix))
                    .forEach(this::removeClasses);
            classes(name);
        });
        return self();
    }

    /** Shows it, or hides it. What is hidden cannot be operated, whatever a browser claims. */
    public final E visible(boolean visible) {
        set(node, Node.HIDDEN, visible ? null : "");
        return self();
    }

    /** Whether it is shown, as far as it is up to the element itself. */
    public final boolean isVisible() {
        return read(() -> node.get(Node.HIDDEN) == null);
    }

    /** Lets it be operated, or not, whatever a browser claims. In a container that is not enabled nothing is. */
    public final E enabled(boolean enabled) {
        set(target(), Node.DISABLED, enabled ? null : "");
        return self();
    }

    /** Whether it can be operated, as far as it is up to the element itself. */
    public final boolean isEnabled() {
        return read(() -> target().get(Node.DISABLED) == null);
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

    /** Takes an attribute away that was set by {@link #attribute}. */
    public final E removeAttribute(String name) {
        attribute(name, "");
        set(target(), name.toLowerCase(Locale.ROOT), null);
        return self();
    }

    /** What it is called by those who do not see it, instead of its text: for a button that has an icon only. */
    public final E accessibleName(String name) {
        set(target(), "aria-label", name.isEmpty() ? null : name);
        return self();
    }

    /** Takes the room that is left in its row or column. */
    public final E grow() {
        return classes("flex-grow-1");
    }

    /**
     * Is as wide as so many columns of the grid that it is in; on screens where there are fewer, as all of them.
     *
     * @param columns 1 to 6
     */
    public final E span(int columns) {
        Grid.check(columns);
        return instead("pw-span-", "pw-span-" + columns);
    }

    /**
     * A name for links to lead to: of {@code #name} on this page, of {@code /page#name} on another. A browser that comes with
     * such an address goes there when the element is in the page as it is first shown.
     *
     * @param name a letter and then letters, digits, {@code -}, {@code _} and {@code .}, 100 characters at most; not a {@code w}
     *     and only digits, which are the names of the others
     * @throws IllegalArgumentException for another, and for one that an element of this page has already
     */
    public final E id(String name) {
        change(() -> {
            set(node, Node.ID, Anchors.checked(name, node));
            set(node, Node.NUMBER, node);
        });
        return self();
    }

    /** Is shown while that is true. */
    public final E bindVisible(Observable<Boolean> shown) {
        Bindings.show(this, shown, this::visible);
        return self();
    }

    /** Can be operated while that is true. */
    public final E bindEnabled(Observable<Boolean> enabled) {
        Bindings.show(this, enabled, this::enabled);
        return self();
    }

    /** Hears an event of the browser's, such as {@code mouseenter}. */
    public final Registration on(String domEvent, Action action) {
        return on(domEvent, EventOptions.DEFAULT, event -> action.run());
    }

    /**
     * Hears an event of the browser's.
     *
     * @param domEvent its name in the browser: {@code keydown}, {@code dblclick}
     * @param fields which of its fields to send: {@code key}, {@code clientX}, {@code target.scrollTop}
     */
    public final Registration on(
            String domEvent, EventPolicy policy, Listener<? super DomEvent> listener, String... fields) {
        return on(domEvent, EventOptions.DEFAULT.policy(policy).fields(fields), listener);
    }

    /** Hears an event of the browser's, as the options say. */
    public final Registration on(String domEvent, EventOptions options, Listener<? super DomEvent> listener) {
        return hear(domEvent, options, data -> listener.on(new DomEvent(domEvent, data)));
    }

    /**
     * Hears an event of the browser's, with fields that have types. An event whose fields are something else is counted and
     * ignored.
     *
     * <pre>{@code
     * record Key(String key, boolean ctrlKey) {}
     * field.on("keydown", Key.class, EventOptions.DEFAULT, key -> log.push(key.key()));
     * }</pre>
     *
     * @param fields the names of its components are those of the event's fields; Jackson must be able to make one
     */
    public final <T extends Record> Registration on(
            String domEvent, Class<T> fields, EventOptions options, Listener<? super T> listener) {
        String[] names = Arrays.stream(fields.getRecordComponents())
                .map(RecordComponent::getName)
                .toArray(String[]::new);
        return hear(domEvent, options.fields(names), data -> {
            T event;
            try {
                event = Incoming.as(data, fields);
            } catch (JsonProcessingException other) {
                live().ignored();
                return;
            }
            listener.on(event);
        });
    }

    private Registration hear(String domEvent, EventOptions options, Listener<JsonNode> listener) {
        if (!EVENT.matcher(domEvent).matches()) {
            throw new IllegalArgumentException("not the name of an event: '" + domEvent + "'");
        }
        return subscribe(target(), domEvent + options.spec(), options.policy, listener);
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

    /** Has the browser do something with that node, once. */
    final void command(Node on, Command command) {
        LivePage mine = live();
        if (read(() -> on.tree == null)) {
            throw new IllegalStateException(this + " is not in its page any more: it was removed");
        }
        mine.command(command);
    }

    /**
     * Puts the keyboard's focus there. Nothing happens where it cannot have it: hidden, or disabled; and where it is removed
     * before the browser has come to it, which is counted as an event that was ignored.
     *
     * @throws IllegalStateException if it is in no page yet, or was removed
     */
    public final E focus() {
        command(target(), new Command("focus", List.of(target().id), null));
        return self();
    }

    /**
     * Scrolls so that it can be seen. Where it is removed before the browser has come to it, that is counted as an event that
     * was ignored.
     *
     * @throws IllegalStateException if it is in no page yet, or was removed
     */
    public final E scrollIntoView() {
        command(node, new Command("scroll", List.of(node.id), null));
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
