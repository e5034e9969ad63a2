package dev.plainweave.ui;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import java.io.IOException;

/**
 * What somebody has handed over, as it was then: written at once, so that it cannot change any more, and that who hands over
 * what cannot be written hears of it.
 */
record Json(String text) implements JsonSerializable {
    static Json of(Object value) {
        try {
            return new Json(FrameEncoder.JSON.writeValueAsString(value));
        } catch (JsonProcessingException unwritable) {
            throw new IllegalArgumentException(
                    "Jackson cannot write this as JSON: " + value.getClass().getName(), unwritable);
        }
    }

    @Override
    public void serialize(JsonGenerator out, SerializerProvider provider) throws IOException {
        out.writeRawValue(text);
    }

    @Override
    public void serializeWithType(JsonGenerator out, SerializerProvider provider, TypeSerializer type)
            throws IOException {
        serialize(out, provider);
    }
}
