package dev.plainweave.ui;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Something the browser shall do once. */
final class Command {
    final String name;
    final List<Object> arguments;
    /** Completed with what the browser answers. */
    final @Nullable CompletableFuture<JsonNode> answer;
    /** From 1, without gaps. */
    long number;
    /** The frame it went with; 0 when it has to go. */
    long frame;

    Command(String name, List<Object> arguments, @Nullable CompletableFuture<JsonNode> answer) {
        this.name = name;
        this.arguments = arguments;
        this.answer = answer;
    }
}
