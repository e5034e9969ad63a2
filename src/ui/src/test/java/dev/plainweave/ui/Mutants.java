package dev.plainweave.ui;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Messages that differ from a right one in one field, wherever it is: all of them, made from the message itself. */
final class Mutants {
    static final ObjectMapper JSON = new ObjectMapper();
    /** What each object has one more of. */
    static final String EXTRA = "extra";

    private static final int DEEP = 900;

    /** What each field is replaced by; the first is nothing. */
    static final List<JsonNode> VALUES = values();

    private Mutants() {}

    private static List<JsonNode> values() {
        List<JsonNode> all = new ArrayList<>(List.of(MissingNode.getInstance()));
        for (String json : List.of(
                "null",
                "true",
                "false",
                "-1",
                "0",
                "1",
                "1.5",
                "9007199254740991",
                "9007199254740992",
                "\"\"",
                "\"x\"",
                "\"1\"",
                "[]",
                "{}",
                "\"" + "long ".repeat(12_000) + "\"",
                "[".repeat(DEEP) + "]".repeat(DEEP),
                "{\"a\":".repeat(DEEP) + "1" + "}".repeat(DEEP))) {
            all.add(tree(json));
        }
        return all;
    }

    static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (com.fasterxml.jackson.core.JsonProcessingException wrong) {
            throw new IllegalArgumentException(json, wrong);
        }
    }

    /** Where something is in a message, from the top: {@code data/value/0}; and where one more could be. */
    static List<String> paths(JsonNode message) {
        List<String> all = new ArrayList<>();
        collect(message, "", all);
        return all;
    }

    private static void collect(JsonNode of, String prefix, List<String> all) {
        for (Map.Entry<String, JsonNode> field : of.properties()) {
            all.add(prefix + field.getKey());
            collect(field.getValue(), prefix + field.getKey() + "/", all);
        }
        if (of.isObject()) {
            all.add(prefix + EXTRA);
        }
        for (int at = 0; of.isArray() && at < of.size(); at++) {
            all.add(prefix + at);
        }
    }

    /** The message with that in that place. */
    static ObjectNode replaced(ObjectNode message, String path, JsonNode by) {
        ObjectNode mutant = message.deepCopy();
        int end = path.lastIndexOf('/');
        JsonNode in = end < 0 ? mutant : mutant.at("/" + path.substring(0, end));
        String name = path.substring(end + 1);
        if (in instanceof ArrayNode list) {
            if (by.isMissingNode()) {
                list.remove(Integer.parseInt(name));
            } else {
                list.set(Integer.parseInt(name), by);
            }
        } else if (by.isMissingNode()) {
            ((ObjectNode) in).remove(name);
        } else {
            ((ObjectNode) in).set(name, by);
        }
        return mutant;
    }

    /** For who reads which of them it was. */
    static String named(String message, String path, JsonNode by) {
        String text = by.isMissingNode() ? "nothing" : by.toString();
        return message + ": " + path + " is " + text.substring(0, Math.min(40, text.length()));
    }
}
