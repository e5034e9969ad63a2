package dev.plainweave.websocket;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.websocket.SeatTest.Leaving;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A handler asleep for a minute, with every default: its client, who pings every five seconds, is answered each time, and
 * when it leaves the session ends within a second, while the handler sleeps on. Real time, all cases side by side.
 */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT) // beside other classes: it only waits
class SleepingHandlerTest {
    private static final long ASLEEP_SECONDS = 60;
    private static final long PING_SECONDS = 5;
    private static final int PINGS = 11;
    private static final Duration SOON = Duration.ofSeconds(1);

    private static final ExecutorService SIDE_BY_SIDE = Executors.newVirtualThreadPerTaskExecutor();
    private static final Map<Case, Future<?>> RUNNING = new HashMap<>();

    private record Case(IoPolicy io, Leaving leaving) {}

    static Stream<Arguments> cases() {
        return Stream.of(IoPolicy.values())
                .flatMap(io -> Stream.of(Leaving.CLOSE, Leaving.RESET, Leaving.FINISH)
                        .map(leaving -> Arguments.of(io, leaving)));
    }

    /** All of them now, however many tests JUnit runs at a time. */
    @BeforeAll
    static void startAll() {
        cases().map(Arguments::get)
                .map(values -> new Case((IoPolicy) values[0], (Leaving) values[1]))
                .forEach(each -> RUNNING.put(each, SIDE_BY_SIDE.submit(() -> {
                    play(each.io(), each.leaving());
                    return null;
                })));
    }

    @AfterAll
    static void end() {
        SIDE_BY_SIDE.shutdownNow();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void answersAndEndsInTime(IoPolicy io, Leaving leaving) throws Exception {
        RUNNING.get(new Case(io, leaving)).get();
    }

    private static void play(IoPolicy io, Leaving leaving) throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (Site site = Site.of(io, session -> {
                    assertFalse(never.await(ASLEEP_SECONDS, TimeUnit.SECONDS));
                    session.send("good morning");
                });
                RawClient client = site.client()) {
            Site.Visit visit = site.visit();
            long start = System.nanoTime();

            for (Duration delay : ping(client)) {
                assertTrue(delay.compareTo(SOON) < 0, () -> "a ping was answered after " + delay);
            }

            long left = System.nanoTime();
            leaving.leave(client);
            End end = visit.end();
            Duration taken = Duration.ofNanos(System.nanoTime() - left);
            assertEquals(leaving.reason(io), end.reason());
            assertTrue(taken.compareTo(SOON) < 0, () -> "told after " + taken);
            assertTrue(end.lasted().toSeconds() >= PINGS * PING_SECONDS, end::toString);

            DisconnectedException told = assertInstanceOf(DisconnectedException.class, visit.thrown());
            assertEquals(end, told.end());
            long slept = System.nanoTime() - start;
            assertTrue(slept >= TimeUnit.SECONDS.toNanos(ASLEEP_SECONDS - 1), () -> "awake after " + slept + " ns");
            await().until(() -> site.server().stats().connections() == 0);
            assertEquals(1, visit.ends.get());
        }
    }

    /** Pings in step with the clock, which is what a scheduler is for; returns how long each answer took. */
    private static List<Duration> ping(RawClient client) throws Exception {
        List<Duration> delays = new ArrayList<>();
        CountDownLatch answered = new CountDownLatch(PINGS);
        try (ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
            ScheduledFuture<?> pings = clock.scheduleAtFixedRate(
                    () -> {
                        delays.add(pingOnce(client, "ping " + answered.getCount()));
                        answered.countDown();
                    },
                    PING_SECONDS,
                    PING_SECONDS,
                    TimeUnit.SECONDS);
            await().atMost(Duration.ofSeconds(ASLEEP_SECONDS)).until(() -> answered.getCount() == 0 || pings.isDone());
            if (pings.isDone()) {
                pings.get(); // says why
            }
            clock.shutdownNow();
        }
        assertEquals(PINGS, delays.size(), "pings answered");
        return delays;
    }

    private static Duration pingOnce(RawClient client, String payload) {
        try {
            long sent = System.nanoTime();
            client.ping(payload);
            assertEquals(payload, client.readPong());
            return Duration.ofNanos(System.nanoTime() - sent);
        } catch (IOException unanswered) {
            throw new UncheckedIOException(unanswered);
        }
    }
}
