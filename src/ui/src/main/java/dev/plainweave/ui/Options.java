package dev.plainweave.ui;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What there is to choose from, and the nodes that show it. The browser knows options by keys that stay theirs, not by places
 * in a list that may have changed meanwhile. Guarded by the lock of the tree.
 */
final class Options<T> {
    private final Node select;
    private final Function<? super T, String> name;
    private @Nullable Function<? super T, String> group;
    /** For one that may be left open. */
    private @Nullable Node none;

    private Map<String, T> choices = Map.of();
    private Map<T, String> keys = Map.of();
    private int lastKey;

    Options(Node select, Function<? super T, String> name) {
        this.select = select;
        this.name = name;
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
            select.place(0, first);
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

    /** An option as it will be shown. */
    private record Shown<T>(T choice, String name, String group) {}

    /** Calls the user's functions, so without the lock. */
    Runnable prepare(List<? extends T> all) {
        Function<? super T, String> by = group;
        List<Shown<T>> shown = new ArrayList<>();
        for (T choice : all) {
            shown.add(new Shown<>(
                    Objects.requireNonNull(choice, "option"), name.apply(choice), by == null ? "" : by.apply(choice)));
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
        Node first = none;
        for (Node old : List.copyOf(select.children()).reversed()) {
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
                Node option = new Node("option");
                option.put("value", key);
                option.put(Node.TEXT, one.name());
                Node in = one.group().isEmpty() ? select : groups.computeIfAbsent(one.group(), this::group);
                in.place(in.children().size(), option);
            }
        }
    }

    private Node group(String label) {
        Node made = new Node("optgroup");
        made.put("label", label);
        select.place(select.children().size(), made);
        return made;
    }

    private void remove(Node old) {
        Tree tree = select.tree;
        if (tree == null) {
            select.take(old);
        } else {
            tree.remove(old);
        }
    }

    Optional<T> choice(String key) {
        return Optional.ofNullable(choices.get(key));
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
