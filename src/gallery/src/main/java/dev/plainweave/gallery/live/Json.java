package dev.plainweave.gallery.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.plainweave.websocket.Message;

/** Between messages and records. */
public final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private Json() {}

    /** The record in a text message. */
    public static <T> T read(Message message, Class<T> type) throws JsonProcessingException {
        if (!(message instanceof Message.Text json)) {
            throw MismatchedInputException.from(null, type, "a binary message");
        }
        T read = MAPPER.readValue(json.text(), type);
        if (read == null) {
            throw MismatchedInputException.from(null, type, "null");
        }
        return read;
    }

    /** A text message with the record in it. */
    public static Message message(Object event) {
        try {
            return Message.text(MAPPER.writeValueAsString(event));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("an event that cannot be written: " + event, impossible);
        }
    }
}
