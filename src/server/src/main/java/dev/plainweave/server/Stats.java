package dev.plainweave.server;

import dev.plainweave.connector.BlockingConnector;
import dev.plainweave.connector.ConnectionClock;
import dev.plainweave.websocket.Backlog;
import dev.plainweave.websocket.End;
import dev.plainweave.websocket.SessionStats;
import dev.plainweave.websocket.WebSocketRoutes;
import java.time.Duration;
import org.eclipse.jetty.server.AbstractConnector;

/**
 * Figures of a running server, since its start. Every call looks anew; counts only ever grow. Requests count when they are
 * done; bytes are as they travel, without the TLS around them, and those of Jakarta sessions count when the sessions end.
 */
public final class Stats {
    private final AbstractConnector connector;
    private final WebSocketRoutes sockets;
    private final ConnectionClock clock;
    private final Refusals refusals;
    private final RequestCounts requests;
    private final Traffic traffic;

    Stats(
            AbstractConnector connector,
            WebSocketRoutes sockets,
            Refusals refusals,
            RequestCounts requests,
            Traffic traffic) {
        this.connector = connector;
        this.sockets = sockets;
        this.refusals = refusals;
        this.requests = requests;
        this.traffic = traffic;
        clock = ConnectionClock.of(connector.getServer());
    }

    /** Connections open now, HTTP and WebSocket. */
    public int connections() {
        return connector.getConnectedEndPoints().size();
    }

    /** Connections accepted, those not counted that a limit refused. */
    public long accepted() {
        return traffic.accepted();
    }

    /** How often accepting a connection has failed; counted by the blocking connector only. */
    public long acceptFailures() {
        return connector instanceof BlockingConnector blocking ? blocking.getAcceptFailures() : 0;
    }

    /** Requests answered, WebSocket handshakes and refusals among them. */
    public long requests() {
        return requests.total();
    }

    /**
     * Requests by the class of their answer.
     *
     * @param statusClass the first digit of the status, 1 to 5; 0 for requests that got no answer
     */
    public long responses(int statusClass) {
        return requests.of(statusClass);
    }

    /** The time from a request's first byte to the end of its answer, of all {@link #responses} of that class together. */
    public Duration responseTime(int statusClass) {
        return requests.time(statusClass);
    }

    /** Native WebSocket sessions: open, ended, and why. */
    public SessionStats sessions() {
        return sockets.stats();
    }

    /** Sessions of Jakarta endpoints open now. */
    public long jakartaSessions() {
        return traffic.jakartaOpenNow();
    }

    /** Sessions of Jakarta endpoints opened. */
    public long jakartaSessionsOpened() {
        return traffic.jakartaOpened();
    }

    /** What waits in the outboxes of native sessions now. Visits every connection. */
    public Backlog backlog() {
        return sockets.backlog();
    }

    /** Messages received by native sessions. */
    public long messagesReceived() {
        return sessions().messagesReceived();
    }

    /** Messages sent by native sessions. */
    public long messagesSent() {
        return sessions().messagesSent();
    }

    /** Bytes received. */
    public long bytesReceived() {
        return sessions().bytesReceived() + traffic.bytesReceived();
    }

    /** Bytes sent. */
    public long bytesSent() {
        return sessions().bytesSent() + traffic.bytesSent();
    }

    /** What was refused, cut off or ended for exceeding that limit; of sessions, native ones. */
    public long refusals(Limit limit) {
        SessionStats sessions = sessions();
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

    /** How long a virtual thread waited for a processor when last measured, a quarter of a second ago at most. */
    public Duration schedulingDelay() {
        return Duration.ofNanos(clock.probe().delayNanos());
    }
}
