package dev.plainweave.ui;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What there is to choose from, and the nodes that show it: options of a list, or others. The browser knows options by keys that stay theirs, not by places
 * in a list that may have changed meanwhile. Guarded by the lock of the tree.
 */
final class Options<T> {
    private final Node holder;
    private final Function<? super T, String> name;
    private final Look look;
    private Predicate<? super T> closed = choice -> false;
    private @Nullable Function<? super T, String> group;
    /** For one that may be left open. */
    private @Nullable Node none;

    private Map<String, T> choices = Map.of();
    private Map<T, String> keys = Map.of();
    private Set<T> notNow = Set.of();
    private int lastKey;

    /** How one option is shown. */
    interface Look {
        Node show(String key, String name, boolean closed);
    }

    Options(Node select, Function<? super T, String> name) {
        this(select, name, Options::option);
    }

    Options(Node holder, Function<? super T, String> name, Look look) {
        this.holder = holder;
        this.name = name;
        this.look = look;
    }

    private static Node option(String key, String name, boolean closed) {
        Node option = new Node("option");
        option.put("value", key);
        option.put(Node.TEXT, name);
        option.put(Node.DISABLED, closed ? "" : null);
        return option;
    }

    /** Options without keys: texts that are offered. */
    static void fill(Node list, List<String> texts) {
        list.clear();
        for (String text : texts) {
            Node option = new Node("option");
            option.put("value", text);
            list.place(list.children().size(), option);
        }
    }

    /** The first option is none, with that text. */
    void none(String text) {
        Node first = none;
        if (first == null) {
            first = new Node("option");
            first.put("value", "");
            none = first;
            holder.place(0, first);
        }
        Tree tree = first.tree;
        if (tree == null) {
            first.put(Node.TEXT, text);
        } else {
            tree.set(first, Node.TEXT, text);
        }
    }

    void group(Function<? super T, String> by) {
        group = by;
    }

    void close(Predicate<? super T> which) {
        closed = which;
    }

    /** An option as it will be shown. */
    private record Shown<T>(T choice, String name, String group, boolean closed) {}

    /** Shows these in a field of one choice, which is none when it is there no more. */
    <F extends Field<Optional<T>, F>> F offer(F field, List<? extends T> choices) {
        Runnable show = prepare(choices);
        field.change(() -> {
            show.run();
            Optional<T> chosen = field.value();
            if (chosen.isPresent() && !has(chosen.get())) {
                field.value(Optional.empty());
            } else if (field.input.tree != null) {
                field.input.tree.resend(field.input, Node.VALUE);
            }
        });
        return field;
    }

    /** Calls the user's functions, so without the lock. */
    Runnable prepare(List<? extends T> all) {
        Function<? super T, String> by = group;
        List<Shown<T>> shown = new ArrayList<>();
        for (T choice : all) {
            shown.add(new Shown<>(
                    Objects.requireNonNull(choice, "option"),
                    name.apply(choice),
                    by == null ? "" : by.apply(choice),
                    closed.test(choice)));
        }
        return () -> show(shown);
    }

    List<T> all() {
        return List.copyOf(choices.values());
    }

    private void show(List<Shown<T>> all) {
        Map<T, String> known = keys;
        keys = new LinkedHashMap<>();
        choices = new LinkedHashMap<>();
        notNow = new HashSet<>();
        Node first = none;
        for (Node old : List.copyOf(holder.children()).reversed()) {
            if (old != first) {
                remove(old);
            }
        }
        Map<String, Node> groups = new LinkedHashMap<>();
        for (Shown<T> one : all) {
            String key = known.getOrDefault(one.choice(), "");
            key = key.isEmpty() ? Integer.toString(++lastKey) : key;
            if (keys.putIfAbsent(one.choice(), key) == null) {
                choices.put(key, one.choice());
                if (one.closed()) {
                    notNow.add(one.choice());
                }
                Node option = look.show(key, one.name(), one.closed());
                Node in = one.group().isEmpty() ? holder : groups.computeIfAbsent(one.group(), this::group);
                in.place(in.children().size(), option);
            }
        }
    }

    private Node group(String label) {
        Node made = new Node("optgroup");
        made.put("label", label);
        holder.place(holder.children().size(), made);
        return made;
    }

    private void remove(Node old) {
        Tree tree = holder.tree;
        if (tree == null) {
            holder.take(old);
        } else {
            tree.remove(old);
        }
    }

    /**
     * What a browser has chosen.
     *
     * @param before what was chosen already, and may stay so
     */
    T chosen(String key, Collection<T> before) throws Rejected {
        T choice = choices.get(key);
        if (choice == null) {
            throw new Rejected("This is no longer available.");
        }
        if (notNow.contains(choice) && !before.contains(choice)) {
            throw new Rejected("This cannot be chosen now.");
        }
        return choice;
    }

    boolean has(T choice) {
        return keys.containsKey(choice);
    }

    String key(T choice) {
        String key = keys.get(choice);
        if (key == null) {
            throw new IllegalArgumentException(choice + " is not among the options " + choices.values());
        }
        return key;
    }
}
