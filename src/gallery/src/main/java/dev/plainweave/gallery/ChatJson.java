package dev.plainweave.gallery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.plainweave.websocket.Message;

/** Between messages and records. */
final class ChatJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    private ChatJson() {}

    static ChatCommand command(Message message) throws JsonProcessingException {
        if (!(message instanceof Message.Text json)) {
            throw MismatchedInputException.from(null, ChatCommand.class, "a binary message");
        }
        ChatCommand command = MAPPER.readValue(json.text(), ChatCommand.class);
        if (command == null) {
            throw MismatchedInputException.from(null, ChatCommand.class, "null");
        }
        return command;
    }

    static Message message(ChatEvent event) {
        try {
            return Message.text(MAPPER.writeValueAsString(event));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("an event that cannot be written: " + event, impossible);
        }
    }
}
