package dev.plainweave.orders;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.jetbrains.lincheck.LincheckAssertionError;
import org.junit.jupiter.api.Test;

/** Whether the tool finds what it is used for. */
class EveryOrderTest {
    private static final int RUNS = 200;

    private static final class Counter {
        volatile int value;

        void increase() {
            int seen = value;
            value = seen + 1;
        }
    }

    private static final class Gate {
        final boolean wakesAlways;
        volatile boolean open;
        volatile Thread waiting;

        Gate(boolean wakesAlways) {
            this.wakesAlways = wakesAlways;
        }

        void pass() {
            while (!open) {
                waiting = Thread.currentThread();
                if (wakesAlways && open) {
                    return;
                }
                EveryOrder.park();
            }
        }

        void open() {
            open = true;
            Thread thread = waiting;
            if (thread != null) {
                EveryOrder.unpark(thread);
            }
        }
    }

    @Test
    void aLostUpdateIsFound() {
        assertThrows(
                LincheckAssertionError.class,
                () -> EveryOrder.of(RUNS, () -> {
                    Counter counter = new Counter();
                    EveryOrder.together(counter::increase, counter::increase);
                    EveryOrder.check(counter.value == 2, "an update is lost");
                }));
    }

    @Test
    void aLostWakeUpIsFound() {
        assertThrows(LincheckAssertionError.class, () -> passAndOpen(false));
        passAndOpen(true);
    }

    private static void passAndOpen(boolean wakesAlways) {
        EveryOrder.of(RUNS, () -> {
            Gate gate = new Gate(wakesAlways);
            EveryOrder.together(gate::pass, gate::open);
        });
    }
}
