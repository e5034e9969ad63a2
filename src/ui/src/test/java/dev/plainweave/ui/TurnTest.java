package dev.plainweave.ui;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Who has the turn, and who is next. That no two ever have it, in whatever order, is in TurnLincheckTest. */
class TurnTest {
    private final List<String> done = new CopyOnWriteArrayList<>();
    private final AtomicInteger told = new AtomicInteger();
    private final Turn turn = new Turn(2, told::incrementAndGet);

    private Runnable says(String what) {
        return () -> done.add(what);
    }

    private Runnable after(CountDownLatch gate, String what) {
        return () -> {
            await().until(() -> gate.getCount() == 0);
            done.add(what);
        };
    }

    @Test
    void handlersRunInTheirOrderAndEachIsToldOf() {
        CountDownLatch gate = new CountDownLatch(1);
        turn.submit(after(gate, "first"));
        turn.submit(says("second"));
        turn.submit(says("third"));
        turn.submitNext(says("before the others"));
        assertEquals(3, turn.waiting());
        gate.countDown();
        await().until(() -> !turn.isBusy() && told.get() == 4);
        assertEquals(List.of("first", "before the others", "second", "third"), done);
    }

    @Test
    void whoHasWaitedIsNextBeforeAllThatHaveNotBegun() {
        CountDownLatch waiting = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        AtomicInteger back = new AtomicInteger();
        turn.submit(() -> {
            turn.giveUp();
            waiting.countDown();
            await().until(() -> answered.getCount() == 0);
            back.incrementAndGet();
            turn.takeBack();
            assertTrue(turn.isHeldByMe());
            done.add("back");
        });
        await().until(() -> waiting.getCount() == 0);
        turn.submit(after(gate, "meanwhile"));
        turn.submit(says("later"));
        answered.countDown();
        await().until(() -> back.get() == 1);
        LockSupport.parkNanos(20_000_000); // it is on its way to the queue of those who come back
        gate.countDown();
        await().until(() -> done.size() == 3);
        assertEquals(List.of("meanwhile", "back", "later"), done);
    }

    @Test
    void anInterruptDoesNotEndTheWaitForTheTurnAndIsNotLost() {
        CountDownLatch waiting = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        turn.submit(() -> {
            turn.giveUp();
            await().until(() -> waiting.getCount() == 0);
            Thread.currentThread().interrupt();
            turn.takeBack();
            done.add(turn.isHeldByMe() + " " + Thread.interrupted());
        });
        await().until(() -> !turn.isBusy());
        turn.submit(after(gate, "other"));
        waiting.countDown();
        gate.countDown();
        await().until(() -> done.size() == 2);
        assertEquals("true true", done.getLast());
    }

    @Test
    void whoHasTooManyWaitsUntilOneHasGone() {
        CountDownLatch gate = new CountDownLatch(1);
        turn.submit(after(gate, "first"));
        turn.submit(says("second"));
        turn.submit(says("third"));
        CountDownLatch room = new CountDownLatch(1);
        Thread reader = Thread.ofVirtual().start(() -> {
            try {
                turn.awaitRoom();
                room.countDown();
            } catch (InterruptedException never) {
                Thread.currentThread().interrupt();
            }
        });
        await().until(() -> reader.getState() == Thread.State.WAITING);
        assertEquals(1, room.getCount());
        gate.countDown();
        await().until(() -> room.getCount() == 0);
    }

    @Test
    void afterTheEndNothingBeginsAndNobodyWaitsForRoom() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        turn.submit(after(gate, "begun"));
        turn.submit(says("never"));
        turn.submit(says("never"));
        turn.end();
        turn.submit(says("never"));
        turn.submitNext(says("never"));
        turn.awaitRoom();
        gate.countDown();
        await().until(() -> !turn.isBusy());
        assertEquals(List.of("begun"), done);
    }

    @Test
    void whatOneThreadDoesAtOnceDoesNotForbidAnotherToWait() throws Exception {
        try (Pages pages = new Pages(PageLimits.DEFAULT, (page, error, failure) -> {})) {
            LivePage page =
                    pages.open(new PageRequest("/", Map.of(), Map.of(), Optional.empty(), "127.0.0.1"), "visitor");
            CountDownLatch inside = new CountDownLatch(1);
            CountDownLatch gate = new CountDownLatch(1);
            Thread other = Thread.ofVirtual()
                    .unstarted(() -> page.atomically(() -> {
                        inside.countDown();
                        await().until(() -> gate.getCount() == 0);
                    }));
            page.atomically(() -> {
                page.atomically(() -> page.title("nested"));
                other.start();
                await().until(() -> inside.getCount() == 0);
                assertThrows(IllegalStateException.class, () -> page.blocking(() -> 1));
            });
            gate.countDown();
            other.join();
            assertEquals(1, page.blocking(() -> 1));
            assertFalse(page.tree.locked(() -> page.writer.isHeldBy(other)));
        }
    }
}
