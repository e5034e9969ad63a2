package dev.plainweave.ui;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PageWriterTest {
    /** A connection whose other end reads nothing: what waits, with what is sent under a key but once. */
    private static final class Stuck implements Wire {
        final AtomicInteger others = new AtomicInteger();
        final Map<Object, String> keyed = new ConcurrentHashMap<>();
        final AtomicInteger closed = new AtomicInteger();

        @Override
        public void send(String message) {
            others.incrementAndGet();
        }

        @Override
        public void send(Object key, String message) {
            keyed.put(key, message);
        }

        @Override
        public void close(int code, String reason) {
            closed.set(code);
        }

        @Override
        public String toString() {
            return others + " and " + keyed;
        }
    }

    @Test
    void howeverManyEventsABrowserSendsThatReadsNothingHardlyAnythingWaitsForIt() throws Exception {
        try (Pages pages = new Pages(PageLimits.DEFAULT, (page, error, failure) -> {})) {
            LivePage page =
                    pages.open(new PageRequest("/", Map.of(), Map.of(), Optional.empty(), "127.0.0.1"), "visitor");
            AtomicInteger clicks = new AtomicInteger();
            Label label = page.label("0");
            Button button = page.button("More").onClick(() -> label.text("" + clicks.incrementAndGet()));
            page.writer.rendered();
            Stuck browser = new Stuck();
            assertTrue(page.inbox().connect(browser, new Incoming.Hello(page.id, "", 1, 1, 0, "")));
            for (int event = 1; event <= 2000; event++) {
                page.inbox()
                        .receive(
                                browser,
                                Incoming.read("{\"event\": %d, \"frame\": 1, \"id\": %d, \"type\": \"click\"}"
                                        .formatted(event, button.node.id)));
            }
            await().until(() -> clicks.get() == 2000 && page.tree.locked(() -> page.writer.accepted()) == 2000);
            await().untilAsserted(() -> assertTrue(browser.keyed.containsValue("{\"ack\":2000}"), browser::toString));
            assertEquals(1 + PageWriter.WINDOW_FRAMES, browser.others.get(), "the greeting, and the window's frames");
            assertTrue(browser.keyed.size() <= 1 + PageWriter.WINDOW_FRAMES, () -> "one after each: " + browser.keyed);
        }
    }
}
