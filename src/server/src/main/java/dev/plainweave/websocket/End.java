package dev.plainweave.websocket;

import java.time.Duration;
import java.util.Optional;

/**
 * How a session ended. Every opened session has exactly one end, whatever happens; the first one wins and never changes.
 *
 * @param reason why it ended
 * @param code the WebSocket close code (RFC 6455, section 7.4): the one received, the one sent, or 1006 where the
 *     connection died without any, 1005 where the peer's Close carried none
 * @param text the reason text that went with the code, empty where there was none
 * @param operation what met the end
 * @param lasted from the handshake to the end
 * @param cause what was thrown, where something was
 */
public record End(
        Reason reason, int code, String text, Operation operation, Duration lasted, Optional<Throwable> cause) {

    /** Why a session ended. */
    public enum Reason {
        /** The peer sent a Close frame. */
        PEER_CLOSED,
        /** The peer closed the connection without a Close frame: a TCP FIN, or a TLS close_notify. */
        EOF,
        /** The connection was reset, or died in another way that the operating system reports as an error. */
        RESET,
        /** The peer did not answer a ping in time. */
        PING_TIMEOUT,
        /** No message came or went for longer than the idle limit. */
        IDLE_TIMEOUT,
        /** The peer began a frame or a message and stalled before its end. */
        READ_TIMEOUT,
        /** A write made no progress, or too little. */
        WRITE_TIMEOUT,
        /** The outbox was full and its policy says to close. */
        SLOW_CONSUMER,
        /** The peer broke the protocol: close codes 1002, 1003 and 1007. */
        PROTOCOL_ERROR,
        /** A message was larger than the limit: close code 1009. */
        TOO_LARGE,
        /** The application closed the session, or its handler returned. */
        SERVER_CLOSED,
        /** The handler threw: close code 1011. */
        HANDLER_FAILED,
        /** The server is shutting down: close code 1001. */
        SHUTDOWN
    }

    /** What met the end. */
    public enum Operation {
        /** Reading, by {@code receive} or on behalf of a handler that was not receiving. */
        READ,
        /** Writing, by {@code send} or from the outbox. */
        WRITE,
        /** The application's own {@code close}, or its handler. */
        CLOSE,
        /** A deadline. */
        CLOCK
    }
}
