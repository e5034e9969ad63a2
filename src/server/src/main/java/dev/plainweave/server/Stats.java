package dev.plainweave.server;

import dev.plainweave.connector.BlockingConnector;
import dev.plainweave.connector.ConnectionClock;
import dev.plainweave.websocket.End;
import dev.plainweave.websocket.SessionStats;
import java.time.Duration;
import org.eclipse.jetty.server.AbstractConnector;

/** Figures of a running server. Every call looks anew. */
public final class Stats {
    private final AbstractConnector connector;
    private final SessionStats sessions;
    private final ConnectionClock clock;
    private final Refusals refusals;

    Stats(AbstractConnector connector, SessionStats sessions, ConnectionClock clock, Refusals refusals) {
        this.connector = connector;
        this.sessions = sessions;
        this.clock = clock;
        this.refusals = refusals;
    }

    /** Connections open now, HTTP and WebSocket. */
    public int connections() {
        return connector.getConnectedEndPoints().size();
    }

    /** Native WebSocket sessions: open, ended, and why. */
    public SessionStats sessions() {
        return sessions;
    }

    /** How often accepting a connection has failed; counted by the blocking connector only. */
    public long acceptFailures() {
        return connector instanceof BlockingConnector blocking ? blocking.getAcceptFailures() : 0;
    }

    /** How long a virtual thread waited for a processor when last measured, a quarter of a second ago at most. */
    public Duration schedulingDelay() {
        return Duration.ofNanos(clock.probe().delayNanos());
    }

    /** What was refused, cut off or ended for exceeding that limit, since the start. */
    public long refusals(Limit limit) {
        return refusals.of(limit)
                + switch (limit) {
                    case MESSAGE_BYTES -> sessions.ended(End.Reason.TOO_LARGE);
                    case SESSION_IDLE -> sessions.ended(End.Reason.IDLE_TIMEOUT);
                    case FRAME_DEADLINE -> sessions.ended(End.Reason.READ_TIMEOUT);
                    case STALLED_WRITE -> sessions.ended(End.Reason.WRITE_TIMEOUT);
                    case OUTBOX_BYTES -> sessions.tooManyBytesWaited();
                    case OUTBOX_MESSAGES ->
                        Math.max(0, sessions.ended(End.Reason.SLOW_CONSUMER) - sessions.tooManyBytesWaited());
                    default -> 0;
                };
    }
}
