package dev.plainweave.bench.process;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a server has printed. All variants log to the console from INFO up, so that a line is a log line at INFO or above,
 * or part of a stack trace. Written by one thread.
 */
public final class Output {
    private static final int LAST_LINES = 12;

    private final ConcurrentLinkedDeque<String> last = new ConcurrentLinkedDeque<>();
    private final AtomicInteger lines = new AtomicInteger();
    private final AtomicInteger stackTraces = new AtomicInteger();
    private boolean inTrace;

    void add(String line) {
        boolean frame = line.stripLeading().startsWith("at ") && Character.isWhitespace(line.charAt(0));
        if (frame && !inTrace) {
            stackTraces.incrementAndGet();
        }
        if (!frame) {
            lines.incrementAndGet();
        }
        inTrace = frame;
        last.addLast(line);
        if (last.size() > LAST_LINES) {
            last.removeFirst();
        }
    }

    /** Lines that are no part of a stack trace. */
    public int lines() {
        return lines.get();
    }

    public int stackTraces() {
        return stackTraces.get();
    }

    /** The last lines, in one. */
    public String tail() {
        return String.join(" | ", last);
    }
}
