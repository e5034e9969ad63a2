package dev.plainweave.websocket;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The writing half of a session. Whoever holds the lock writes, and first writes what was there before: an answer to a
 * ping, then the outbox. What must not wait for the lock, a pong above all, is left in a slot for a virtual thread that
 * is started on demand.
 */
class Sender {
    /** Larger messages go out in fragments of this size, so that a pong need not wait for the whole. */
    static final int FRAGMENT = 64 * 1024;

    private static final byte[] PING_PAYLOAD = {};
    private static final VarHandle OUTBOX;
    private static final VarHandle TOPICS;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            OUTBOX = lookup.findVarHandle(Sender.class, "outbox", OutboxQueue.class);
            TOPICS = lookup.findVarHandle(Sender.class, "topics", List.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final ServerSession session;
    private final Wire wire;
    private final ReentrantLock lock = new ReentrantLock();

    private volatile boolean draining;
    private volatile byte @Nullable [] pong;
    private volatile boolean ping;
    private volatile byte @Nullable [] close;
    private volatile boolean closesAfterOutbox;
    private volatile boolean closeSent;
    private volatile @Nullable Runnable afterClose;
    private volatile @Nullable OutboxQueue outbox;
    private volatile List<OutboxQueue> topics = List.of();
    private long messages;

    Sender(ServerSession session, Wire wire) {
        this.session = session;
        this.wire = wire;
    }

    /** Writes the message after all that was offered before it. */
    void send(Outgoing message) throws IOException {
        lock.lock();
        try {
            session.checkOpen();
            writeQueued();
            session.checkOpen();
            write(message);
        } finally {
            lock.unlock();
        }
    }

    /** Puts the message in the session's own box. */
    Offer offer(@Nullable Object key, Outgoing message) {
        return offer(ownOutbox(), key, message);
    }

    /** Puts the message in a box that belongs to this session. */
    Offer offer(OutboxQueue box, @Nullable Object key, Outgoing message) {
        if (session.ended() != null) {
            return Offer.CLOSED;
        }
        Offer result = box.add(key, message);
        if (result != Offer.CLOSED) {
            drainSoon();
        } else if (!box.left()) {
            session.endAndClose(End.Reason.SLOW_CONSUMER, 1008, "too slow", End.Operation.WRITE, null, false);
            if (box.hadTooManyBytes()) {
                wire.stats().tooManyBytes();
            }
        }
        return result;
    }

    // Never under the lock, which a blocked write may hold: to offer must not wait for it.

    private OutboxQueue ownOutbox() {
        OutboxQueue known = outbox;
        if (known == null) {
            OUTBOX.compareAndSet(this, null, new OutboxQueue(session.options().outbox()));
            known = outbox;
        }
        return Objects.requireNonNull(known);
    }

    /** A box of its own for a topic. */
    void add(OutboxQueue topic) {
        changeTopics(known -> Stream.concat(known.stream(), Stream.of(topic)).toList());
    }

    /** What is in the box already will still be written. */
    void remove(OutboxQueue topic) {
        topic.leave();
        if (session.ended() == null) {
            drainSoon();
        }
    }

    private void changeTopics(UnaryOperator<List<OutboxQueue>> change) {
        List<OutboxQueue> known = topics;
        while (!TOPICS.compareAndSet(this, known, change.apply(known))) {
            known = topics;
        }
    }

    /** Answers a ping; of several that wait only the newest needs an answer (RFC 6455, section 5.5.3). */
    void pong(ByteBuffer payload) {
        byte[] copy = new byte[payload.remaining()];
        payload.duplicate().get(copy);
        pong = copy;
        drainSoon();
    }

    void ping() {
        ping = true;
        drainSoon();
    }

    /** Sends a Close after what is being written; what waits in the outbox goes before it if that is wanted. */
    void close(int code, String reason, boolean afterOutbox) {
        if (!afterOutbox) {
            dropOutbox();
        }
        closesAfterOutbox = afterOutbox;
        close = FrameWriter.closePayload(code, reason);
        drainSoon();
    }

    /** Runs that once our Close is out, at once if it is out already; perhaps twice. */
    void finishAfterClose(Runnable action) {
        afterClose = action;
        if (closeSent) {
            action.run();
        }
    }

    boolean closeSent() {
        return closeSent;
    }

    /** Whether the Close waits for what was offered before. */
    boolean closesAfterOutbox() {
        return closesAfterOutbox && !closeSent;
    }

    /** Messages sent. */
    long messages() {
        return messages;
    }

    /** Messages waiting in all boxes. */
    int waiting() {
        return addTo(new Backlog(0, 0, 0)).messages();
    }

    /** Adds what waits in all boxes. */
    Backlog addTo(Backlog backlog) {
        int waiting = 0;
        long bytes = 0;
        OutboxQueue own = outbox;
        for (OutboxQueue box : own == null
                ? topics
                : Stream.concat(Stream.of(own), topics.stream()).toList()) {
            waiting += box.size();
            bytes += box.bytes();
        }
        return waiting == 0 ? backlog : backlog.plus(waiting, bytes);
    }

    void dropOutbox() {
        OutboxQueue own = outbox;
        if (own != null) {
            own.close();
        }
        topics.forEach(OutboxQueue::close);
    }

    private void drainSoon() {
        if (!draining) {
            draining = true;
            try {
                thread(this::drain).start();
            } catch (Throwable noThread) { // for want of memory: the next who sends tries again
                draining = false;
                throw noThread;
            }
        }
    }

    /** A thread for what waits, not yet started. */
    Thread thread(Runnable task) {
        return Thread.ofVirtual().name("send-" + session.id()).unstarted(task);
    }

    private void drain() {
        try {
            if (writeWaiting()) {
                Runnable after = afterClose;
                if (after != null) {
                    after.run();
                }
            }
        } catch (IOException lost) {
            session.lost(End.Operation.WRITE, lost);
        } catch (Throwable failed) {
            session.broken(failed);
        }
    }

    /** Writes what waits; true when that was the Close. */
    private boolean writeWaiting() throws IOException {
        lock.lock();
        try {
            draining = false; // what comes from now on starts a thread again, which waits for the lock
            if (closeSent || !wire.open()) {
                return false;
            }
            byte[] goodbye = close;
            writeQueued();
            if (goodbye != null) {
                writeControl(FrameWriter.CLOSE, goodbye);
                closeSent = true;
            }
            return closeSent;
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock: everything that waits now, but not what others add meanwhile. */
    private void writeQueued() throws IOException {
        writeControls();
        writeAll(outbox);
        for (OutboxQueue topic : topics) {
            writeAll(topic);
            if (topic.isDone()) {
                changeTopics(
                        known -> known.stream().filter(other -> other != topic).toList());
            }
        }
    }

    private void writeAll(@Nullable OutboxQueue box) throws IOException {
        if (box != null) {
            long mark = box.mark();
            for (Outgoing next = box.poll(mark); next != null; next = box.poll(mark)) {
                write(next);
                writeControls();
            }
        }
    }

    private void writeControls() throws IOException {
        byte[] answer = pong;
        if (answer != null) {
            pong = null;
            writeControl(FrameWriter.PONG, answer);
        }
        if (ping) {
            ping = false;
            writeControl(FrameWriter.PING, PING_PAYLOAD);
        }
    }

    private void writeControl(int opcode, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(FrameWriter.headerLength(payload.length) + payload.length);
        FrameWriter.putHeader(frame, opcode, true, false, payload.length);
        wire.write(frame.put(payload).flip());
    }

    private void write(Outgoing message) throws IOException {
        boolean deflated = message.worthCompressing() && session.handshake().compressed();
        ByteBuffer payload = deflated ? message.compressed() : message.payload();
        messages++;
        wire.stats().messageSent();
        if (payload.remaining() <= FRAGMENT) {
            writeFrame(message.opcode(), true, deflated, payload);
            return;
        }
        int opcode = message.opcode();
        int limit = payload.limit();
        while (true) {
            payload.limit(Math.min(limit, payload.position() + FRAGMENT));
            boolean last = payload.limit() == limit;
            writeFrame(opcode, last, deflated && opcode != FrameWriter.CONTINUATION, payload);
            if (last) {
                return;
            }
            opcode = FrameWriter.CONTINUATION;
            writeControls();
        }
    }

    private void writeFrame(int opcode, boolean fin, boolean deflated, ByteBuffer payload) throws IOException {
        int length = payload.remaining();
        int header = FrameWriter.headerLength(length);
        if (length <= 4096) {
            ByteBuffer frame = ByteBuffer.allocate(header + length);
            FrameWriter.putHeader(frame, opcode, fin, deflated, length);
            wire.write(frame.put(payload).flip());
        } else {
            ByteBuffer frame = ByteBuffer.allocate(header);
            FrameWriter.putHeader(frame, opcode, fin, deflated, length);
            wire.write(frame.flip(), payload);
        }
    }
}
