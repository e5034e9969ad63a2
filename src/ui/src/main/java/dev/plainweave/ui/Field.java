package dev.plainweave.ui;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Something that has a value which the user can change.
 *
 * <p>What is typed arrives as it is typed, and is never thrown back at somebody who has typed on: each edit is counted, and
 * what the server says of an edit is not shown when the browser is ahead.
 *
 * @param <T> the type of its values
 * @param <E> its own type
 */
public abstract class Field<T, E extends Field<T, E>> extends Element<E> {
    /** The node with the value. */
    final Node input;

    private final Node caption;
    private @Nullable Node help;
    private @Nullable Node message;
    private @Nullable List<Gate<Change<T>>> listeners;
    private volatile @Nullable Validation<T> validation;
    private volatile T value;
    private volatile @Nullable String rejected;

    Field(Node input, String label, T value) {
        this(input, new Node("label"), label, value);
        caption.put("for", input);
    }

    Field(Node input, Node caption, String label, T value) {
        super("div");
        this.input = input;
        this.caption = caption;
        this.value = value;
        caption.put(Node.TEXT, label);
        subscribe(input, "value", EventPolicy.QUEUE, this::typed);
    }

    /** Puts the parts together: the caption before the field, or behind it. */
    final void assemble(String css, String captionCss, boolean captionFirst) {
        node.put("class", css);
        caption.put("class", captionCss);
        node.insert(0, input);
        node.insert(captionFirst ? 0 : 1, caption);
    }

    @Override
    final Node target() {
        return input;
    }

    /** The property of the node with the value. */
    String property() {
        return Node.VALUE;
    }

    /** Reads what the browser sent. */
    abstract T parse(JsonNode raw) throws Rejected;

    /** Writes it as the browser shows it. */
    abstract Object text(T of);

    /** It has another value now, whoever has changed it. Under the lock. */
    void changedTo(T now) {}

    /** The value of one that nobody has filled in. */
    abstract T empty();

    /** Whether nothing is filled in, for those that have to be. */
    boolean isMissing(T what) {
        return what.equals(empty());
    }

    /** What it is: the last value that was one. */
    public final T value() {
        return value;
    }

    /** Changes it. Listeners are not told: they hear the user. */
    public final E value(T now) {
        assign(now);
        revalidate();
        return self();
    }

    private void assign(T now) {
        Objects.requireNonNull(now, "value");
        change(() -> {
            Object shown = text(now);
            value = now;
            rejected = null;
            set(input, property(), shown);
            changedTo(now);
        });
    }

    /** Empties it. */
    public final E clear() {
        return value(empty());
    }

    private void typed(JsonNode data) {
        T before = value;
        boolean locked = read(() -> {
            if (input.get("readonly") == null) {
                take(data);
                return false;
            }
            return true;
        });
        if (locked) { // a browser would not let anybody
            live().ignored(input, data);
            return;
        }
        changed(before);
    }

    /** The user has changed it, by something that this consists of. */
    final void operated(T now) {
        T before = value;
        assign(now);
        changed(before);
    }

    private void changed(T before) {
        T now = value;
        Validation<T> mine = validation;
        if (mine != null && mine.isOnCommit()) {
            mine.next();
            show(null);
        } else {
            revalidate();
        }
        if (!now.equals(before)) {
            Change<T> change = new Change<>(before, now);
            for (Gate<Change<T>> listener : snapshot().reversed()) { // each before those that wait already
                listener.fireNext(live(), input, change);
            }
        }
    }

    /** What the browser shows becomes what the node has; only a difference goes back, as the answer to that edit. */
    private void take(JsonNode data) {
        input.edits = Math.max(input.edits, data.path("edit").asInt());
        JsonNode raw = data.path("value");
        int before = input.dirty;
        input.put(property(), shown(raw));
        input.dirty = before;
        try {
            value = parse(raw);
            rejected = null;
            set(input, property(), text(value));
            changedTo(value);
        } catch (Rejected no) {
            rejected = no.complaint();
        }
    }

    private static Object shown(JsonNode raw) {
        if (raw.isBoolean()) {
            return raw.booleanValue();
        }
        return raw.isArray() ? raw.valueStream().map(JsonNode::asText).toList() : raw.asText();
    }

    private List<Gate<Change<T>>> snapshot() {
        return read(() -> listeners == null ? List.of() : List.copyOf(listeners));
    }

    /** What a change does that the user makes, with each key that is typed. */
    public final E onChange(Listener<? super Change<T>> listener) {
        return onChange(EventPolicy.QUEUE, listener);
    }

    /** What a change does that the user makes; for a search while one types, {@link EventPolicy#LATEST}. */
    public final E onChange(EventPolicy policy, Listener<? super Change<T>> listener) {
        change(() -> {
            List<Gate<Change<T>>> all = listeners == null ? new ArrayList<>(1) : listeners;
            all.add(new Gate<>(policy, listener));
            listeners = all;
        });
        return self();
    }

