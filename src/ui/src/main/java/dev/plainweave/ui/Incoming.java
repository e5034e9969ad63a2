package dev.plainweave.ui;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.List;

/** Reads what comes from the browser: PROTOCOL.md has every message. */
final class Incoming {
    static final int VERSION = 1;

    /** Types of events that are no element's, when they come with the id 0. */
    static final String ANSWER = "answer";

    static final String FAILED = "failed";

    private static final long MOST = (1L << 53) - 1;
    private static final int LONGEST_NAME = 64;
    private static final String VALUE = "value";
    private static final String ERROR = "error";

    private Incoming() {}

    /**
     * The first message of a connection.
     *
     * @param attempt which of its document's connections it is, so that one that comes late is known; 0 for not said
     * @param tab which tab it is, where it has been told; else empty
     */
    record Hello(String page, String secret, long attempt, long lastFrame, long lastCommand, String tab) {}

    static JsonNode read(String text) {
        try {
            JsonNode message = FrameEncoder.JSON.readTree(text);
            if (message.isObject()) {
                return message;
            }
        } catch (JsonProcessingException malformed) {
            // said below
        }
        throw new ProtocolException("not a JSON object");
    }

    /** Which version the first message of a connection speaks: of another one nothing else is read. */
    static long version(JsonNode message) {
        JsonNode hello = message.path("hello");
        if (!hello.isObject()) {
            throw new ProtocolException("the first message must be a hello");
        }
        return number(hello, "v");
    }

    static Hello hello(JsonNode message) {
        JsonNode hello = message.path("hello");
        return new Hello(
                text(hello, "page"),
                text(hello, "secret"),
                hello.has("attempt") ? positive(hello, "attempt", MOST) : 0,
                number(hello, "lastFrame"),
                number(hello, "lastCommand"),
                hello.has("tab") ? text(hello, "tab") : "");
    }

    /**
     * Whether a message after the hello is as it must be, all of it: one that is not shall have no effect at all.
     *
     * @throws ProtocolException if it is not
     */
    static void check(JsonNode message) {
        if (message.has("event")) {
            event(message);
        } else if (message.has("ack")) {
            number(message, "ack");
        } else if (message.has("alive")) {
            truth(message, "alive");
        } else if (message.has("bye")) {
            truth(message, "bye");
        } else if (message.has("unknown")) {
            text(message, "unknown");
        } else {
            throw new ProtocolException("expected an event, an ack, an alive, a bye, or an unknown");
        }
    }

    private static void event(JsonNode message) {
        positive(message, "event", MOST);
        number(message, "frame");
        int id = id(message);
        String type = text(message, "type");
        JsonNode data = message.path("data");
        if (id == 0 && type.equals(ANSWER)) {
            number(data, "command");
            require(data.has(VALUE) != data.has(ERROR), "an answer has a value or an error");
            require(!data.has(ERROR) || data.path(ERROR).isTextual(), "error must be a text");
        } else if (id == 0 && type.equals(FAILED)) {
            id(data);
            require(data.path(ERROR).isTextual(), "error must be a text");
        } else if (type.equals(VALUE)) {
            positive(data, "edit", Integer.MAX_VALUE);
            JsonNode value = data.path(VALUE);
            require(
                    value.isTextual() || value.isBoolean() || isTexts(value),
                    "the value of a field is a text, true, false, or a list of texts");
        } else if (!type.startsWith(Node.MESSAGE)) { // a module may say anything
            require(
                    data.isMissingNode()
                            || (data.isObject() && data.valueStream().allMatch(JsonNode::isValueNode)),
                    "data must have texts, numbers, true, false and null");
        }
    }

    /** Whether a field that has that now could have been changed to this, by one who can see it. */
    static boolean fits(Node field, JsonNode value) {
        if (field.get(Node.CHECKED) != null) {
            return value.isBoolean();
        }
        Object now = field.get(Node.VALUE);
        return now == null || (now instanceof List ? value.isArray() : value.isTextual());
    }

    private static boolean isTexts(JsonNode value) {
        return value.isArray() && value.valueStream().allMatch(JsonNode::isTextual);
    }

    private static void require(boolean right, String rule) {
        if (!right) {
            throw new ProtocolException(rule);
        }
    }

    /** The data of an event: where there are none, no fields; of a module's, null. */
    static JsonNode data(JsonNode event) {
        JsonNode data = event.get("data");
        if (data != null) {
            return data;
        }
        boolean message = event.path("type").asText().startsWith(Node.MESSAGE);
        return message ? NullNode.getInstance() : FrameEncoder.JSON.createObjectNode();
    }

    /**
     * The data, read as that type.
     *
     * @throws JsonProcessingException if they are no such thing; null never is
     */
    static <T> T as(JsonNode data, Class<T> type) throws JsonProcessingException {
        T value = FrameEncoder.JSON.treeToValue(data, type);
        if (value == null && type != Void.class) {
            throw new JsonMappingException(null, "null is no " + type.getSimpleName());
        }
        return value;
    }

    static long number(JsonNode of, String name) {
        JsonNode value = of.path(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 0 || value.asLong() > MOST) {
            throw new ProtocolException(name + " must be a whole number from 0 to 2^53 - 1");
        }
        return value.asLong();
    }

    private static long positive(JsonNode of, String name, long most) {
        long value = number(of, name);
        require(value >= 1 && value <= most, name + " must be a whole number from 1 to " + most);
        return value;
    }

    private static void truth(JsonNode of, String name) {
        require(of.path(name).isBoolean() && of.path(name).booleanValue(), name + " can only be true");
    }

    static int id(JsonNode of) {
        long id = number(of, "id");
        if (id > Integer.MAX_VALUE) {
            throw new ProtocolException("there are no such ids");
        }
        return (int) id;
    }

    static String text(JsonNode of, String name) {
        JsonNode value = of.path(name);
        if (!value.isTextual() || value.textValue().length() > LONGEST_NAME) {
            throw new ProtocolException(name + " must be a text of at most " + LONGEST_NAME + " characters");
        }
        return value.textValue();
    }

    /** The answer to a hello for a page that is not there, or the last word to one that is. */
    static String gone(String reason) {
        return FrameEncoder.message(out -> {
            out.writeObjectFieldStart("gone");
            out.writeStringField("reason", reason);
            out.writeEndObject();
        });
    }
}
