package dev.plainweave.ui.test;

import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Prints what is on a page, for who has to find out why a test failed. */
final class Outline {
    private static final Set<String> NOISE = Set.of(".text", ".value", ".checked", "class", "data-on", "for", "id");

    private final View view;
    private final StringBuilder out = new StringBuilder();

    Outline(View view) {
        this.view = view;
    }

    /** Everything as the protocol has it, in a form that two trees can be compared in. */
    String exact() {
        exact(View.ROOT, 0);
        return out.toString();
    }

    private void exact(int id, int depth) {
        Shown shown = view.get(id);
        if (shown == null) {
            return;
        }
        out.append("  ".repeat(depth)).append(shown.tag).append('#').append(id);
        new TreeMap<>(shown.properties)
                .forEach((name, value) ->
                        out.append(' ').append(name).append('=').append(value));
        out.append('\n');
        Objects.requireNonNull(shown.children).forEach(child -> exact(child, depth + 1));
    }

    /** What matters to a reader: texts and values, what is hidden or disabled, what is heard. */
    String readable() {
        readable(View.ROOT, 1);
        return out.toString();
    }

    private void readable(int id, int depth) {
        Shown shown = view.get(id);
        if (shown == null) {
            return;
        }
        out.append("  ".repeat(depth)).append(shown.tag).append('#').append(id);
        if (!shown.ownText().isEmpty()) {
            out.append(" \"").append(shown.ownText()).append('"');
        }
        if (shown.has(".value") || shown.has(".checked")) {
            out.append(" = ").append(shown.properties.getOrDefault(".value", shown.properties.get(".checked")));
        }
        new TreeMap<>(shown.properties).forEach((name, value) -> {
            if (!NOISE.contains(name)) {
                out.append(' ').append(name).append(value.asText().isEmpty() ? "" : "=" + value.asText());
            }
        });
        if (shown.has("data-on")) {
            out.append(" hears ").append(types(shown.property("data-on")));
        }
        out.append('\n');
        shown.children.forEach(child -> readable(child, depth + 1));
    }

    private static String types(String wanted) {
        return java.util.Arrays.stream(wanted.split(" ", -1))
                .map(part -> part.split(":", 2)[0])
                .collect(Collectors.joining(", "));
    }
}
