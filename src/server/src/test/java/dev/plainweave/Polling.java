package dev.plainweave;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.pollinterval.IterativePollInterval;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Lets a test that waits look at once, and then ever less often: by default every wait costs 100 ms. */
public final class Polling implements BeforeAllCallback {
    private static final Duration LONGEST = Duration.ofMillis(64);

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.setDefaultPollInterval(IterativePollInterval.iterative(
                last -> last.compareTo(LONGEST) < 0 ? last.multipliedBy(2) : LONGEST, Duration.ofMillis(1)));
    }
}
