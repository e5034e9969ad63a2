package dev.plainweave.ui;

/** What becomes of an event while another is handled. Each listener has its own. */
public enum EventPolicy {
    /** It waits for its turn: one handler of a page at a time, in the order in which events arrived. The default. */
    QUEUE,
    /** It is dropped while this listener's last event waits or is handled: a second click is no second order. */
    DROP_WHILE_RUNNING,
    /** It waits, and replaces one that waits already: only the newest matters. */
    LATEST,
    /**
     * It is handled at once on a thread of its own, without the turn, at the same time as anything else. Of more than {@link
     * PageLimits#waitingEvents} at a time the others are ignored.
     */
    PARALLEL
}
