package dev.plainweave.websocket;

import dev.plainweave.orders.EveryOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A session of which only the seat is real: the socket is a queue, and an end is a word. What it does with both is what
 * {@link ServerSession} and {@link Reader} do.
 */
final class ModelSession extends Seat {
    /** What a peer may send. */
    enum Sent {
        MESSAGE,
        PING,
        CLOSE
    }

    /** What {@code receive} throws when the session has ended. */
    private static final class Over extends RuntimeException {
        private static final long serialVersionUID = 1;

        Over() {
            super(null, null, false, false);
        }
    }

    /** What a handler does before its session is closed. */
    interface Handler {
        void handle();
    }

    private final AtomicReference<List<Sent>> socket = new AtomicReference<>(List.of());
    private final Semaphore arrived = new Semaphore(0);
    private final AtomicInteger readers = new AtomicInteger();
    private final AtomicReference<String> end = new AtomicReference<>();
    private final AtomicInteger attendants = new AtomicInteger();
    private final AtomicInteger left = new AtomicInteger();
    private final Semaphore allLeft = new Semaphore(0);
    private boolean answers = true;
    private volatile boolean closed;
    private volatile boolean done;
    private volatile boolean shuttingDown;
    private boolean outOfMemory;
    private volatile Throwable failure;

    // Of whoever sits on the seat.
    private final Queue<Sent> ahead = new ArrayDeque<>();
    private int messages;
    private int pings;

    // Of whoever receives.
    private long now;
    private boolean hasTime;
    private final List<String> received = new ArrayList<>();

    // ---- the peer

    void arrive(Sent... what) {
        for (Sent each : what) {
            List<Sent> before = socket.get();
            while (!socket.compareAndSet(before, plus(before, each))) {
                before = socket.get();
            }
            arrived.release();
        }
    }

    private static List<Sent> plus(List<Sent> before, Sent one) {
        List<Sent> after = new ArrayList<>(before);
        after.add(one);
        return after;
    }

    /** Came with the handshake: it is there before anybody reads. */
    void prime(Sent early) {
        ahead.add(early);
    }

    /** It does not answer our Close; the connection is cut when the handler has heard of the end. */
    void silentPeer() {
        answers = false;
    }

    /** The next attendant cannot be started. */
    void outOfMemory() {
        outOfMemory = true;
    }

    // ---- the handler

    void run(Handler handler) {
        try {
            handler.handle();
            endAndClose("server closed");
        } catch (Over over) {
            if (!answers) {
                cut();
            }
        } finally {
            Thread.interrupted();
            drainToClose();
            finishTransport();
        }
    }

    void receiveOne() {
        received.add(receive(Long.MAX_VALUE).toString());
    }

    void receiveAll() {
        while (true) {
            receiveOne();
        }
    }

    /** Whether one came in time. */
    boolean receiveBriefly() {
        Message message = receive(1);
        if (message != null) {
            received.add(message.toString());
        }
        return message != null;
    }

    /** One with a timeout that does not come. */
    void receiveInTime() {
        hasTime = true;
        received.add(receive(1).toString());
        hasTime = false;
    }

    // ---- the session

    private boolean end(String reason) {
        if (end.compareAndSet(null, reason)) {
            wake();
            return true;
        }
        return false;
    }

    /** The peer answers our Close at once, or never. */
    void endAndClose(String reason) {
        if (end(reason) && answers) {
            arrive(Sent.CLOSE);
        }
    }

    private void finishTransport() {
        done = true;
        closed = true;
        arrived.release();
        transportIsDone();
    }

    /** A write failed, or the clock lost its patience. */
    void cut() {
        end("cut");
        finishTransport();
    }

    void shutdown() {
        shuttingDown = true;
        if (receiverWaits()) {
            endAndClose("shutdown");
        }
    }

    // ---- on the seat

    /** Takes what has arrived, all of it, and returns the first; null when the connection is closed, or for a message. */
    private Sent next(boolean controlOnly) {
        alone();
        while (ahead.isEmpty() && !closed) {
            arrived.acquireUninterruptibly();
            ahead.addAll(socket.getAndSet(List.of()));
        }
        boolean lost = ahead.isEmpty();
        boolean heldBack = controlOnly && ahead.peek() == Sent.MESSAGE;
        Sent next = heldBack ? null : ahead.poll();
        readers.decrementAndGet();
        if (lost) {
            cut();
        }
        return next;
    }

    private void alone() {
        EveryOrder.check(readers.incrementAndGet() == 1, "two on the seat");
    }

    private Message accept(Sent sent) {
        if (sent == Sent.PING) {
            pings++;
        } else if (sent == Sent.CLOSE) {
            end("peer closed");
            finishTransport();
        }
        return sent == Sent.MESSAGE ? new Message.Text(Integer.toString(messages++)) : null;
    }

    @Override
    Message readMessage() {
        Message message = null;
        while (message == null && !hasEnded()) {
            message = accept(next(false));
        }
        return hasEnded() ? null : message;
    }

    @Override
    boolean readControl() {
        Sent sent = next(true);
        accept(sent);
        return sent != null;
    }

    @Override
    void readAndDrop() {
        accept(next(false));
    }

    @Override
    void giveBack() {
        alone();
        ahead.clear();
        readers.decrementAndGet();
    }

    @Override
    boolean hasEnded() {
        return end.get() != null;
    }

    @Override
    boolean transportDone() {
        return done;
    }

    @Override
    void checkReceiving() {
        if (shuttingDown) {
            endAndClose("shutdown");
        }
        if (hasEnded()) {
            throw new Over();
        }
    }

    @Override
    void interrupted() {
        endAndClose("interrupted");
    }

    @Override
    void broken(Throwable thrown) {
        failure = thrown;
        cut();
    }

    @Override
    Thread attendant(Runnable task) {
        if (outOfMemory) {
            outOfMemory = false;
            throw new OutOfMemoryError("not really");
        }
        attendants.incrementAndGet();
        return EveryOrder.actor(() -> {
            task.run();
            left.incrementAndGet();
            allLeft.release();
        });
    }

    @Override
    void park() {
        EveryOrder.park();
    }

    @Override
    void park(long nanos) {
        if (hasTime) {
            EveryOrder.park();
        } else if (!EveryOrder.parkBriefly()) {
            now += nanos;
        }
    }

    @Override
    void unpark(Thread thread) {
        if (thread != null) {
            EveryOrder.unpark(thread);
        }
    }

    @Override
    long nanoTime() {
        return now;
    }

    // ---- what must hold when everybody has gone

    /** Everybody has left, one end is settled, nothing is borrowed, and so many pings at least were obeyed. */
    void over(String expectedEnd, int expectedMessages) {
        while (left.get() < attendants.get()) {
            allLeft.acquireUninterruptibly();
        }
        if (failure != null) {
            throw new AssertionError(failure);
        }
        EveryOrder.check(isFree(), "somebody sits there for ever");
        EveryOrder.check(ahead.isEmpty(), "something borrowed is not given back");
        EveryOrder.check(done, "the connection is not closed");
        EveryOrder.check(expectedEnd.contains(end.get()), "ended as " + end.get());
        for (int at = 0; at < received.size(); at++) {
            EveryOrder.check(
                    received.get(at).contains(Integer.toString(at)), "message " + at + " is " + received.get(at));
        }
        EveryOrder.check(expectedMessages < 0 || received.size() == expectedMessages, received + " were received");
    }

    int pings() {
        return pings;
    }
}
