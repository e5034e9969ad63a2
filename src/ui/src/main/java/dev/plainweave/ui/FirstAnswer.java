package dev.plainweave.ui;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What the GET is answered with, which can be said until it has been answered. */
final class FirstAnswer {
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

    boolean fail(Throwable thrown) {
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
