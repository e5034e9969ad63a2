package dev.plainweave.connector;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Rule 4: which transfers count as stalled, with a timeout of 10 s and a tick of a quarter of a second. */
class StallMeterTest {
    private static final long TIMEOUT = TimeUnit.SECONDS.toNanos(10);
    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(ConnectionClock.TICK_MILLIS);

    /** The seconds after which it is found stalled, or -1 if not within ten minutes. */
    private static double stalledAfter(java.util.function.LongUnaryOperator bytesAtTick) {
        StallMeter meter = new StallMeter(TIMEOUT, 0, bytesAtTick.applyAsLong(0));
        for (int tick = 1; tick < 2400; tick++) {
            if (meter.stalled(tick * TICK, bytesAtTick.applyAsLong(tick))) {
                return tick / 4.0;
            }
        }
        return -1;
    }

    @Test
    void noProgressIsAStall() {
        assertTrue(stalledAfter(tick -> 5000) == 10);
        assertTrue(stalledAfter(tick -> Math.min(tick, 8) * 100_000) == 12);
    }

    @Test
    void slowButSteadyIsNone() {
        assertTrue(stalledAfter(tick -> tick * 256) == -1, "1 KiB a second");
        assertTrue(stalledAfter(tick -> tick / 36 * 64 * 1024) == -1, "64 KiB each nine seconds");
    }

    @Test
    void aTrickleIsAStall() {
        assertTrue(stalledAfter(tick -> tick) == 30, "4 bytes a second");
        assertTrue(stalledAfter(tick -> tick < 400 ? tick * 10_000 : 4_000_000 + tick) <= 160, "after a good start");
        assertFalse(stalledAfter(tick -> tick < 400 ? tick * 10_000 : 4_000_000 + tick) < 120);
    }
}
