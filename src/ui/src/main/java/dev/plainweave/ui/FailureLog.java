package dev.plainweave.ui;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which failures are logged with their stacks: a client that can make a handler fail could fill the disk by clicking. Of
 * those that are left out the log says how many they were, once for each window.
 */
final class FailureLog {
    /** What the limits are meant for. */
    static final Duration WINDOW = Duration.ofMinutes(1);

    private static final Logger LOGGER = LoggerFactory.getLogger(Page.class);

    private final ReentrantLock lock = new ReentrantLock();
    /** How many were logged in this window, of each page; no more pages than stacks in all. */
    private final Map<String, Integer> logged = new HashMap<>();

    private final PageLimits limits;
    private final Clock clock;
    private final Duration window;
    private int all;
    private long leftOut;
    private boolean open;

    FailureLog(PageLimits limits, Clock clock, Duration window) {
        this.limits = limits;
        this.clock = clock;
        this.window = window;
    }

    /**
     * Whether one more failure is logged with its stack; it is counted as left out if not.
     *
     * @param page the id of its page; empty for the error page
     */
    boolean admits(String page) {
        lock.lock();
        try {
            if (!open) {
                open = true;
                clock.after(window, this::tell);
            }
            int mine = logged.getOrDefault(page, 0);
            if (mine >= limits.failureStacks() || all >= limits.failureStacksInAll()) {
                leftOut++;
                return false;
            }
            logged.put(page, mine + 1);
            all++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the window, and says what was left out in it; another begins with the next failure. */
    void tell() {
        long more;
        lock.lock();
        try {
            more = leftOut;
            logged.clear();
            all = 0;
            leftOut = 0;
            open = false;
        } finally {
            lock.unlock();
        }
        if (more > 0) {
            LOGGER.warn(
                    "{} more failures of pages in {} s, without their stacks: PageLimits.failureStacks is {}, in all"
                            + " {}",
                    more,
                    window.toSeconds(),
                    limits.failureStacks(),
                    limits.failureStacksInAll());
        }
    }
}
