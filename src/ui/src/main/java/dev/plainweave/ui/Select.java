package dev.plainweave.ui;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A choice of one, or none.
 *
 * @param <T> the type of the options; two that are equal are the same option
 */
public final class Select<T> extends Field<Optional<T>, Select<T>> {
    private final Function<? super T, String> name;
    /** The browser knows options by keys that stay theirs, not by places in a list that may have changed meanwhile. */
    private Map<String, T> options = Map.of();

    private int lastKey;

    Select(String label, Function<? super T, String> name) {
        super(new Node("select"), label, Optional.empty());
        this.name = name;
        input.put("class", "form-select");
        input.put(Node.VALUE, "");
        assemble("pw-field", "form-label", true);
    }

    /** What there is to choose from. A choice that is there no more is none. */
    public Select<T> options(List<T> choices) {
        change(() -> {
            Map<String, T> next = new LinkedHashMap<>();
            for (T choice : choices) {
                next.put(key(choice), choice);
            }
            options = next;
            Tree tree = input.tree;
            List.copyOf(input.children()).forEach(old -> {
                if (tree != null) {
                    tree.remove(old);
                }
            });
            option(tree, "", "");
            next.forEach((key, choice) -> option(tree, key, name.apply(choice)));
            if (value().isPresent() && !next.containsValue(value().get())) {
                value(Optional.empty());
            } else if (tree != null) {
                tree.resend(input, Node.VALUE);
            }
        });
        return this;
    }

    private void option(@org.jspecify.annotations.Nullable Tree tree, String key, String text) {
        Node option = new Node("option");
        option.put("value", key);
        option.put(Node.TEXT, text);
        if (tree == null) {
            input.insert(input.children().size(), option);
        } else {
            tree.insert(input, input.children().size(), option);
        }
    }

    private String key(T choice) {
        return options.entrySet().stream()
                .filter(entry -> entry.getValue().equals(choice))
                .findFirst()
                .map(Map.Entry::getKey)
                .orElseGet(() -> Integer.toString(++lastKey));
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
        T chosen = options.get(key);
        if (chosen == null) {
            throw new Rejected("This is no longer available.");
        }
        return Optional.of(chosen);
    }

    @Override
    Object text(Optional<T> of) {
        return of.map(choice -> options.entrySet().stream()
                        .filter(entry -> entry.getValue().equals(choice))
                        .findFirst()
                        .map(Map.Entry::getKey)
                        .orElseThrow(() ->
                                new IllegalArgumentException(choice + " is not among the options " + options.values())))
                .orElse("");
    }
}
