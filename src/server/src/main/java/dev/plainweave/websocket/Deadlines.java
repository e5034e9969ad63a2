package dev.plainweave.websocket;

import dev.plainweave.connector.ConnectionClock;
import dev.plainweave.connector.StallMeter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What may take too long in a session. Looked at by the clock a few times a second; what the session does meanwhile it
 * notes in plain counters, so that no message pays for a deadline.
 */
final class Deadlines {
    /** How long nobody sits on the reading seat before an attendant is sent. */
    private static final int TICKS_UNATTENDED = (int) (TimeUnit.SECONDS.toMillis(1) / ConnectionClock.TICK_MILLIS);

    /** How long a peer that broke the protocol must be silent to count as one that has read why. */
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ServerSession session;
    private final Wire wire;

    private volatile boolean closing;
    private volatile boolean due;
    private boolean ticked;
    private boolean pinged;
    private int unattended;
    private long seenBytes;
    private long seenReceived;
    private long seenMessages;
    private long seenProgress;
    private long lastBytes;
    private long lastMessage;
    private long pingSent;
    private long closingSince;
    private @Nullable StallMeter reading;
    private @Nullable StallMeter writing;

    Deadlines(ServerSession session, Wire wire) {
        this.session = session;
        this.wire = wire;
    }

    /** The end is settled; the peer's answer is awaited from the next tick on. */
    void closing() {
        closing = true;
    }

    void tick(long now) {
        if (due || session.transportDone()) {
            return;
        }
        if (!ticked) {
            ticked = true;
            lastBytes = now;
            lastMessage = now;
        }
        boolean acknowledged = checkWriting(now);
        if (due) {
            return;
        }
        if (closing) {
            tickClosing(now);
        } else {
            attend();
            checkReading(now);
            checkPing(now, acknowledged);
            checkIdle(now);
        }
    }

    /** The outbox goes out first, at the peer's pace; then its answer is awaited, but not for long. */
    private void tickClosing(long now) {
        Reader reader = session.reader();
        long bytes = reader.bytes();
        if (closingSince == 0 || (wire.writing() && session.sender().closesAfterOutbox())) {
            closingSince = now;
        }
        if (bytes != seenBytes) {
            seenBytes = bytes;
            lastBytes = now;
        }
        boolean quiet = now - lastBytes >= QUIET_NANOS && now - closingSince >= QUIET_NANOS;
        if (now - closingSince >= session.options().closeTimeout().toNanos()) {
            act(session::cutTransport);
        } else if (quiet && reader.deaf() && session.sender().closeSent()) {
            act(wire.secure() ? session::finishTransport : session::cutTransport);
        } else {
            reader.attend();
        }
    }

    private void attend() {
        Reader reader = session.reader();
        long received = reader.messages();
        if (!reader.seatFree() || received != seenReceived) {
            seenReceived = received;
            unattended = 0;
        } else if (++unattended >= TICKS_UNATTENDED) {
            reader.attend();
        }
    }

    /** True for a write that takes long and advances: the peer's system takes what we send, so there is a peer. */
    private boolean checkWriting(long now) {
        if (!wire.writing()) {
            writing = null;
            return false;
        }
        long progress = wire.progress();
        boolean advanced = progress != seenProgress;
        seenProgress = progress;
        StallMeter meter = writing;
        if (meter == null) {
            writing = new StallMeter(session.options().stalledWrite().toNanos(), now, progress);
            return false;
        }
        if (meter.stalled(now, progress)) {
            act(() -> cut(End.Reason.WRITE_TIMEOUT));
        } else if (!advanced) {
            wire.nudge();
        }
        return advanced;
    }

    private void checkReading(long now) {
        Reader reader = session.reader();
        if (!reader.midMessage() || !reader.reading()) {
            reading = null;
        } else if (reading == null) {
            reading = new StallMeter(session.options().frameDeadline().toNanos(), now, reader.bytes());
        } else if (reading.stalled(now, reader.bytes())) {
            act(() -> {
                session.readStalled();
                due = false;
            });
        }
    }

    private void checkPing(long now, boolean acknowledged) {
        Duration interval = session.options().pingInterval();
        Reader reader = session.reader();
        long bytes = reader.bytes();
        if (bytes != seenBytes || acknowledged || !reader.reading()) {
            seenBytes = bytes;
            lastBytes = now;
            pinged = false;
        } else if (interval.isZero()) {
            return;
        } else if (!pinged && now - lastBytes >= interval.toNanos()) {
            pinged = true;
            pingSent = now;
            session.sender().ping();
        } else if (pinged && now - pingSent >= session.options().pongTimeout().toNanos()) {
            act(() -> cut(End.Reason.PING_TIMEOUT));
        }
    }

    private void checkIdle(long now) {
        Duration limit = session.options().idleTimeout();
        long messages = session.reader().messages() + session.sender().messages();
        if (messages != seenMessages || wire.writing() || session.reader().midMessage()) {
            seenMessages = messages;
            lastMessage = now;
        } else if (!limit.isZero() && now - lastMessage >= limit.toNanos()) {
            act(() -> {
                session.endAndClose(End.Reason.IDLE_TIMEOUT, 1001, "idle", End.Operation.CLOCK, null, false);
                due = false;
            });
        }
    }

    private void cut(End.Reason reason) {
        session.end(reason, 1006, "", End.Operation.CLOCK, null);
        session.cutTransport();
    }

    /** What is due does IO: not on the clock's thread. */
    private void act(Runnable action) {
        if (!due) {
            due = true;
            Thread.ofVirtual().name("deadline-" + session.id()).start(action);
        }
    }
}
