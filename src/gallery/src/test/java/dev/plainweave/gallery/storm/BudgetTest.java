package dev.plainweave.gallery.storm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BudgetTest {
    private final AtomicLong now = new AtomicLong();
    private final Budget budget = new Budget(now::get);

    @Test
    void soManyAtOnceAndNotOneMore() {
        assertEquals(Optional.empty(), budget.take(30));
        assertEquals(Optional.empty(), budget.take(20));
        String refusal = budget.take(1).orElseThrow();
        assertTrue(refusal.contains("50 are the most at once"), refusal);
        budget.giveBack();
        assertEquals(49, budget.open());
        assertEquals(Optional.empty(), budget.take(1));
    }

    @Test
    void allOrNone() {
        assertEquals(Optional.empty(), budget.take(40));
        assertTrue(budget.take(11).isPresent());
        assertEquals(40, budget.open());
        assertEquals(Optional.empty(), budget.take(10));
    }

    @Test
    void soManyAMinute() {
        for (int order = 0; order < 8; order++) {
            assertEquals(Optional.empty(), budget.take(50));
            for (int client = 0; client < 50; client++) {
                budget.giveBack();
            }
        }
        String refusal = budget.take(1).orElseThrow();
        assertTrue(refusal.contains("400 storm clients a minute"), refusal);
        now.addAndGet(Duration.ofSeconds(61).toNanos());
        assertEquals(Optional.empty(), budget.take(50));
    }
}
