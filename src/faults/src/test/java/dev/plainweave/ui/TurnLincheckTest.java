package dev.plainweave.ui;

import dev.plainweave.orders.EveryOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** {@link Turn} in every order that its threads may take, as far as a model checker gets in so many runs: a lock given back too early is found. */
class TurnLincheckTest {
    private static final int RUNS = 100 * EveryOrder.THOROUGH;

    /** What a model's handlers do, and what must hold of them. */
    private static final class Model {
        final AtomicInteger holders = new AtomicInteger();
        final AtomicInteger begun = new AtomicInteger();
        final AtomicInteger ended = new AtomicInteger();
        final AtomicInteger told = new AtomicInteger();
        final List<Thread> threads = new ArrayList<>();
        final Turn turn = new Turn(10, told::incrementAndGet, this::thread);

        /** Under the lock of the turn. */
        private Thread thread(Runnable loop) {
            Thread thread = EveryOrder.actor(loop);
            threads.add(thread);
            return thread;
        }

        void enter() {
            EveryOrder.check(holders.incrementAndGet() == 1, "two have the turn");
            EveryOrder.check(turn.isHeldByMe(), "the turn is not with who runs");
        }

        void leave() {
            holders.decrementAndGet();
        }

        /** A handler that blocks without the turn so often. */
        void handler(int waits) {
            begun.incrementAndGet();
            enter();
            for (int wait = 0; wait < waits; wait++) {
                leave();
                turn.giveUp();
                turn.takeBack();
                enter();
            }
            leave();
            ended.incrementAndGet();
        }

        void over() throws InterruptedException {
            for (int at = 0; at < threads.size(); at++) {
                threads.get(at).join();
            }
            EveryOrder.check(!turn.isBusy(), "the turn is held by nobody's thread");
            EveryOrder.check(turn.waiting() == 0, "handlers are left");
            EveryOrder.check(
                    begun.get() == ended.get() && told.get() == ended.get(),
                    "a handler did not end, or was not told of");
        }
    }

    @Test
    void handlersThatWaitAndOnesThatDoNotAllRunOneAtATime() {
        EveryOrder.of(RUNS, () -> {
            Model model = new Model();
            Thread other = EveryOrder.actor(() -> model.turn.submit(() -> model.handler(1)));
            other.start();
            model.turn.submit(() -> model.handler(1));
            model.turn.submitNext(() -> model.handler(0));
            other.join();
            model.over();
            EveryOrder.check(model.ended.get() == 3, "a handler was lost");
        });
    }

    @Test
    void whoWantsTheTurnBackGetsItThoughThePageEnds() {
        EveryOrder.of(RUNS, () -> {
            Model model = new Model();
            Thread end = EveryOrder.actor(model.turn::end);
            model.turn.submit(() -> model.handler(1));
            end.start();
            model.turn.submit(() -> model.handler(1));
            end.join();
            model.turn.submit(() -> model.handler(0));
            model.over();
            EveryOrder.check(model.begun.get() <= 2, "a handler began after the end");
        });
    }
}
