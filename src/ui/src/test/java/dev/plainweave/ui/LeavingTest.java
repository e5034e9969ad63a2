package dev.plainweave.ui;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import dev.plainweave.ui.test.User;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is left when pages have gone, and what neighbours notice. */
class LeavingTest {
    @Test
    void nothingIsLeftOfPagesThatHaveGone() {
        List<WeakReference<LivePage>> gone = new ArrayList<>();
        try (Pages pages = new Pages(
                PageLimits.DEFAULT
                        .unconnected(1_000_000)
                        .visitorPages(1_000_000)
                        .addressPages(1_000_000),
                (page, error, failure) -> {})) {
            Property<String> property = Property.of("shared");
            Event<String> event = new Event<>();
            for (int count = 0; count < 2_000; count++) {
                LivePage page =
                        pages.open(new PageRequest("/", Map.of(), Map.of(), Optional.empty(), "127.0.0.1"), "visitor");
                page.label("").bind(property);
                event.listen(page, page::toast);
                page.every(Duration.ofMinutes(1), () -> {});
                page.js("return 1");
                page.end(PageEnd.LEFT);
                gone.add(new WeakReference<>(page));
            }
            assertEquals(0, pages.all().size());
            await().untilAsserted(() -> assertEquals(0, event.listeners()));
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                System.gc();
                return gone.stream().allMatch(page -> page.get() == null);
            });
        }
    }

    @Test
    void anIdlePageIsLean() {
        int count = 2_000;
        try (Pages pages = new Pages(
                PageLimits.DEFAULT
                        .unconnected(1_000_000)
                        .visitorPages(1_000_000)
                        .addressPages(1_000_000),
                (page, error, failure) -> {})) {
            long before = used();
            for (int page = 0; page < count; page++) {
                LivePage open =
                        pages.open(new PageRequest("/", Map.of(), Map.of(), Optional.empty(), "127.0.0.1"), "visitor");
                open.label("label");
                open.button("button").onClick(() -> {});
            }
            long two = (used() - before) / count;
            for (LivePage page : pages.all()) {
                for (int element = 0; element < 48; element++) {
                    page.label("label " + element);
                }
            }
            long fifty = (used() - before) / count;
            System.out.println("bytes of heap for a page, without its session: " + two + " with 2 elements, " + fifty
                    + " with 50");
            assertTrue(two < 6_000, "bytes: " + two);
            assertTrue(fifty < 30_000, "bytes: " + fifty);
        }
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int time = 0; time < 4; time++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void oneStuckHandlerHoldsUpNoOtherTabOfTheSameVisitor(IoPolicy io) throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        AtomicInteger ended = new AtomicInteger();
        try (WebServer server = Sites.on(io)
                        .page("/", page -> {
                            Label label = page.label("0");
                            AtomicInteger count = new AtomicInteger();
                            page.button("Stick").onClick(() -> {
                                stuck.await();
                                ended.incrementAndGet();
                            });
                            page.button("More").onClick(() -> label.text("count " + count.incrementAndGet()));
                            page.background(() -> {
                                while (stuck.getCount() > 0) {
                                    page.sleep(Duration.ofMillis(5));
                                    page.title("still going on");
                                }
                            });
                        })
                        .start(0);
                User one = new User(server);
                User two = new User(server)) {
            one.open("/").find("Stick").click();
            one.shouldBeBusy().find("More").click();
            two.open("/");
            for (int click = 1; click <= 20; click++) {
                two.find("More").click();
                two.shouldSee("count " + click);
            }
            one.shouldSee("0").disconnect().reconnect().shouldBeBusy();
            stuck.countDown();
            one.shouldSee("count 1").settle();
            assertEquals(1, ended.get());
        }
    }
}
