package dev.plainweave.websocket;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Messages waiting for one peer, within the limits of an {@link Outbox}. Safe for any thread; never blocks for IO. */
final class OutboxQueue {
    /** A waiting message; its frame may be exchanged for a newer one of the same key. */
    private static final class Entry {
        final @Nullable Object key;
        Outgoing message;

        Entry(@Nullable Object key, Outgoing message) {
            this.key = key;
            this.message = message;
        }
    }

    private final Outbox limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Entry> entries = new ArrayDeque<>(4);
    private @Nullable Map<Object, Entry> keyed;
    private long bytes;
    private long added;
    private long removed;
    private volatile boolean left;
    private boolean tooManyBytes;
    private boolean closed;

    OutboxQueue(Outbox limits) {
        this.limits = limits;
    }

    /** Takes the message, or says why not: {@link Offer#CLOSED} means that it did not fit and the policy is to close. */
    Offer add(@Nullable Object key, Outgoing message) {
        lock.lock();
        try {
            if (closed || left) {
                return Offer.CLOSED;
            }
            Entry waiting = key == null || keyed == null ? null : keyed.get(key);
            if (waiting != null && fitsInsteadOf(waiting, message)) {
                bytes += message.length() - waiting.message.length();
                waiting.message = message;
                return Offer.REPLACED;
            }
            Offer result = Offer.QUEUED;
            while (!entries.isEmpty()
                    && (entries.size() >= limits.maxMessages() || bytes + message.length() > limits.maxBytes())) {
                if (limits.whenFull() == Outbox.WhenFull.CLOSE) {
                    tooManyBytes = entries.size() < limits.maxMessages();
                    return Offer.CLOSED;
                }
                remove();
                result = Offer.DROPPED_OLDEST;
            }
            Entry entry = new Entry(key, message);
            entries.add(entry);
            bytes += message.length();
            added++;
            if (key != null) {
                if (keyed == null) {
                    keyed = new HashMap<>();
                }
                keyed.put(key, entry);
            }
            return result;
        } finally {
            lock.unlock();
        }
    }

    private boolean fitsInsteadOf(Entry waiting, Outgoing message) {
        long after = bytes + message.length() - waiting.message.length();
        return after <= limits.maxBytes() || entries.size() == 1;
    }

    /** How many messages have ever been added: drain up to here to have written all that wait now. */
    long mark() {
        lock.lock();
        try {
            return added;
        } finally {
            lock.unlock();
        }
    }

    /** The oldest waiting message, if it was added before the mark. */
    @Nullable
    Outgoing poll(long mark) {
        lock.lock();
        try {
            return entries.isEmpty() || removed >= mark ? null : remove();
        } finally {
            lock.unlock();
        }
    }

    private Outgoing remove() {
        Entry entry = entries.remove();
        removed++;
        bytes -= entry.message.length();
        if (entry.key != null && keyed != null) {
            keyed.remove(entry.key, entry);
        }
        return entry.message;
    }

    /** Messages waiting. */
    int size() {
        lock.lock();
        try {
            return entries.size();
        } finally {
            lock.unlock();
        }
    }

    /** Bytes of payload waiting. */
    long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more; what waits may still be written. */
    void leave() {
        left = true;
    }

    /** Whether the first message that did not fit was too large, not one too many; true once. */
    boolean hadTooManyBytes() {
        lock.lock();
        try {
            boolean had = tooManyBytes;
            tooManyBytes = false;
            return had;
        } finally {
            lock.unlock();
        }
    }

    boolean left() {
        return left;
    }

    /** Whether nothing waits and nothing will. */
    boolean isDone() {
        lock.lock();
        try {
            return left && entries.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Drops everything and takes no more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            entries.clear();
            keyed = null;
            bytes = 0;
        } finally {
            lock.unlock();
        }
    }
}
