package dev.plainweave.http;

import dev.plainweave.websocket.End;
import java.util.Objects;

/**
 * The stream of events has ended; the sibling of {@link dev.plainweave.websocket.DisconnectedException}. Let it escape from
 * the stream's own handler. Unchecked, and without a stack trace, because a closed browser tab is no programming error.
 */
public class EventsEndedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient EventStream stream;
    private final transient End end;

    EventsEndedException(EventStream stream, End end) {
        super(
                "events ended: " + end.reason() + " in " + end.operation(),
                end.cause().orElse(null),
                false,
                false);
        this.stream = Objects.requireNonNull(stream);
        this.end = Objects.requireNonNull(end);
    }

    /** How the stream ended. */
    public End end() {
        return end;
    }

    /** Why the stream ended. */
    public End.Reason reason() {
        return end.reason();
    }

    /** The stream that ended: not always the one whose handler met this exception. */
    public EventStream stream() {
        return stream;
    }
}
