package dev.plainweave.ui;

import java.time.Duration;

/**
 * How long a login lasts, and how often it may be tried.
 *
 * @param logins at a time, in all; one more is refused with 503. 100,000
 * @param idle how long a login lasts without anything done: no page opened, no event from one. 2 hours
 * @param lifetime how long it lasts at most. 24 hours
 * @param attempts that may fail within the window, by one address (of IPv6, one network of 64 bits), by {@link
 *     Page#tryLogin}. 10
 * @param window 5 minutes
 */
public record LoginLimits(int logins, Duration idle, Duration lifetime, int attempts, Duration window) {
    /** The defaults. */
    public static final LoginLimits DEFAULT =
            new LoginLimits(100_000, Duration.ofHours(2), Duration.ofHours(24), 10, Duration.ofMinutes(5));

    /** Checks the values. */
    public LoginLimits {
        if (logins < 1 || attempts < 1) {
            throw new IllegalArgumentException(
                    "logins and attempts must be at least 1, were " + logins + ", " + attempts);
        }
        for (Duration each : new Duration[] {idle, lifetime, window}) {
            if (each.isZero() || each.isNegative()) {
                throw new IllegalArgumentException("idle, lifetime and window must be positive, one was " + each);
            }
        }
    }
}
