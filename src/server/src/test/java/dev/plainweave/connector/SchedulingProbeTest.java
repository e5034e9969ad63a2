package dev.plainweave.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The probe with a scheduler that runs its thread when the test says so, and a clock that the test moves. */
@ResourceLock(LogWatch.LOCK)
class SchedulingProbeTest {
    private final Deque<Runnable> scheduled = new ArrayDeque<>();
    private final SchedulingProbe probe = new SchedulingProbe(scheduled::add);
    private long now = System.nanoTime();

    private void tick(long millis) {
        now += TimeUnit.MILLISECONDS.toNanos(millis);
        probe.tick(now, since -> 0);
    }

    private static List<String> warnings(LogWatch log) {
        return log.lines().stream()
                .filter(line -> line.contains(SchedulingProbe.class.getName()))
                .toList();
    }

    @Test
    void itSaysHowLongAndWhyAndWhatToDoOnceAMinute() {
        try (LogWatch log = LogWatch.open()) {
            tick(0);
            tick(499);
            assertEquals(List.of(), warnings(log));
            tick(1);
            assertEquals(
                    List.of("WARN " + SchedulingProbe.class.getName()
                            + " virtual threads have waited 500 ms for a processor: a handler computes without a pause"
                            + " (let it do so in Cpu.run), or holds a monitor while it blocks (JDK 21 to 23)"),
                    warnings(log));
            tick(10_000);
            tick(49_000);
            assertEquals(1, warnings(log).size(), "within the minute");
            tick(1_000);
            assertEquals(2, warnings(log).size());
        }
    }

    @Test
    void itWarnsAgainAfterTheMinuteOnlyWhenThreadsWaitAgain() {
        try (LogWatch log = LogWatch.open()) {
            tick(0);
            tick(600);
            scheduled.remove().run();
            tick(60_000);
            tick(100);
            assertEquals(1, warnings(log).size());
            tick(500);
            assertEquals(2, warnings(log).size());
        }
    }

    @Test
    void aLongQueueOfShortTurnsIsNoDefect() {
        try (LogWatch log = LogWatch.open()) {
            tick(0);
            now += TimeUnit.MILLISECONDS.toNanos(600);
            probe.tick(now, since -> 10_000);
            assertEquals(List.of(), warnings(log));
        }
    }

    @Test
    void theDelayIsTheLastOneOrTheWaitSoFar() {
        now = System.nanoTime() - TimeUnit.SECONDS.toNanos(5);
        tick(0);
        assertTrue(probe.delayNanos() >= TimeUnit.SECONDS.toNanos(5), "it waits still");
        scheduled.remove().run();
        assertTrue(probe.delayNanos() >= TimeUnit.SECONDS.toNanos(5), "it waited");
        now = System.nanoTime();
        tick(0);
        scheduled.remove().run();
        assertTrue(probe.delayNanos() < TimeUnit.SECONDS.toNanos(5));
    }
}
