package dev.plainweave.ui;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Ten thousand timers on a thousand pages: one page's timer keeps its pace beside them, and all stop with their pages. */
@Isolated // it measures a pace
class ManyTimersTest {
    private static final int PAGES = 1_000;
    private static final int TIMERS = 10;
    private static final int TICKS = 50;
    private static final Duration PERIOD = Duration.ofMillis(10);

    private final AtomicLong ticked = new AtomicLong();

    private static LivePage open(Pages pages) {
        PageRequest request = new PageRequest("/", Map.of(), Map.of(), Optional.empty(), "127.0.0.1");
        return pages.open(request, "visitor");
    }

    /** How long so many ticks of one page's timer take. */
    private static Duration pace(Pages pages) {
        LivePage page = open(pages);
        AtomicInteger ticks = new AtomicInteger();
        long start = System.nanoTime();
        AtomicLong end = new AtomicLong();
        page.every(PERIOD, () -> {
            if (ticks.incrementAndGet() == TICKS) {
                end.set(System.nanoTime());
            }
        });
        await().atMost(Duration.ofSeconds(30)).until(() -> end.get() != 0);
        page.close();
        return Duration.ofNanos(end.get() - start);
    }

    @Test
    void aTimerKeepsItsPaceBesideTenThousandAndAllStopWithTheirPages() {
        PageLimits many = PageLimits.DEFAULT.unconnected(10_000).visitorPages(10_000);
        try (Pages pages = new Pages(many, (page, error, failure) -> {})) {
            int before = pages.clock().waiting();
            Duration alone = pace(pages);
            List<LivePage> all = new ArrayList<>();
            for (int count = 0; count < PAGES; count++) {
                LivePage page = open(pages);
                Label label = page.label("");
                for (int timer = 0; timer < TIMERS; timer++) {
                    page.every(Duration.ofSeconds(1), () -> label.text("tick " + ticked.incrementAndGet()));
                }
                all.add(page);
            }
            assertTrue(pages.clock().waiting() >= PAGES * TIMERS, "the timers are there");
            await().atMost(Duration.ofSeconds(30)).until(() -> ticked.get() >= PAGES * TIMERS);
            Duration beside = pace(pages);
            assertTrue(
                    beside.compareTo(alone.multipliedBy(2)) < 0,
                    () -> TICKS + " ticks took " + alone.toMillis() + " ms alone, and " + beside.toMillis()
                            + " ms beside " + PAGES * TIMERS + " timers");
            List<LivePage> half = all.subList(0, PAGES / 2);
            half.forEach(LivePage::close);
            await().until(() -> pages.clock().waiting() == before + PAGES * TIMERS / 2);
            all.forEach(LivePage::close);
            await().until(() -> pages.clock().waiting() == before);
            long last = ticked.get();
            pace(pages);
            assertTrue(ticked.get() - last < TIMERS, "what had begun may end; nothing begins any more");
        }
    }
}
