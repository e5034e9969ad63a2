package dev.plainweave.gallery.chat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.plainweave.websocket.End;
import java.util.List;

/** What visitors are told, as JSON with a {@code type}. {@code id} is the visitor's, {@code at} milliseconds since 1970. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ChatEvent.Welcome.class, name = "welcome"),
    @JsonSubTypes.Type(value = ChatEvent.Joined.class, name = "joined"),
    @JsonSubTypes.Type(value = ChatEvent.Said.class, name = "said"),
    @JsonSubTypes.Type(value = ChatEvent.Renamed.class, name = "renamed"),
    @JsonSubTypes.Type(value = ChatEvent.Left.class, name = "left"),
    @JsonSubTypes.Type(value = ChatEvent.Problem.class, name = "problem")
})
sealed interface ChatEvent {
    /** Somebody in the room. */
    record Person(long id, String name) {}

    /** The first message of every session: who is here, the visitor included, and what was said lately. */
    record Welcome(long id, String room, String server, String thread, List<Person> people, List<ChatEvent> history)
            implements ChatEvent {}

    /** Somebody came. */
    record Joined(long id, String name, long at) implements ChatEvent {}

    /** Somebody said something. */
    record Said(long id, String name, String text, long at) implements ChatEvent {}

    /** Somebody has another name now. */
    record Renamed(long id, String before, String name, long at) implements ChatEvent {}

    /** Somebody's session ended, and why. */
    record Left(long id, String name, End.Reason reason, int code, long lastedMillis, long at) implements ChatEvent {}

    /** The visitor's last message could not be used. Told to nobody else. */
    record Problem(String text) implements ChatEvent {}
}
