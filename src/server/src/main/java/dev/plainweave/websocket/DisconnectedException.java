package dev.plainweave.websocket;

import java.util.Objects;

/**
 * The session has ended. Thrown by every operation on an ended session, always with the same {@link End}.
 *
 * <p>Let it escape from the session's own handler: that is a normal end and leaves no trace in the log. Unchecked, and
 * without a stack trace, because a closed browser tab is no programming error.
 */
public class DisconnectedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient WebSocketSession session;
    private final transient End end;

    DisconnectedException(WebSocketSession session, End end) {
        super(describe(session, end), end.cause().orElse(null), false, false);
        this.session = Objects.requireNonNull(session);
        this.end = Objects.requireNonNull(end);
    }

    private static String describe(WebSocketSession session, End end) {
        return "session " + session.id() + " ended: " + end.reason() + " (" + end.code() + ") in " + end.operation();
    }

    /** How the session ended. */
    public End end() {
        return end;
    }

    /** Why the session ended. */
    public End.Reason reason() {
        return end.reason();
    }

    /** The session that ended: not always the one whose handler met this exception. */
    public WebSocketSession session() {
        return session;
    }
}
