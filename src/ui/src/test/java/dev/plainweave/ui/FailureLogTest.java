package dev.plainweave.ui;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import dev.plainweave.ui.test.User;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Failures of handlers: however many a client provokes, the log has a few with their stacks, and says how many more. */
class FailureLogTest {
    private static final int CLICKS = 50;
    private static final PageLimits FEW = PageLimits.DEFAULT.failureStacks(3).failureStacksInAll(5);

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void whatIsNotLoggedAnyMoreIsCountedAndToldAsEver(IoPolicy io) throws Exception {
        String path = "/fails-" + io;
        List<String> told = new CopyOnWriteArrayList<>();
        try (Logged log = Logged.of(Page.class, path);
                Logged sums = Logged.of(Page.class, "more failures of pages")) {
            try (WebServer server = Sites.on(io)
                            .pages(FEW)
                            .metrics("/metrics")
                            .onPageFailure((page, error, failure) -> {
                                told.add(error);
                                throw new IllegalStateException("this fails too");
                            })
                            .page(
                                    path,
                                    page -> page.button("Fail").onClick(() -> {
                                        throw new IllegalStateException("as the test wants it");
                                    }))
                            .page("/never", page -> {
                                throw new IllegalStateException("as the test wants it");
                            })
                            .start(0);
                    User user = new User(server);
                    User other = new User(server)) {
                user.open(path);
                for (int click = 0; click < CLICKS; click++) {
                    user.find("Fail").click();
                }
                await().until(() -> told.size() == CLICKS);
                user.shouldSee("(" + told.getLast() + ")");
                assertEquals(CLICKS, user.toasts().size());
                other.open(path).find("Fail").click();
                await().until(() -> told.size() == CLICKS + 1);
                assertEquals(4, log.lines().size(), "three of a page, and the first of another one");
                for (int visit = 0; visit < CLICKS; visit++) {
                    assertEquals(500, other.visit("/never").status());
                }
                assertEquals(4, log.lines().size());
                String metrics = other.visit("/metrics").html();
                assertTrue(
                        metrics.contains("plainweave_pages_handler_failures_total " + (2 * CLICKS + 1) + ".0"),
                        metrics);
            }
            String sum = "WARN " + (2 * CLICKS + 1 - 5)
                    + " more failures of pages in 60 s, without their stacks: PageLimits.failureStacks is 3, in all 5";
            assertTrue(sums.lines().contains(sum), "when the server stops: " + sums.lines());
        }
    }

    @Test
    void eachWindowHasItsOwnAndSaysOnceWhatWasLeftOut() {
        try (Clock clock = new Clock();
                Logged sums = Logged.of(Page.class, "more failures of pages in 0 s")) {
            FailureLog log = new FailureLog(FEW.failureStacks(1), clock, Duration.ofMillis(50));
            for (int window = 1; window <= 3; window++) {
                int done = window;
                await().until(() -> log.admits("page"));
                assertTrue(log.admits("another"), "in the same window, or the next");
                for (int more = 0; more < 1_000; more++) {
                    log.admits("page");
                }
                await().until(() -> sums.lines().size() >= done);
            }
            log.tell();
            int before = sums.lines().size();
            log.tell();
            assertEquals(before, sums.lines().size(), "nothing was left out");
        }
    }

    @Test
    void inAllNoMoreAreLoggedThanMayBeOfManyPages() {
        try (Clock clock = new Clock()) {
            FailureLog log = new FailureLog(FEW, clock, Duration.ofHours(1));
            for (int page = 0; page < 5; page++) {
                assertTrue(log.admits("page " + page));
            }
            for (int page = 0; page < 100; page++) {
                assertFalse(log.admits("page " + page));
            }
        }
    }
}