    /** What happens when the user is done with it: leaves it after a change, or presses Enter. */
    public final E onCommit(Listener<? super T> listener) {
        subscribe(input, "commit", EventPolicy.QUEUE, data -> listener.on(value));
        return self();
    }

    /** Ties it to a property, both ways, until it is removed or the page ends. */
    public final E bind(Property<T> property) {
        return bind(property, Function.identity(), Function.identity());
    }

    /**
     * Ties it to a property of another type, both ways.
     *
     * @param show what of the property is shown
     * @param read what the property becomes when the user has changed that
     */
    public final <P> E bind(Property<P> property, Function<? super P, ? extends T> show, Function<? super T, P> read) {
        Bindings.show(this, property.map(show), now -> {
            if (!now.equals(value)) {
                value(now);
            }
        });
        return onChange(change -> property.value(read.apply(change.value())));
    }

    private Validation<T> validation() {
        return read(() -> {
            Validation<T> mine = validation == null ? new Validation<>() : validation;
            validation = mine;
            return mine;
        });
    }

    /** What is wrong with a value is shown below it, after each change. It may block; the newest value wins. */
    public final E validate(Validator<? super T> validator) {
        validation().add(validator);
        return self();
    }

    /** What is wrong with values that do not pass. */
    public final E validate(Predicate<? super T> passes, String complaint) {
        return validate(now -> passes.test(now) ? Optional.empty() : Optional.of(complaint));
    }

    /** What is wrong is shown when the user is done with it, and not while he is at it. */
    public final E validateOnCommit() {
        validation().onCommit();
        subscribe(input, "commit", EventPolicy.QUEUE, data -> revalidate());
        return self();
    }

    /** Lets nobody get by with nothing, and says so beside the caption. */
    public final E required(String complaint) {
        set(input, "aria-required", "true");
        classes("pw-required");
        return validate(now -> !isMissing(now), complaint);
    }

    /** Is validated again when one of those changes: for what is wrong with several together. */
    public final E dependsOn(Field<?, ?>... others) {
        for (Field<?, ?> other : others) {
            other.onChange(change -> {
                if (!isMissing(value)) {
                    revalidate();
                }
            });
        }
        return self();
    }

    /** Looks at the value now, and shows what is wrong with it; whether nothing is. */
    public final boolean check() throws Exception {
        Validation<T> mine = validation;
        String complaint = rejected;
        if (complaint == null && mine != null) {
            mine.next();
            complaint = mine.complaint(value).orElse(null);
        }
        show(complaint);
        return complaint == null;
    }

    /** Looks at all of them, shows what is wrong, and puts the focus on the first that is; whether nothing is. */
    public static boolean check(Field<?, ?>... fields) throws Exception {
        Field<?, ?> wrong = null;
        for (Field<?, ?> field : fields) {
            if (!field.check() && wrong == null) {
                wrong = field;
            }
        }
        if (wrong != null) {
            wrong.focus();
        }
        return wrong == null;
    }

    private void revalidate() {
        Validation<T> mine = validation;
        LivePage page = attached();
        String complaint = rejected;
        long number = mine == null ? 0 : mine.next(); // what is being checked is the newest no more
        if (mine == null || page == null || complaint != null) {
            show(complaint);
            return;
        }
        page.background(() -> {
            Optional<String> found = mine.complaint(value);
            change(() -> {
                if (mine.isNewest(number)) {
                    show(found.orElse(null));
                }
            });
        });
    }

    private void show(@Nullable String complaint) {
        change(() -> {
            Node said = message;
            if (said == null && complaint != null) {
                said = new Node("div");
                said.put("class", "invalid-feedback");
                said.put("role", "alert");
                message = said;
                node.place(node.children().size(), said);
            }
            if (said != null) {
                set(said, Node.TEXT, complaint);
                set(input, "aria-invalid", complaint == null ? null : "true");
                set(input, "aria-describedby", complaint == null ? help : said);
            }
        });
    }

    /** Shows that there is something wrong, until the next change. */
    public final E invalid(String complaint) {
        show(complaint);
        return self();
    }

    /** Where more is said below it: what is wrong comes last. */
    final int below() {
        return node.children().size() - (message == null ? 0 : 1);
    }

    /** Asks for something with another text. */
    public final E label(String text) {
        set(caption, Node.TEXT, text);
        return self();
    }

    /** Says more about what is asked for, below it. */
    public final E help(String text) {
        change(() -> {
            Node said = help;
            if (said == null) {
                said = new Node("div");
                said.put("class", "form-text");
                help = said;
                node.place(below(), said);
                set(input, "aria-describedby", said);
            }
            set(said, Node.TEXT, text);
        });
        return self();
    }

    /** Shows it, but lets nobody change it, whatever a browser claims. */
    public final E readOnly(boolean on) {
        set(input, "readonly", on ? "" : null);
        return self();
    }
}
