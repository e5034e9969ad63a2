package dev.plainweave.ui;

import dev.plainweave.websocket.Registration;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Does something again and again, as a handler of its page; a tick that comes while the last one waits is left out. */
final class PageTimer implements Registration {
    private static final Duration LEAST = Duration.ofMillis(1);

    private final AtomicBoolean running = new AtomicBoolean();
    private final Registration ticks;
    private volatile boolean closed;

    PageTimer(LivePage page, Clock clock, Duration period, Action action) {
        if (period.compareTo(LEAST) < 0) {
            throw new IllegalArgumentException("a timer's period must be at least 1 ms, was " + period);
        }
        ticks = clock.every(period, () -> tick(page, action));
    }

    private void tick(LivePage page, Action action) {
        if (!running.compareAndSet(false, true)) {
            return;
        }
        page.handle(() -> {
            try {
                if (!closed) {
                    action.run();
                }
            } finally {
                running.set(false);
            }
        });
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        ticks.close();
    }
}
