package dev.plainweave.ui.test;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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

    /** One listener of an event: the name it goes by, the fields it wants, and the keys it wants, where it says so. */
    record Wish(String name, List<String> fields, List<String> keys, boolean stops) {}

    /** Its listeners of an event. */
    List<Wish> wishes(String type) {
        List<Wish> all = new ArrayList<>();
        for (String part : property("data-on").split(" ", -1)) {
            List<String> rules = List.of(part.split(";", -1));
            String[] head = rules.getFirst().split(":", 2);
            if (head[0].split("~", -1)[0].equals(type)) {
                all.add(new Wish(
                        head[0],
                        head.length < 2 ? List.of() : List.of(head[1].split(",", -1)),
                        rules.stream()
                                .filter(rule -> rule.startsWith("keys="))
                                .flatMap(rule -> Stream.of(
                                        rule.substring("keys=".length()).split("\\|", -1)))
                                .toList(),
                        rules.contains("stop")));
            }
        }
        return all;
    }

    /** Whether it hears that event. */
    boolean hears(String type) {
        return !wishes(type).isEmpty();
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
