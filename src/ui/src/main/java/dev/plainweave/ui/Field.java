package dev.plainweave.ui;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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

    private final Node caption = new Node("label");
    private final Node message = new Node("div");
    private final List<Gate<Change<T>>> listeners = new ArrayList<>(1);
    private volatile @Nullable Validation<T> validation;
    private volatile T value;
    private volatile @Nullable String rejected;

    Field(Node input, String label, T value) {
        super("div");
        this.input = input;
        this.value = value;
        caption.put(Node.TEXT, label);
        caption.put("for", input);
        message.put("class", "invalid-feedback");
        message.put("aria-live", "polite");
        input.put("aria-describedby", message);
        subscribe(input, "value", EventPolicy.QUEUE, this::typed);
    }

    /** Puts the parts together: the caption before the field, or behind it. */
    final void assemble(String css, String captionCss, boolean captionFirst) {
        node.put("class", css);
        caption.put("class", captionCss);
        node.insert(0, input);
        node.insert(captionFirst ? 0 : 1, caption);
        node.insert(2, message);
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

    /** What it is: the last value that was one. */
    public final T value() {
        return value;
    }

    /** Changes it. Listeners are not told: they hear the user. */
    public final E value(T now) {
        Objects.requireNonNull(now, "value");
        change(() -> {
            Object shown = text(now);
            value = now;
            rejected = null;
            set(input, property(), shown);
        });
        revalidate();
        return self();
    }

    private void typed(JsonNode data) throws Exception {
        T before = value;
        change(() -> take(data));
        T now = value;
        revalidate();
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
        input.put(property(), raw.isBoolean() ? (Object) raw.booleanValue() : raw.asText());
        input.dirty = before;
        try {
            value = parse(raw);
            rejected = null;
            set(input, property(), text(value));
        } catch (Rejected no) {
            rejected = no.complaint();
        }
    }

    private List<Gate<Change<T>>> snapshot() {
        List<Gate<Change<T>>> all = new ArrayList<>();
        change(() -> all.addAll(listeners));
        return all;
    }

    /** What a change does that the user makes, with each key that is typed. */
    public final E onChange(Listener<? super Change<T>> listener) {
        return onChange(EventPolicy.QUEUE, listener);
    }

    /** What a change does that the user makes; for a search while one types, {@link EventPolicy#LATEST}. */
    public final E onChange(EventPolicy policy, Listener<? super Change<T>> listener) {
        change(() -> listeners.add(new Gate<>(policy, listener)));
        return self();
    }

    /** What happens when the user is done with it: leaves it after a change, or presses Enter. */
    public final E onCommit(Listener<? super T> listener) {
        subscribe(input, "commit", EventPolicy.QUEUE, data -> listener.on(value));
        return self();
    }

    /** Ties it to a property, both ways, until the page ends. */
    public final E bind(Property<T> property) {
        Bindings.show(this, property, now -> {
            if (!now.equals(value)) {
                value(now);
            }
        });
        return onChange(change -> property.value(change.value()));
    }

    /** What is wrong with a value is shown below it, after each change. It may block; the newest value wins. */
    public final E validate(Validator<? super T> validator) {
        change(() -> {
            Validation<T> mine = validation;
            if (mine == null) {
                mine = new Validation<>();
                validation = mine;
            }
            mine.add(validator);
        });
        return self();
    }

    /** What is wrong with values that do not pass. */
    public final E validate(Predicate<? super T> passes, String complaint) {
        return validate(now -> passes.test(now) ? Optional.empty() : Optional.of(complaint));
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
            set(message, Node.TEXT, complaint);
            set(input, "aria-invalid", complaint == null ? null : "true");
        });
    }

    /** Shows that there is something wrong, until the next change. */
    public final E invalid(String complaint) {
        show(complaint);
        return self();
    }

    /** Asks for something with another text. */
    public final E label(String text) {
        set(caption, Node.TEXT, text);
        return self();
    }

    /** Shows it, but lets nobody change it. */
    public final E readOnly(boolean on) {
        set(input, "readonly", on ? "" : null);
        return self();
    }
}
