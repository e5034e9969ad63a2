package dev.plainweave.http;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * One server-sent event (HTML standard, section 9.2).
 *
 * @param data what listeners get; may have several lines, whose ends arrive as line feeds
 * @param name the event's type; without one, {@code onmessage} gets it
 * @param id what a client that comes back says it has seen last
 * @param retry how long the client shall wait before it comes back, from now on; in whole milliseconds
 */
public record Event(String data, Optional<String> name, Optional<String> id, Optional<Duration> retry) {
    /** Refuses what would break out of its line. */
    public Event {
        Objects.requireNonNull(data, "data");
        name.ifPresent(text -> oneLine("name", text));
        id.ifPresent(text -> oneLine("id", text));
        if (retry.filter(Duration::isNegative).isPresent()) {
            throw new IllegalArgumentException("the retry of an event must not be negative, was " + retry.get());
        }
    }

    /** An event of data alone. */
    public static Event of(String data) {
        return new Event(data, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The same with that type. */
    public Event named(String type) {
        return new Event(data, Optional.of(type), id, retry);
    }

    /** The same with that id. */
    public Event withId(String value) {
        return new Event(data, name, Optional.of(value), retry);
    }

    /** The same with that delay. */
    public Event withRetry(Duration delay) {
        return new Event(data, name, id, Optional.of(delay));
    }

    private static void oneLine(String what, String text) {
        if (text.chars().anyMatch(next -> next == '\r' || next == '\n' || next == 0)) {
            throw new IllegalArgumentException("the " + what + " of an event must be one line, without NUL");
        }
    }

    /** As it travels. */
    String text() {
        StringBuilder text = new StringBuilder(data.length() + 64);
        name.ifPresent(type -> text.append("event: ").append(type).append('\n'));
        id.ifPresent(value -> text.append("id: ").append(value).append('\n'));
        retry.ifPresent(delay -> text.append("retry: ").append(delay.toMillis()).append('\n'));
        for (String line : data.split("\r\n|\r|\n", -1)) {
            text.append("data: ").append(line).append('\n');
        }
        return text.append('\n').toString();
    }
}
