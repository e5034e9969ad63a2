package dev.plainweave.websocket;

import java.util.OptionalInt;

/** Decides whether a handshake becomes a session. */
@FunctionalInterface
public interface Admission {
    /** Everybody. */
    static Admission all() {
        return handshake -> OptionalInt.empty();
    }

    /**
     * The status to refuse with, 400 to 599: 403 for who may not, 404 for what is not there, 429 for too many; empty to go
     * on. Runs on the connection's own virtual thread and may block.
     *
     * @throws Exception when it cannot be decided: the answer is a 500, and one WARN
     */
    OptionalInt refusal(Handshake handshake) throws Exception;
}
