package dev.plainweave.ui;

import java.time.Duration;

/**
 * How much may be kept in {@link Storage}s.
 *
 * @param bytes of one storage, as JSON; a change that would make it larger is refused with IllegalStateException. 64 KiB
 * @param storages at a time, each with something in it; of further ones nothing is kept, and one WARN a minute says so.
 *     10,000
 * @param unused how long a storage is kept that nobody opens; and a visitor's cookie. 30 days
 * @param tab how long that of a tab is kept after its last page has gone. 30 minutes
 */
public record StorageLimits(int bytes, int storages, Duration unused, Duration tab) {
    /** The defaults. */
    public static final StorageLimits DEFAULT =
            new StorageLimits(64 * 1024, 10_000, Duration.ofDays(30), Duration.ofMinutes(30));

    /** Checks the values. */
    public StorageLimits {
        if (bytes < 1 || storages < 1) {
            throw new IllegalArgumentException(
                    "bytes and storages must be at least 1, were " + bytes + ", " + storages);
        }
        if (unused.toSeconds() < 1 || unused.toSeconds() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("unused must be 1 second to 68 years, was " + unused);
        }
        if (tab.isNegative()) {
            throw new IllegalArgumentException("tab must not be negative, was " + tab);
        }
    }
}
