package dev.plainweave.ui;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts what has failed, by address, in windows that begin with the first failure. An attempt counts from its beginning, so
 * that a hundred at the same time are a hundred; one that succeeds is taken back. Bounded: of the addresses that are
 * known, the one whose window began first is forgotten.
 */
final class Attempts {
    private static final int MOST_ADDRESSES = 10_000;

    private static final class Window {
        final long since = System.nanoTime();
        int count;
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Window> windows = new LinkedHashMap<>();
    private final LoginLimits limits;

    Attempts(LoginLimits limits) {
        this.limits = limits;
    }

    /** Counts one more; false, if that is too many. */
    boolean begin(String address) {
        lock.lock();
        try {
            forget();
            Window window = windows.computeIfAbsent(Network.of(address), first -> new Window());
            if (window.count >= limits.attempts()) {
                return false;
            }
            window.count++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The attempt was a good one, and counts no more. */
    void succeeded(String address) {
        lock.lock();
        try {
            windows.computeIfPresent(Network.of(address), (same, window) -> {
                window.count--;
                return window.count == 0 ? null : window;
            });
        } finally {
            lock.unlock();
        }
    }

    private void forget() {
        long now = System.nanoTime();
        Iterator<Window> oldestFirst = windows.values().iterator();
        while (oldestFirst.hasNext()) {
            boolean over = now - oldestFirst.next().since >= limits.window().toNanos();
            if (!over && windows.size() < MOST_ADDRESSES) {
                return;
            }
            oldestFirst.remove();
        }
    }
}
