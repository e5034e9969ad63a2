package dev.plainweave.websocket;

/**
 * A native session that is over, told when its connection has closed.
 *
 * @param id the session's
 * @param handshake the request that opened it
 * @param end why it ended
 * @param messagesReceived messages that have arrived, whether or not a handler has received them
 * @param messagesSent messages that were written, the last perhaps not wholly
 */
public record SessionSummary(long id, Handshake handshake, End end, long messagesReceived, long messagesSent) {}
