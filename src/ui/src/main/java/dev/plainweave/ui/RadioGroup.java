package dev.plainweave.ui;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A choice of one, or none at first, all of which can be seen: what one can do with a {@link Select}, for few options. The keys
 * Tab and the arrows do what browsers do with radio buttons, which these are.
 *
 * @param <T> the type of the options; two that are equal are the same option
 */
public final class RadioGroup<T> extends Field<Optional<T>, RadioGroup<T>> {
    private final Options<T> options;

    RadioGroup(String label, Function<? super T, String> name) {
        this(new Node("legend"), label, name);
    }

    private RadioGroup(Node legend, String label, Function<? super T, String> name) {
        super(new Node("fieldset"), legend, label, Optional.empty());
        Node holder = new Node("div");
        holder.put("class", "pw-radios");
        options = new Options<>(holder, name, this::button);
        legend.put("class", "form-label");
        input.put("role", "radiogroup");
        input.put(Node.VALUE, List.of());
        input.insert(0, legend);
        input.insert(1, holder);
        node.put("class", "pw-field");
        node.insert(0, input);
    }

    private Node button(String key, String name, boolean closed) {
        Node button = new Node("input");
        button.put("class", "form-check-input");
        button.put("type", "radio");
        button.put("name", input);
        button.put("value", key);
        button.put(Node.DISABLED, closed ? "" : null);
        Node label = new Node("label");
        label.put("class", "form-check-label");
        label.put("for", button);
        label.put(Node.TEXT, name);
        Node both = new Node("div");
        both.put("class", "form-check");
        both.insert(0, button);
        both.insert(1, label);
        return both;
    }

    /** What there is to choose from. A choice that is there no more is none. */
    public RadioGroup<T> options(List<? extends T> choices) {
        return options.offer(this, choices);
    }

    /** Options that cannot be chosen now, whatever a browser claims; they are shown. What is chosen already may stay so. */
    public RadioGroup<T> disableOptions(Predicate<? super T> which) {
        options.close(which);
        return options(read(options::all));
    }

    /** Has the options side by side, where there is room, instead of one below the other. */
    public RadioGroup<T> inline() {
        return instead("pw-choice-", "pw-choice-inline");
    }

    /** Has them side by side in one frame, of which the one that is chosen stands out: for a few short words. */
    public RadioGroup<T> segmented() {
        return instead("pw-choice-", "pw-choice-segmented");
    }

    /** Chooses one. */
    public RadioGroup<T> choose(T choice) {
        return value(Optional.of(choice));
    }

    @Override
    Optional<T> parse(JsonNode raw) throws Rejected {
        return raw.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        options.chosen(raw.path(0).asText(), value().stream().toList()));
    }

    @Override
    Object text(Optional<T> of) {
        return of.stream().map(options::key).toList();
    }

    @Override
    Optional<T> empty() {
        return Optional.empty();
    }
}
