package dev.plainweave.ui.test;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An element as a browser has it. To be asked through its {@link Tab}, whose lock guards it. */
public final class Shown {
    final int id;
    final String tag;
    final Map<String, JsonNode> properties = new LinkedHashMap<>();
    final List<Integer> children = new ArrayList<>();
    int edits;

    Shown(int id, String tag) {
        this.id = id;
        this.tag = tag;
    }

    boolean has(String property) {
        return properties.containsKey(property);
    }

    String property(String name) {
        JsonNode value = properties.get(name);
        return value == null ? "" : value.asText();
    }

    String ownText() {
        return property(".text");
    }

    /** What a user reads there: what is typed, ticked or chosen, or else its text. */
    String text() {
        return has(".value") ? property(".value") : has(".checked") ? property(".checked") : ownText();
    }

    /** The fields it wants of an event; empty where it does not hear it. */
    Optional<List<String>> wants(String type) {
        for (String part : property("data-on").split(" ", -1)) {
            String[] wish = part.split(":", 2);
            if (wish[0].equals(type)) {
                return Optional.of(wish.length < 2 ? List.of() : List.of(wish[1].split(",")));
            }
        }
        return Optional.empty();
    }

    /** What it is to a screen reader (WAI-ARIA 1.2; HTML-AAM for what elements are without being told). */
    String role() {
        if (has("role")) {
            return property("role");
        }
        return switch (tag) {
            case "a" -> has("href") ? "link" : "generic";
            case "h1", "h2", "h3", "h4", "h5", "h6" -> "heading";
            case "textarea" -> "textbox";
            case "select" -> "combobox";
            case "progress" -> "progressbar";
            case "p" -> "paragraph";
            case "ul", "ol" -> "list";
            case "li" -> "listitem";
            case "tr" -> "row";
            case "td" -> "cell";
            case "th" -> "columnheader";
            case "hr" -> "separator";
            case "nav" -> "navigation";
            case "header" -> "banner";
            case "footer" -> "contentinfo";
            case "aside" -> "complementary";
            case "div", "span" -> "generic";
            case "input" ->
                switch (property("type")) {
                    case "checkbox" -> "checkbox";
                    case "radio" -> "radio";
                    case "range" -> "slider";
                    case "number" -> "spinbutton";
                    case "search" -> "searchbox";
                    case "button", "submit" -> "button";
                    default -> "textbox";
                };
            default -> tag;
        };
    }
}
