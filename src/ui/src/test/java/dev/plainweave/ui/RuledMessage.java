package dev.plainweave.ui;

import static dev.plainweave.ui.Rule.Fate.BROKEN;
import static dev.plainweave.ui.Rule.Fate.GONE;
import static dev.plainweave.ui.Rule.Fate.TAKEN;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A right message, made anew each time, and what becomes of it.
 *
 * @param rules by path: what becomes of it if that field is another
 */
record RuledMessage(String name, Rule.Fate fate, Supplier<ObjectNode> json, Map<String, Rule> rules) {
    /** One of a single field. */
    static RuledMessage of(String json, Rule.Fate right, Rule rule) {
        ObjectNode made = (ObjectNode) Mutants.tree(json);
        return new RuledMessage(
                json, right, () -> made, Map.of(made.fieldNames().next(), rule));
    }

    static RuledMessage hello(RawTab tab) {
        ObjectNode made = Mutants.JSON.createObjectNode();
        made.putObject("hello")
                .put("v", 1)
                .put("page", tab.page())
                .put("secret", tab.secret())
                .put("attempt", 1)
                .put("lastFrame", 1)
                .put("lastCommand", 0)
                .put("tab", "name");
        Rule version = value -> !Rule.isWhole(value, 0, Rule.MOST) ? BROKEN : value.asLong() == 1 ? TAKEN : GONE;
        return new RuledMessage(
                "hello",
                TAKEN,
                () -> made,
                Map.of(
                        "hello", Rule.NEVER,
                        "hello/v", version,
                        "hello/page", Rule.name(GONE),
                        "hello/secret", Rule.name(GONE),
                        "hello/attempt", Rule.optional(Rule.whole(1, Rule.MOST)),
                        "hello/lastFrame", Rule.whole(0, 1),
                        "hello/lastCommand", Rule.whole(0, 0),
                        "hello/tab", Rule.optional(Rule.name(TAKEN)),
                        "hello/extra", any -> TAKEN));
    }

    /** What becomes of it with that in that place, where something else was. */
    Rule.Fate fate(String path, JsonNode by) {
        if (path.equals(Mutants.EXTRA) || fate == BROKEN) {
            return fate;
        }
        Rule rule = rules.get(path);
        if (rule == null) {
            throw new AssertionError("what may " + path + " of " + name + " be?");
        }
        Rule.Fate other = rule.of(by);
        return other == TAKEN ? fate : other;
    }
}
