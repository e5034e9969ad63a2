package dev.plainweave.ui;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

/** Reads what comes from the browser: PROTOCOL.md has every message. */
final class Incoming {
    static final int VERSION = 1;

    private static final long MOST = (1L << 53) - 1;
    private static final int LONGEST_NAME = 64;

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

    static Hello hello(JsonNode message) {
        JsonNode hello = message.path("hello");
        if (!hello.isObject()) {
            throw new ProtocolException("the first message must be a hello");
        }
        return new Hello(
                text(hello, "page"),
                text(hello, "secret"),
                hello.has("attempt") ? number(hello, "attempt") : 0,
                number(hello, "lastFrame"),
                number(hello, "lastCommand"),
                hello.has("tab") ? text(hello, "tab") : "");
    }

    static long number(JsonNode of, String name) {
        JsonNode value = of.path(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 0 || value.asLong() > MOST) {
            throw new ProtocolException(name + " must be a whole number from 0 to 2^53 - 1");
        }
        return value.asLong();
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
