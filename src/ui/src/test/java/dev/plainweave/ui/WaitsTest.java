package dev.plainweave.ui;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import dev.plainweave.ui.test.User;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** As many threads wait for a page as may, and no more: whoever comes then is told so, and what it waits for is let go of. */
class WaitsTest {
    private static final int MOST = 5;
    private static final String FULL =
            "as many wait for this page as may at a time, 5: let a handler run once at a time"
                    + " (EventPolicy.DROP_WHILE_RUNNING), or raise the limit with pages(limit -> limit.waits(...))";

    private final CountDownLatch free = new CountDownLatch(1);
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicReference<Dialog<String>> own = new AtomicReference<>();
    private final List<String> failed = new CopyOnWriteArrayList<>();

    private void page(Page page) {
        own.set(page.dialog());
        page.button("Block")
                .onClick(() -> page.blocking(() -> {
                    waiting.incrementAndGet();
                    free.await();
                    return waiting.decrementAndGet();
                }));
        Button button = page.button("Button");
        List<Callable<?>> ways = List.of(
                () -> page.confirm("Sure?"),
                () -> page.prompt("Name?"),
                () -> page.choose("Which?", List.of("a", "b")),
                () -> own.get().await(),
                () -> page.js("return 1").get(Integer.class),
                () -> page.cpu(() -> 1),
                () -> page.blocking(() -> 1),
                () -> {
                    button.awaitClick();
                    return 1;
                },
                () -> {
                    page.sleep(Duration.ofHours(1));
                    return 1;
                });
        page.button("Try all").onClick(() -> {
            for (Callable<?> way : ways) {
                try {
                    failed.add("waited for " + way.call());
                } catch (IllegalStateException full) {
                    failed.add(String.valueOf(full.getMessage()));
                }
            }
        });
        page.button("Ask").onClick(() -> page.label("sure: " + page.confirm("Sure?")));
        page.button("Own").onClick(() -> page.label("own: " + own.get().await().orElse("none")));
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void oneMoreIsToldSoAndWhenSomebodyHasDoneThereIsRoomAgain(IoPolicy io) throws Exception {
        try (WebServer server = Sites.on(io)
                        .pages(PageLimits.DEFAULT.waits(MOST))
                        .page("/", this::page)
                        .start(0);
                User user = new User(server)) {
            user.open("/");
            for (int handler = 0; handler < MOST; handler++) {
                user.find("Block").click();
            }
            await().until(() -> waiting.get() == MOST);
            user.find("Try all").click();
            await().until(() -> failed.size() == 9);
            assertEquals(List.of(FULL), failed.stream().distinct().toList());
            user.settle();
            user.shouldNotSee("Sure?");
            assertFalse(own.get().isOpen(), "nobody waits for it");
            user.find("Block").click();
            user.shouldSee("Something went wrong");
            free.countDown();
            await().until(() -> waiting.get() == 0);
            user.settle();
            user.find("Ask").click();
            user.answer("Sure?", "Yes").shouldSee("sure: true");
            user.find("Own").click();
            await().until(() -> own.get().isOpen());
            own.get().close("answered");
            user.shouldSee("own: answered");
        }
    }
}
