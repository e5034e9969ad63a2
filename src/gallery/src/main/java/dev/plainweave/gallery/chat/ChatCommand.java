package dev.plainweave.gallery.chat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What a visitor sends, as JSON with a {@code type}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ChatCommand.Say.class, name = "say"),
    @JsonSubTypes.Type(value = ChatCommand.Rename.class, name = "rename")
})
sealed interface ChatCommand {
    /** A line for everybody in the room. */
    record Say(String text) implements ChatCommand {}

    /** From now on another name. */
    record Rename(String name) implements ChatCommand {}
}
