package dev.plainweave.ui;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends what changed: at the end of a handler, at a wait, or {@link #DELAY} after the first unsent change. At most {@link
 * #WINDOW_FRAMES} frames or {@link #WINDOW_BYTES} are on their way; until the browser has applied some, changes only gather
 * in the tree, which is all the memory they cost. Everything here is under the lock of the tree; the link never waits.
 */
final class PageWriter {
    /** How long a change waits for others. */
    static final Duration DELAY = Duration.ofMillis(8);

    private static final long PATIENCE_NANOS =
            DELAY.minus(Clock.TICK.dividedBy(2)).toNanos();

    static final int WINDOW_FRAMES = 4;
    static final int WINDOW_BYTES = 256 * 1024;
    /** Replaced by a newer connection of the same page. */
    static final int REPLACED = 4001;
    /** The browser takes nothing, though it answers. */
    static final int SLOW_CONSUMER = 4002;

    private static final int ENDED = 1000;

    private record OnItsWay(long frame, int size, long since) {}

    private final Tree tree;
    private final Clock clock;
    private final BooleanSupplier busy;
    private final CommandLog commands = new CommandLog();
    private final ArrayDeque<OnItsWay> unacknowledged = new ArrayDeque<>(WINDOW_FRAMES);
    private int unacknowledgedBytes;
    private @Nullable Wire link;
    private long frame;
    private long base;
    private long accepted;
    private long attempt;
    private long told;
    private boolean toldBusy;
    /** Whether the clock looks here, and when the first change came that has not been sent; 0 for none. */
    private boolean watched;

    private long changedAt;
    /** Threads that make several changes one frame. */
    private @Nullable List<Thread> holders;

    private volatile boolean connected;

    PageWriter(Tree tree, Clock clock, BooleanSupplier busy) {
        this.tree = tree;
        this.clock = clock;
        this.busy = busy;
    }

    /** Something is to be sent, soon. */
    void changed() {
        if (link == null) {
            return;
        }
        if (changedAt == 0) {
            changedAt = System.nanoTime() | 1;
        }
        if (!watched) {
            watched = true;
            clock.soon(this::flushIfDue);
        }
    }

    /** Whether there is more to come. */
    private boolean flushIfDue() {
        tree.lock.lock();
        try {
            if (changedAt != 0 && System.nanoTime() - changedAt > PATIENCE_NANOS) {
                flush();
            }
            watched = changedAt != 0;
            return watched;
        } finally {
            tree.lock.unlock();
        }
    }

    /** The first page is about to go by HTTP, with all there is now. The number of that frame. */
    long rendered() {
        frame = 1;
        base = 1;
        tree.takeChanges().forEach(node -> node.sent(frame));
        return frame;
    }

    /** Sends what there is, as far as the browser keeps up. */
    void flush() {
        tree.lock.lock();
        try {
            changedAt = 0;
            Wire to = link;
            if (to == null || isHeld()) {
                return;
            }
            if (tree.hasChanges() || commands.hasUnsent()) {
                if (unacknowledged.size() < WINDOW_FRAMES && unacknowledgedBytes < WINDOW_BYTES) {
                    List<Node> nodes = tree.takeChanges();
                    sendFrame(to, nodes, false);
                    return;
                }
            }
            boolean now = busy.getAsBoolean();
            if (told != accepted || toldBusy != now) {
                sendHead(to);
            }
        } finally {
            tree.lock.unlock();
        }
    }

    /**
     * No more than one waits after each frame, whatever goes on here and however slow the browser is: so each says all that
     * the one says in whose place it may come.
     */
    private void sendHead(Wire to) {
        told = -1;
        to.send(frame, FrameEncoder.message(this::head));
    }

    private void sendFrame(Wire to, List<Node> nodes, boolean whole) {
        frame++;
        List<Command> due = commands.send(frame);
        String message = FrameEncoder.message(out -> {
            out.writeNumberField("n", frame);
            out.writeNumberField("base", base);
            head(out);
            FrameEncoder.state(out, nodes, whole);
            FrameEncoder.commands(out, due);
        });
        nodes.forEach(node -> node.sent(frame));
        base = frame;
        unacknowledged.add(new OnItsWay(frame, message.length(), System.nanoTime()));
        unacknowledgedBytes += message.length();
        to.send(message);
    }

    private void head(JsonGenerator out) throws IOException {
        if (told != accepted) {
            told = accepted;
            out.writeNumberField("ack", accepted);
        }
        toldBusy = busy.getAsBoolean();
        if (toldBusy) {
            out.writeBooleanField("busy", true);
        }
    }

    /**
     * Whether the hello may have the page. One that comes after a later one of its document, or of another document that says
     * it is the same, is closed as replaced.
     *
     * @throws ProtocolException if its browser cannot have what it says
     */
    boolean admits(Wire from, Incoming.Hello hello) {
        if (hello.lastFrame() > frame || hello.lastCommand() > commands.last()) {
            throw new ProtocolException("the browser has what was never sent");
        }
        if (hello.attempt() != 0 && hello.attempt() <= attempt) {
            from.close(REPLACED, "there is a newer connection of this page");
            return false;
        }
        return true;
    }

    /** The browser has connected, for the first time or again, with a hello that was admitted. */
    void connect(Wire to, Incoming.Hello hello) {
        attempt = Math.max(attempt, hello.attempt());
        long lastFrame = hello.lastFrame();
        commands.resume(hello.lastCommand());
        Wire old = link;
        if (old != null) {
            old.close(REPLACED, "another connection of this page");
        }
        link = to;
        connected = true;
        unacknowledged.clear();
        unacknowledgedBytes = 0;
        told = accepted;
        toldBusy = false;
        to.send(FrameEncoder.message(out -> {
            out.writeObjectFieldStart(lastFrame == 0 ? "snapshot" : "resumed");
            out.writeNumberField("lastEvent", accepted);
            out.writeEndObject();
        }));
        List<Node> missing = tree.changedAfter(lastFrame);
        if (lastFrame != frame || !missing.isEmpty() || commands.hasUnsent()) {
            base = lastFrame;
            sendFrame(to, missing, true);
        } else if (busy.getAsBoolean()) {
            sendHead(to);
        }
    }

    /** That connection has gone; whether it was the page's. */
    boolean disconnect(Wire gone) {
        boolean was = isLink(gone);
        if (was) {
            link = null;
        }
        return was;
    }

    /** Whether that is the page's connection: not one that a newer one has replaced. */
    @SuppressWarnings("ReferenceEquality") // two connections may be equal records of what they are made of
    boolean isLink(Wire candidate) {
        return link == candidate;
    }

    boolean isConnected() {
        return link != null;
    }

    /** Frames that the browser has not applied yet. */
    int onTheirWay() {
        return unacknowledged.size();
    }

    /** Whether there ever was a connection. */
    boolean wasConnected() {
        return connected;
    }

    /** Sends a last word, and nothing more. */
    void end(String lastWord) {
        Wire last = link;
        link = null;
        if (last != null) {
            last.send(lastWord);
            last.close(ENDED, "the page has ended");
        }
    }

    /** The browser has applied that frame, and all before it. */
    void applied(long upTo) {
        if (upTo > frame) {
            throw new ProtocolException("frame " + upTo + " was never sent");
        }
        boolean full = unacknowledged.size() >= WINDOW_FRAMES || unacknowledgedBytes >= WINDOW_BYTES;
        while (!unacknowledged.isEmpty() && unacknowledged.getFirst().frame() <= upTo) {
            unacknowledgedBytes -= unacknowledged.remove().size();
        }
        commands.applied(upTo);
        if (full) {
            flush();
        }
    }

    /** A browser that has applied nothing for that long, though it should, loses its connection, and may come back. */
    void closeIfStalled(Duration limit) {
        OnItsWay oldest = unacknowledged.peek();
        if (link != null && oldest != null && System.nanoTime() - oldest.since() > limit.toNanos()) {
            link.close(SLOW_CONSUMER, "nothing was applied for " + limit.toMillis() + " ms");
        }
    }

    /** Takes note of an event; whether it is a new one. */
    boolean accept(long event) {
        if (event > accepted + 1) {
            throw new ProtocolException("event " + event + " came after event " + accepted);
        }
        changed();
        if (event <= accepted) {
            told = Math.min(told, event - 1);
            return false;
        }
        accepted = event;
        return true;
    }

    /** The browser asks whether anybody is there: the next message says so, soon. */
    void alive() {
        told = -1;
        changed();
    }

    /** The last event that was taken note of. */
    long accepted() {
        return accepted;
    }

    /** Has the browser do something; a command that had to go for it, whose waiter is to be told. */
    @Nullable
    Command command(Command command) {
        Command dropped = commands.add(command);
        changed();
        return dropped;
    }

    @Nullable
    CompletableFuture<JsonNode> answered(long command) {
        return commands.answered(command);
    }

    /** Nothing is sent until {@link #release}; false, if that thread has it held back already. */
    boolean hold(Thread by) {
        if (isHeldBy(by)) {
            return false;
        }
        holders = holders == null ? new ArrayList<>(1) : holders;
        return holders.add(by);
    }

    boolean isHeldBy(Thread thread) {
        return holders != null && holders.contains(thread);
    }

    private boolean isHeld() {
        return holders != null && !holders.isEmpty();
    }

    void release(Thread by) {
        Objects.requireNonNull(holders).remove(by);
        if (!isHeld() && (tree.hasChanges() || commands.hasUnsent() || told != accepted)) {
            flush();
        }
    }
}
