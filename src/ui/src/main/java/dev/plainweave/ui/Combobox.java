package dev.plainweave.ui;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A choice of one, or none, found by typing a part of its name: for long lists.
 *
 * @param <T> the type of the options; each has a name of its own
 */
public final class Combobox<T> extends Field<Optional<T>, Combobox<T>> {
    private final Function<? super T, String> name;
    private final Node list = new Node("datalist");
    private Map<String, T> choices = Map.of();

    Combobox(String label, Function<? super T, String> name) {
        super(new Node("input"), label, Optional.empty());
        this.name = name;
        input.put("class", "form-control");
        input.put("type", "text");
        input.put("autocomplete", "off");
        input.put("list", list);
        input.put(Node.VALUE, "");
        assemble("pw-field", "form-label", true);
        node.insert(2, list);
        validateOnCommit();
    }

    /**
     * What there is to choose from. A choice that is there no more is none.
     *
     * @throws IllegalArgumentException if two have the same name
     */
    public Combobox<T> options(List<? extends T> options) {
        Map<String, T> next = new LinkedHashMap<>();
        for (T option : options) {
            if (next.putIfAbsent(folded(name.apply(option)), option) != null) {
                throw new IllegalArgumentException("two options have the name " + name.apply(option));
            }
        }
        List<String> names = options.stream().<String>map(name).toList();
        change(() -> {
            choices = next;
            Options.fill(list, names);
            if (value().isPresent() && !next.containsValue(value().get())) {
                value(Optional.empty());
            }
        });
        return this;
    }

    private static String folded(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }

    /** A hint that is shown while it is empty. */
    public Combobox<T> placeholder(String text) {
        return attribute("placeholder", text);
    }

    /** Chooses one. */
    public Combobox<T> choose(T choice) {
        return value(Optional.of(choice));
    }

    @Override
    Optional<T> parse(JsonNode raw) throws Rejected {
        String typed = folded(raw.asText());
        if (typed.isEmpty()) {
            return Optional.empty();
        }
        T found = choices.get(typed);
        if (found == null) {
            throw new Rejected("Please choose one of the list.");
        }
        return Optional.of(found);
    }

    @Override
    Object text(Optional<T> of) {
        String typed = String.valueOf(input.get(Node.VALUE));
        if (of.isPresent() && !choices.containsValue(of.get())) {
            throw new IllegalArgumentException(of.get() + " is not among the options " + choices.values());
        }
        return of.map(choice -> choice.equals(choices.get(folded(typed))) ? typed : name.apply(choice))
                .orElse("");
    }

    @Override
    Optional<T> empty() {
        return Optional.empty();
    }
}
