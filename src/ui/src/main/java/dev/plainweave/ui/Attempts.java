package dev.plainweave.ui;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/**
 * Counts what has failed, by address, in windows that begin with the first failure. An attempt counts from its beginning, so
 * that a hundred at the same time are a hundred; one that succeeds is taken back. Bounded: of the addresses that are
 * known, the one whose window began first is forgotten.
 */
final class Attempts {
    private static final int MOST_ADDRESSES = 10_000;
    private static final Pattern IPV6 = Pattern.compile("\\[?([0-9a-fA-F]*:[0-9a-fA-F:.]*)(?:%[^\\]]*)?\\]?");
    private static final int NETWORK_GROUPS = 4;

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
            Window window = windows.computeIfAbsent(network(address), first -> new Window());
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
            windows.computeIfPresent(network(address), (same, window) -> {
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

    /** Of IPv6 the first 64 bits: whoever has one such address has all of its network. */
    static String network(String address) {
        if (!IPV6.matcher(address).matches()) {
            return address;
        }
        String bare = IPV6.matcher(address).replaceAll("$1");
        int gap = bare.indexOf("::");
        String head = gap < 0 ? bare : bare.substring(0, gap);
        String[] groups = head.isEmpty() ? new String[0] : head.split(":", -1);
        if (gap >= 0 && groups.length < NETWORK_GROUPS) {
            int behind = bare.length() == gap + 2 ? 0 : bare.substring(gap + 2).split(":", -1).length;
            String filled = head
                    + (head.isEmpty() ? "" : ":")
                    + "0:".repeat(Math.max(0, 8 - groups.length - behind))
                    + bare.substring(gap + 2);
            groups = filled.split(":", -1);
        }
        StringBuilder network = new StringBuilder();
        for (int group = 0; group < Math.min(NETWORK_GROUPS, groups.length); group++) {
            String plain = groups[group].replaceFirst("^0+(?=.)", "");
            network.append(plain.toLowerCase(java.util.Locale.ROOT)).append(':');
        }
        return network + ":";
    }
}
