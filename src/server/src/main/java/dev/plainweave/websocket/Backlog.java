package dev.plainweave.websocket;

/**
 * What waits in the outboxes of sessions at one moment.
 *
 * @param messages messages in all of them
 * @param bytes their payload
 * @param largest messages in the fullest
 */
public record Backlog(int messages, long bytes, int largest) {
    Backlog plus(int moreMessages, long moreBytes) {
        return new Backlog(messages + moreMessages, bytes + moreBytes, Math.max(largest, moreMessages));
    }
}
