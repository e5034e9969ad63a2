package dev.plainweave.ui.test;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The elements of a document: frames are applied to them, and users look for some. Guarded by the lock of its tab. */
final class View {
    static final int ROOT = 1;

    private final Map<Integer, Shown> elements = new LinkedHashMap<>();
    /** Those above the page, the uppermost last. */
    private final SequencedSet<Integer> openDialogs = new LinkedHashSet<>();

    // Applying.

    void apply(JsonNode state, boolean all) {
        Set<Integer> touched = new HashSet<>();
        state.forEach(entry -> create(entry.get(0).asInt(), entry.get(1)));
        state.forEach(entry -> {
            touched.add(entry.get(0).asInt());
            change(entry.get(0).asInt(), entry.get(1));
        });
        prune();
        require(!all || touched.containsAll(elements.keySet()), "a snapshot without some of the elements");
    }

    static void require(boolean right, String wrong) {
        if (!right) {
            throw new IllegalStateException(wrong);
        }
    }

    private void create(int id, JsonNode change) {
        if (change.has("#") && !elements.containsKey(id)) {
            elements.put(id, new Shown(id, change.path("#").asText()));
        }
        require(elements.containsKey(id), "a change of " + id + ", which is not there");
    }

    private void change(int id, JsonNode change) {
        Shown shown = existing(id);
        if (change.has("#")) {
            shown.properties
                    .keySet()
                    .removeIf(name -> !change.has(name) && !name.equals(".value") && !name.equals(".checked"));
        }
        for (Map.Entry<String, JsonNode> property : change.properties()) {
            set(shown, property.getKey(), property.getValue());
        }
        if (shown.tag.equals("dialog") && shown.has(".open") != openDialogs.contains(id)) {
            if (shown.has(".open")) {
                openDialogs.add(id);
            } else {
                openDialogs.remove(id);
            }
        }
    }

    private void set(Shown shown, String name, JsonNode value) {
        switch (name) {
            case "#" -> require(shown.tag.equals(value.asText()), "an element that changes its tag");
            case "*" -> {
                List<Integer> ids = new ArrayList<>();
                value.forEach(child -> ids.add(child.asInt()));
                shown.children.clear();
                adopt(shown, 0, ids);
            }
            case "+" -> splice(shown, value);
            case ".value", ".checked" -> {
                int edits = value.get(1).asInt();
                require(edits <= shown.edits, "an answer to edit " + edits + " of " + shown.edits);
                if (edits == shown.edits) {
                    shown.properties.put(name, value.get(0));
                }
            }
            default -> {
                if (value.isNull()) {
                    shown.properties.remove(name);
                } else {
                    shown.properties.put(name, value);
                }
            }
        }
    }

    private void splice(Shown shown, JsonNode value) {
        int at = value.get(0).asInt();
        int end = at + value.get(1).asInt();
        require(end <= shown.children.size(), "a splice beyond the end");
        shown.children.subList(at, end).clear();
        List<Integer> ids = new ArrayList<>();
        for (int index = 2; index < value.size(); index++) {
            ids.add(value.get(index).asInt());
        }
        adopt(shown, at, ids);
    }

    /** As in a document: what comes here is elsewhere no more, and nothing goes into what it contains. */
    private void adopt(Shown shown, int at, List<Integer> ids) {
        require(
                path(shown).stream().noneMatch(around -> ids.contains(around.id)),
                "an element that shall go into " + shown.id + " contains it");
        elements.values().forEach(other -> {
            if (other.id != shown.id) {
                other.children.removeAll(ids);
            }
        });
        shown.children.addAll(at, ids);
    }

    /** What is in no list any more is gone; what is in one must be there, once. */
    private void prune() {
        Set<Integer> seen = new HashSet<>();
        ArrayDeque<Integer> next = new ArrayDeque<>(List.of(ROOT));
        while (!next.isEmpty()) {
            int id = next.remove();
            require(seen.add(id), "element " + id + " is in two places");
            next.addAll(existing(id).children);
        }
        elements.keySet().retainAll(seen);
        openDialogs.retainAll(seen);
    }

    private Shown existing(int id) {
        Shown shown = elements.get(id);
        if (shown == null) {
            throw new IllegalStateException("element " + id + " is in a list, but was never told of");
        }
        return shown;
    }

    // Looking.

    int size() {
        return elements.size();
    }

