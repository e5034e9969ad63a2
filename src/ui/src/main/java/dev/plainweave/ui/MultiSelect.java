package dev.plainweave.ui;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A choice of any number.
 *
 * @param <T> the type of the options; two that are equal are the same option
 */
public final class MultiSelect<T> extends Field<List<T>, MultiSelect<T>> {
    private static final int MOST = 50;

    private final Options<T> options;

    MultiSelect(String label, Function<? super T, String> name) {
        super(new Node("select"), label, List.of());
        options = new Options<>(input, name);
        input.put("class", "form-select");
        input.put("multiple", "");
        input.put("size", "5");
        input.put(Node.VALUE, List.of());
        assemble("pw-field", "form-label", true);
    }

    /** What there is to choose from. Choices that are there no more are dropped. */
    public MultiSelect<T> options(List<? extends T> choices) {
        Runnable show = options.prepare(choices);
        change(() -> {
            show.run();
            List<T> left = value().stream().filter(options::has).toList();
            if (left.size() < value().size()) {
                value(left);
            } else if (input.tree != null) {
                input.tree.resend(input, Node.VALUE);
            }
        });
        return this;
    }

    /** Puts options that belong together under the name of their group. */
    public MultiSelect<T> grouped(Function<? super T, String> group) {
        options.group(group);
        return options(read(options::all));
    }

    /** Options that cannot be chosen now, whatever a browser claims; they are shown. What is chosen already may stay so. */
    public MultiSelect<T> disableOptions(Predicate<? super T> which) {
        options.close(which);
        return options(read(options::all));
    }

    /** How many options it shows at once, 2 to 50. 5. */
    public MultiSelect<T> rows(int rows) {
        if (rows < 2 || rows > MOST) {
            throw new IllegalArgumentException("a list of choices has 2 to " + MOST + " rows, was " + rows);
        }
        set(input, "size", Integer.toString(rows));
        return this;
    }

    /** Chooses these. */
    @SafeVarargs
    @SuppressWarnings("varargs") // it is only read
    public final MultiSelect<T> choose(T... choices) {
        return value(List.of(choices));
    }

    @Override
    List<T> parse(JsonNode raw) throws Rejected {
        List<T> chosen = new ArrayList<>();
        for (JsonNode key : raw) {
            chosen.add(options.chosen(key.asText(), value()));
        }
        return List.copyOf(chosen);
    }

    @Override
    Object text(List<T> of) {
        return of.stream().map(options::key).toList();
    }

    @Override
    List<T> empty() {
        return List.of();
    }
}
