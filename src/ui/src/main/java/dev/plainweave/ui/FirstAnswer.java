package dev.plainweave.ui;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the GET is answered with, which can be said until it has been answered. */
final class FirstAnswer {
    private static final Logger LOGGER = LoggerFactory.getLogger(Page.class);

    private final ReentrantLock lock = new ReentrantLock();
    private boolean closed;
    private int status = 200;
    private @Nullable String location;
    private @Nullable Throwable failure;

    /** From now on it is too late. */
    void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    /** Runs the page's function; what it throws is the answer, or, too late for that, a handler's failure. */
    void build(LivePage page, PageFunction function) {
        try {
            function.build(page);
        } catch (PageClosedException gone) {
            LOGGER.debug("the page function ended with its page", gone);
        } catch (Throwable failure) {
            if (!fail(failure)) {
                page.failed(failure);
            }
        } finally {
            page.waits().rendered();
        }
    }

    private boolean fail(Throwable thrown) {
        return decide(() -> failure = thrown);
    }

    boolean redirect(String to) {
        return decide(() -> location = to);
    }

    void status(int code) {
        if (!decide(() -> status = code)) {
            throw new IllegalStateException(
                    "the browser has got this page already: set the status before the page first waits");
        }
    }

    private boolean decide(Runnable decision) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            decision.run();
            return true;
        } finally {
            lock.unlock();
        }
    }

    int status() {
        return status;
    }

    Optional<String> location() {
        return Optional.ofNullable(location);
    }

    Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }
}
