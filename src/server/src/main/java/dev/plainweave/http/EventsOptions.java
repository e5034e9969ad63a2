package dev.plainweave.http;

import java.time.Duration;

/** How the streams of one route behave. Set before the server starts; every setter returns this. */
public final class EventsOptions {
    private Duration heartbeat = Duration.ofSeconds(15);

    /** The defaults. */
    public EventsOptions() {}

    /**
     * After how much silence a comment is sent, so that a client that has left is noticed and no proxy takes the connection
     * for dead. 15 seconds; 25 at most, since an idle connection is closed after 30.
     */
    public EventsOptions heartbeat(Duration silence) {
        if (silence.isNegative() || silence.isZero() || silence.compareTo(Duration.ofSeconds(25)) > 0) {
            throw new IllegalArgumentException("heartbeat must be more than 0 and at most 25 seconds, was " + silence);
        }
        heartbeat = silence;
        return this;
    }

    Duration heartbeat() {
        return heartbeat;
    }
}
