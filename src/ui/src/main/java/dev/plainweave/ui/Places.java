package dev.plainweave.ui;

import dev.plainweave.http.HttpError;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many pages are open: in all, of each visitor, and of each address ({@link Network}). A place is taken before there is a
 * page for it, so that of any number of visits at once no more get in than may; it is given back once, when the page ends.
 */
final class Places {
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Integer> visitors = new HashMap<>();
    private final Map<String, Integer> addresses = new HashMap<>();
    /** By address: those that no browser has connected to yet. */
    private final Map<String, Integer> unconnected = new HashMap<>();

    private final PageLimits limits;
    private final PageCounts counts;
    private int all;

    Places(PageLimits limits, PageCounts counts) {
        this.limits = limits;
        this.counts = counts;
    }

    /** What one page takes up. Guarded by the lock. */
    final class Place {
        private final String visitor;
        private final String address;
        private boolean waits = true;
        private boolean taken = true;

        private Place(String visitor, String address) {
            this.visitor = visitor;
            this.address = address;
        }

        /** A browser has connected to the page. Harmless when repeated. */
        void connected() {
            locked(this::waitsNoMore);
        }

        private void waitsNoMore() {
            if (waits) {
                waits = false;
                less(unconnected, address);
            }
        }

        /** The page has ended. Harmless when repeated. */
        void giveBack() {
            locked(() -> {
                waitsNoMore();
                if (taken) {
                    taken = false;
                    less(visitors, visitor);
                    less(addresses, address);
                    all--;
                }
            });
        }
    }

    /**
     * A place for one more page.
     *
     * @throws HttpError if there are too many
     */
    Place take(String visitor, String from) {
        String address = Network.of(from);
        lock.lock();
        try {
            if (all >= limits.pages()) {
                throw refused("pages", UNAVAILABLE, "this server has as many open pages as it may have");
            }
            if (of(unconnected, address) >= limits.unconnected()) {
                throw refused("unconnected", TOO_MANY, "too many pages were opened here and left");
            }
            if (of(visitors, visitor) >= limits.visitorPages()) {
                throw refused("visitorPages", TOO_MANY, "too many pages are open here: close some first");
            }
            if (of(addresses, address) >= limits.addressPages()) {
                throw refused("addressPages", TOO_MANY, "too many pages are open here: close some first");
            }
            visitors.merge(visitor, 1, Integer::sum);
            addresses.merge(address, 1, Integer::sum);
            unconnected.merge(address, 1, Integer::sum);
            all++;
            return new Place(visitor, address);
        } finally {
            lock.unlock();
        }
    }

    private HttpError refused(String limit, int status, String why) {
        counts.refused(limit);
        return new HttpError(status, why);
    }

    private static int of(Map<String, Integer> counted, String whom) {
        return counted.getOrDefault(whom, 0);
    }

    private static void less(Map<String, Integer> counted, String whom) {
        counted.computeIfPresent(whom, (name, count) -> count == 1 ? null : count - 1);
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }

    /** Visitors and addresses that are counted: none, when no page is open. */
    int counted() {
        lock.lock();
        try {
            return visitors.size() + addresses.size() + unconnected.size();
        } finally {
            lock.unlock();
        }
    }
}
