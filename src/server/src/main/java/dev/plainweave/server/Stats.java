package dev.plainweave.server;

import dev.plainweave.connector.BlockingConnector;
import dev.plainweave.connector.ConnectionClock;
import dev.plainweave.websocket.SessionStats;
import java.time.Duration;
import org.eclipse.jetty.server.AbstractConnector;

/** Figures of a running server. Every call looks anew. */
public final class Stats {
    private final AbstractConnector connector;
    private final SessionStats sessions;
    private final ConnectionClock clock;

    Stats(AbstractConnector connector, SessionStats sessions, ConnectionClock clock) {
        this.connector = connector;
        this.sessions = sessions;
        this.clock = clock;
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
}
