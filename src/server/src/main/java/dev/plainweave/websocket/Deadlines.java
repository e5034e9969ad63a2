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

    private final ServerSession session;
    private final Wire wire;

    private volatile boolean closing;
    private long closingSince;
    private int unattended;
    private boolean ticked;
    private boolean pinged;
    private boolean due;
    private long seenBytes;
    private long seenReceived;
    private long seenMessages;
    private long lastBytes;
    private long lastMessage;
    private long pingSent;
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
        if (closing) {
            tickClosing(now);
        } else {
            attend();
            checkWriting(now);
            checkReading(now);
            checkPing(now);
            checkIdle(now);
        }
    }

    private void tickClosing(long now) {
        if (closingSince == 0) {
            closingSince = now;
        } else if (now - closingSince >= session.options().closeTimeout().toNanos()) {
            act(session::finishTransport);
            return;
        }
        session.reader().attend();
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

    private void checkWriting(long now) {
        long pending = wire.pending();
        if (pending < 0) {
            writing = null;
        } else if (writing == null) {
            writing = new StallMeter(session.options().stallTimeout().toNanos(), now, -pending);
        } else if (writing.stalled(now, -pending)) {
            act(() -> cut(End.Reason.WRITE_TIMEOUT, 1006));
        }
    }

    private void checkReading(long now) {
        Reader reader = session.reader();
        if (!reader.midMessage() || !reader.reading()) {
            reading = null;
        } else if (reading == null) {
            reading = new StallMeter(session.options().stallTimeout().toNanos(), now, reader.bytes());
        } else if (reading.stalled(now, reader.bytes())) {
            act(() -> goodbye(End.Reason.READ_TIMEOUT, 1008, "message stalled"));
        }
    }

    private void checkPing(long now) {
        Duration interval = session.options().pingInterval();
        Reader reader = session.reader();
        long bytes = reader.bytes();
        if (bytes != seenBytes || !reader.reading()) {
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
            act(() -> cut(End.Reason.PING_TIMEOUT, 1006));
        }
    }

    private void checkIdle(long now) {
        Duration limit = session.options().idleTimeout();
        long messages = session.reader().messages() + session.sender().messages();
        if (messages != seenMessages) {
            seenMessages = messages;
            lastMessage = now;
        } else if (!limit.isZero() && now - lastMessage >= limit.toNanos()) {
            act(() -> goodbye(End.Reason.IDLE_TIMEOUT, 1001, "idle"));
        }
    }

    private void goodbye(End.Reason reason, int code, String text) {
        session.endAndClose(reason, code, text, End.Operation.CLOCK, null, false);
        due = false;
    }

    private void cut(End.Reason reason, int code) {
        session.end(reason, code, "", End.Operation.CLOCK, null);
        session.finishTransport();
    }

    /** What is due runs user code and does IO: not on the clock's thread. */
    private void act(Runnable action) {
        due = true;
        Thread.ofVirtual().name("deadline-" + session.id()).start(action);
    }
}
