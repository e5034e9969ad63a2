package dev.plainweave.ui;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Commands that the browser may not have run yet, in order, and the answers that are due. Bounded: when too many wait,
 * toasts go first, then the oldest; whoever waits for the answer of one that went gets an exception. Guarded by the lock of
 * the tree.
 */
final class CommandLog {
    static final int LIMIT = 256;

    private @Nullable ArrayDeque<Command> log;
    private @Nullable Map<Long, CompletableFuture<JsonNode>> due;
    private long last;

    /** Adds a command; one that had to go for it, whose waiter is to be told. */
    @Nullable
    Command add(Command command) {
        if (log == null) {
            log = new ArrayDeque<>(2);
        }
        Command dropped = log.size() < LIMIT ? null : drop(log);
        command.number = ++last;
        log.add(command);
        if (command.answer != null) {
            due = due == null ? new HashMap<>(2) : due;
            due.put(command.number, command.answer);
        }
        return dropped;
    }

    private Command drop(ArrayDeque<Command> full) {
        for (Iterator<Command> each = full.iterator(); each.hasNext(); ) {
            Command command = each.next();
            if (command.name.equals("toast")) {
                each.remove();
                return command;
            }
        }
        Command oldest = full.remove();
        if (due != null) {
            due.remove(oldest.number);
        }
        return oldest;
    }

    boolean hasUnsent() {
        return log != null && !log.isEmpty() && log.getLast().frame == 0;
    }

    /** Those that have to go, now with that frame. */
    List<Command> send(long frame) {
        if (log == null) {
            return List.of();
        }
        List<Command> unsent =
                log.stream().filter(command -> command.frame == 0).toList();
        unsent.forEach(command -> command.frame = frame);
        return unsent;
    }

    /** The browser has applied that frame, and run what went with it. */
    void applied(long frame) {
        while (log != null && !log.isEmpty() && log.getFirst().frame != 0 && log.getFirst().frame <= frame) {
            log.remove();
        }
    }

    /** A browser is back, and has run all commands up to that one. The others go again. */
    void resume(long lastRun) {
        if (log == null) {
            return;
        }
        log.removeIf(command -> command.number <= lastRun);
        log.forEach(command -> command.frame = 0);
    }

    /** Who waits for the answer to that command, if anybody does; asked once. */
    @Nullable
    CompletableFuture<JsonNode> answered(long number) {
        return due == null ? null : due.remove(number);
    }

    /** The number of the newest. */
    long last() {
        return last;
    }

    /** What is in the log. */
    int size() {
        return log == null ? 0 : Objects.requireNonNull(log).size();
    }
}
