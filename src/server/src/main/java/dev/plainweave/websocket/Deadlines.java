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
    private static final Duration QUIET = Duration.ofSeconds(1);

    /** A moment is 2^24 ns, about 17 ms: an int tells moments apart for 2 years, and a duration of one year. */
    private static final int MOMENT_BITS = 24;

    private final ServerSession session;
    private final Wire wire;

    private volatile boolean closing;
    private volatile boolean due;
    private boolean ticked;
    private boolean pinged;
    private int unattended;
    // There is one of these for every session. Counters are only compared with what they were a moment ago: their lower
    // halves suffice. Times are in moments.
    private int seenBytes;
    private int seenReceived;
    private int seenMessages;
    private int seenProgress;
    private int lastBytes;
    private int lastMessage;
    private int pingSent;
    private int closingSince;
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
            lastBytes = moment(now);
            lastMessage = lastBytes;
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

    /**
     * The outbox goes out first, at the peer's pace; then its answer is awaited, but not for long. What keeps us from
     * writing our Close, such as a busy processor, is no fault of the peer's.
     */
    private void tickClosing(long now) {
        Reader reader = session.reader();
        int bytes = (int) reader.bytes();
        boolean ours = wire.writing()
                ? session.sender().closesAfterOutbox()
                : !session.sender().closeSent(); // our thread has not come to it yet
        if (closingSince == 0 || ours) {
            closingSince = moment(now);
        }
        if (bytes != seenBytes) {
            seenBytes = bytes;
            lastBytes = moment(now);
        }
        boolean quiet = passed(lastBytes, now, QUIET) && passed(closingSince, now, QUIET);
        if (passed(closingSince, now, session.options().closeTimeout())) {
            act(session::cutTransport);
        } else if (quiet && reader.deaf() && session.sender().closeSent()) {
            act(wire.secure() ? session::finishTransport : session::cutTransport);
        } else {
            reader.attend();
        }
    }

    private void attend() {
        Reader reader = session.reader();
        int received = (int) reader.messages();
        if (!reader.isFree() || received != seenReceived) {
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
        boolean advanced = (int) progress != seenProgress;
        seenProgress = (int) progress;
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
        int bytes = (int) reader.bytes();
        if (bytes != seenBytes || acknowledged || !reader.reading()) {
            seenBytes = bytes;
            lastBytes = moment(now);
            pinged = false;
        } else if (interval.isZero()) {
            return;
        } else if (!pinged && passed(lastBytes, now, interval)) {
            pinged = true;
            pingSent = moment(now);
            session.sender().ping();
        } else if (pinged && passed(pingSent, now, session.options().pongTimeout())) {
            act(() -> cut(End.Reason.PING_TIMEOUT));
        }
    }

    private void checkIdle(long now) {
        Duration limit = session.options().idleTimeout();
        int messages = (int) (session.reader().messages() + session.sender().messages());
        if (messages != seenMessages || wire.writing() || session.reader().midMessage()) {
            seenMessages = messages;
            lastMessage = moment(now);
        } else if (!limit.isZero() && passed(lastMessage, now, limit)) {
            act(() -> {
                session.endAndClose(End.Reason.IDLE_TIMEOUT, 1001, "idle", End.Operation.CLOCK, null, false);
                due = false;
            });
        }
    }

    private static int moment(long nanoTime) {
        return (int) (nanoTime >> MOMENT_BITS);
    }

    /** Whether that much time has passed, never too early. */
    private static boolean passed(int since, long now, Duration limit) {
        return moment(now) - since > (limit.toNanos() >> MOMENT_BITS) + 1;
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
