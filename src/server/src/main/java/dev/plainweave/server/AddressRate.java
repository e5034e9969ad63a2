package dev.plainweave.server;

import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * How many of something an address may do in a second. Counts by whole seconds, and forgets what is past. Safe for any
 * thread; where several meet at the turn of a second a few may go uncounted.
 */
final class AddressRate {
    private record Second(long number, Map<InetAddress, AtomicInteger> counts) {}

    private final int perSecond;
    private final LongSupplier nanoTime;
    private volatile Second current = new Second(Long.MIN_VALUE, Map.of());

    /** At most that many; zero for no limit. */
    AddressRate(int perSecond, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.nanoTime = nanoTime;
    }

    /** Counts one more; whether it is within the limit. */
    boolean allows(InetAddress address) {
        if (perSecond == 0) {
            return true;
        }
        long now = TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong());
        Second known = current;
        if (known.number() != now) {
            known = new Second(now, new ConcurrentHashMap<>());
            current = known;
        }
        return known.counts()
                        .computeIfAbsent(address, first -> new AtomicInteger())
                        .incrementAndGet()
                <= perSecond;
    }
}
