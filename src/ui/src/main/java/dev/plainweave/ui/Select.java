package dev.plainweave.ui;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A choice of one, or none.
 *
 * @param <T> the type of the options; two that are equal are the same option
 */
public final class Select<T> extends Field<Optional<T>, Select<T>> {
    private final Options<T> options;

    Select(String label, Function<? super T, String> name) {
        super(new Node("select"), label, Optional.empty());
        options = new Options<>(input, name);
        options.none("");
        input.put("class", "form-select");
        input.put(Node.VALUE, "");
        assemble("pw-field", "form-label", true);
    }

    /** What there is to choose from. A choice that is there no more is none. */
    public Select<T> options(List<? extends T> choices) {
        return options.offer(this, choices);
    }

    /** Puts options that belong together under the name of their group. */
    public Select<T> grouped(Function<? super T, String> group) {
        options.group(group);
        return options(read(options::all));
    }

    /** Options that cannot be chosen now, whatever a browser claims; they are shown. What is chosen already may stay so. */
    public Select<T> disableOptions(Predicate<? super T> which) {
        options.close(which);
        return options(read(options::all));
    }

    /** What the choice of none is called: {@code Please choose}. */
    public Select<T> placeholder(String text) {
        change(() -> options.none(text));
        return this;
    }

    /** Chooses one. */
    public Select<T> choose(T choice) {
        return value(Optional.of(choice));
    }

    @Override
    Optional<T> parse(JsonNode raw) throws Rejected {
        String key = raw.asText();
        if (key.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(options.chosen(key, value().stream().toList()));
    }

    @Override
    Object text(Optional<T> of) {
        return of.map(options::key).orElse("");
    }

    @Override
    Optional<T> empty() {
        return Optional.empty();
    }
}
