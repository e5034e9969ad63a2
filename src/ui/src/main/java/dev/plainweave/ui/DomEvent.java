package dev.plainweave.ui;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.OptionalDouble;

/** An event of the browser's, with the fields that were asked for: what they say is what the browser claims. */
public final class DomEvent {
    private final String type;
    private final JsonNode data;

    DomEvent(String type, JsonNode data) {
        this.type = type;
        this.data = data;
    }

    /** Its name in the browser. */
    public String type() {
        return type;
    }

    /** A field that is a text. */
    public Optional<String> text(String field) {
        JsonNode value = data.path(field);
        return value.isTextual() ? Optional.of(value.textValue()) : Optional.empty();
    }

    /** A field that is a number. */
    public OptionalDouble number(String field) {
        JsonNode value = data.path(field);
        return value.isNumber() ? OptionalDouble.of(value.doubleValue()) : OptionalDouble.empty();
    }

    /** A field that is true or false; false where there is none. */
    public boolean is(String field) {
        return data.path(field).asBoolean();
    }

    @Override
    public String toString() {
        return type + " " + data;
    }
}
