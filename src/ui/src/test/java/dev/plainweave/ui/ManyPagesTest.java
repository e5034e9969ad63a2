package dev.plainweave.ui;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many pages and many changes, over real connections. */
class ManyPagesTest {
    private static final int CHANGES = 10_000;

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void nothingIsLeftOfPagesThatWereOpenedAndLeft(IoPolicy io) throws Exception {
        int count = 300;
        Queue<WeakReference<LivePage>> pages = new ConcurrentLinkedQueue<>();
        AtomicInteger waiting = new AtomicInteger();
        Event<String> event = new Event<>();
        PageLimits limits = PageLimits.DEFAULT.retention(Duration.ofMillis(100));
        try (WebServer server = Sites.on(io)
                .pages(limits)
                .page("/", page -> {
                    pages.add(new WeakReference<>((LivePage) page));
                    event.listen(page, page::toast);
                    page.every(Duration.ofMinutes(1), () -> {});
                    page.button("Wait").onClick(() -> {
                        try {
                            waiting.incrementAndGet();
                            page.js("return new Promise(() => {})").await();
                        } finally {
                            waiting.decrementAndGet();
                        }
                    });
                })
                .start(0)) {
            for (int done = 0; done < count; done += 50) {
                List<LeanTab> tabs = new ArrayList<>();
                for (int tab = 0; tab < 50; tab++) {
                    tabs.add(new LeanTab(server));
                }
                for (LeanTab tab : tabs) {
                    tab.click(tab.tag("button"));
                }
                await().until(() -> waiting.get() > 0);
                for (LeanTab tab : tabs) {
                    tab.close();
                }
            }
            assertEquals(count, pages.size());
            await().until(() -> waiting.get() == 0 && event.listeners() == 0);
            await().until(() -> server.stats().sessions().openNow() == 0);
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                System.gc();
                return pages.stream().allMatch(page -> page.get() == null);
            });
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void tenThousandChangesASecondAreFewFramesAndNoQueueGrows(IoPolicy io) throws Exception {
        AtomicReference<LivePage> shown = new AtomicReference<>();
        try (WebServer server = Sites.on(io)
                        .page("/", page -> {
                            shown.set((LivePage) page);
                            Label label = page.label("");
                            page.button("Go")
                                    .onClick(() -> page.background(() -> {
                                        for (int change = 1; change <= CHANGES; change++) {
                                            label.text("change " + change);
                                            if (change % 100 == 0) {
                                                page.sleep(Duration.ofMillis(10));
                                            }
                                        }
                                    }));
                        })
                        .start(0);
                LeanTab tab = new LeanTab(server)) {
            long start = System.nanoTime();
            tab.click(tab.tag("button"));
            int frames = 0;
            long most = 0;
            String last = "";
            while (!last.contains("\"change " + CHANGES + "\"")) {
                last = tab.receive();
                JsonNode message = Incoming.read(last);
                if (message.has("n")) {
                    frames++;
                    tab.send("{\"ack\":" + message.path("n").asLong() + "}");
                }
                most = Math.max(most, server.stats().backlog().messages());
            }
            long ticks = Duration.ofNanos(System.nanoTime() - start).dividedBy(PageWriter.DELAY);
            // A wait sends too: one frame at each of those, and one a tick between them.
            assertTrue(frames <= CHANGES / 100 + ticks + 5, frames + " frames in " + ticks + " ticks");
            assertTrue(most <= PageWriter.WINDOW_FRAMES + 1, most + " messages waited");
            assertTrue(shown.get().tree.locked(() -> !shown.get().tree.hasChanges()), "something is left to send");
        }
    }
}