    @Nullable
    Shown get(int id) {
        return elements.get(id);
    }

    Optional<Shown> parent(Shown of) {
        return elements.values().stream()
                .filter(shown -> shown.children.contains(of.id))
                .findFirst();
    }

    /** It, what it is in, and so on up to the whole page. */
    List<Shown> path(Shown from) {
        List<Shown> path = new ArrayList<>();
        for (Optional<Shown> at = Optional.of(from); at.isPresent(); at = parent(at.get())) {
            path.add(at.get());
        }
        return path;
    }

    /** What can be seen in that element, in the order of the document; it comes first. */
    List<Shown> visible(int from) {
        List<Shown> all = new ArrayList<>();
        collect(from, all);
        return all;
    }

    private void collect(int id, List<Shown> all) {
        Shown shown = elements.get(id);
        if (shown != null && !hides(shown)) {
            all.add(shown);
            shown.children.forEach(child -> collect(child, all));
        }
    }

    private static boolean hides(Shown shown) {
        return shown.has("hidden") || (shown.tag.equals("dialog") && !shown.has(".open"));
    }

    Optional<Shown> first(int from, Predicate<Shown> wanted) {
        return visible(from).stream().filter(wanted).findFirst();
    }

    /** The element that says exactly that, or the field that is labelled so; else one that is only described so. */
    Optional<Shown> find(int from, String text) {
        Optional<Shown> says = first(
                        from,
                        shown -> !shown.tag.equals("option") && (shown.ownText().equals(text) || isNamed(shown, text)))
                .map(shown -> shown.tag.equals("label") ? labelled(shown) : shown)
                .map(shown -> shown.tag.equals("legend") ? parent(shown).orElse(shown) : shown);
        return says.isPresent()
                ? says
                : first(
                        from,
                        shown -> List.of("placeholder", "alt", "title").stream()
                                .anyMatch(attribute -> shown.property(attribute).equals(text)));
    }

    private static boolean isNamed(Shown shown, String text) {
        return shown.property("aria-label").equals(text);
    }

    private @Nullable Shown labelled(Shown label) {
        if (label.has("for")) {
            return elements.get(Integer.parseInt(label.property("for").substring(1)));
        }
        return first(label.id, inside -> Set.of("input", "select", "textarea").contains(inside.tag))
                .orElse(label);
    }

    /** What it is called: by a label, an attribute, or what it says with all that is in it. */
    String name(Shown shown) {
        if (shown.has("aria-label")) {
            return shown.property("aria-label");
        }
        Optional<Shown> label = elements.values().stream()
                .filter(other ->
                        other.tag.equals("label") && other.property("for").equals("w" + shown.id))
                .findFirst();
        if (label.isPresent()) {
            return allText(label.get());
        }
        if (shown.tag.equals("fieldset")) {
            return first(shown.id, inside -> inside.tag.equals("legend"))
                    .map(Shown::ownText)
                    .orElse("");
        }
        return shown.tag.equals("img") ? shown.property("alt") : allText(shown);
    }

    String allText(Shown of) {
        StringBuilder text = new StringBuilder();
        visible(of.id).forEach(shown -> {
            if (!shown.ownText().isEmpty()) {
                text.append(text.isEmpty() ? "" : " ").append(shown.ownText());
            }
        });
        return text.toString();
    }

    boolean shows(String text) {
        return visible(ROOT).stream()
                .anyMatch(
                        shown -> shown.text().contains(text) || shown.ownText().contains(text));
    }

    Optional<Shown> dialog() {
        return openDialogs.isEmpty() ? Optional.empty() : Optional.ofNullable(elements.get(openDialogs.getLast()));
    }

    /** Why a user cannot operate it; empty when nothing is in the way. */
    String obstacle(Shown shown) {
        if (get(shown.id) != shown) {
            return "it is not there any more";
        }
        List<Shown> path = path(shown);
        for (Shown at : path) {
            String self = at == shown ? "it" : "what it is in, " + at.tag + "#" + at.id + ",";
            if (hides(at)) {
                return self + " is hidden";
            }
            if (at.has("disabled") || (at.has("inert") && at != shown)) {
                return self + " is disabled";
            }
        }
        Optional<Shown> above = dialog();
        return above.isPresent() && !path.contains(above.get()) ? "a dialog is above it" : "";
    }
}
