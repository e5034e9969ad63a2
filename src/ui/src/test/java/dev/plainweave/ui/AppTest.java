package dev.plainweave.ui;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.access.User;
import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All pages together. */
class AppTest {
    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void allPagesOfAPathAreReachedFromAnyThread(IoPolicy io) throws Exception {
        PlainweaveBuilder builder = Sites.on(io)
                .page("/orders/{id}", page -> page.label("order"))
                .page("/other", page -> page.label("other"));
        App app = builder.app();
        assertEquals(List.of(), app.pages());
        assertThrows(IllegalStateException.class, app::storage);
        List<Page> snapshot;
        try (WebServer server = builder.start(0)) {
            Visitor visitor = new Visitor(server);
            try (RawPage one = visitor.open("/orders/1");
                    RawPage two = new Visitor(server).open("/orders/2");
                    RawPage other = visitor.open("/other")) {
                one.connect().hello(1, 0);
                two.connect().hello(1, 0);
                other.connect().hello(1, 0);
                await().until(() -> two.messages().toString().contains("resumed"));
                assertEquals(3, app.pages().size());
                snapshot = app.pages("/orders/{id}");
                assertEquals(2, snapshot.size());
                assertSame(app, snapshot.getFirst().app());
                Thread.ofPlatform()
                        .start(() -> app.pages("/orders/{id}")
                                .forEach(page ->
                                        page.label("news for " + page.request().parameter("id"))));
                await().until(() -> one.messages().toString().contains("news for 1"));
                await().until(() -> two.messages().toString().contains("news for 2"));
                assertTrue(!other.messages().toString().contains("news"));
                one.send("{\"bye\":true}");
                one.cut();
                app.pages().forEach(Page::close);
                assertEquals(List.of(), app.pages());
                assertEquals(2, snapshot.size(), "a snapshot stays as it is");
                snapshot.forEach(page -> page.label("too late"));
                assertThrows(IllegalArgumentException.class, () -> app.pages("/orders"));
            }
        }
        assertEquals(List.of(), app.pages());
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void theApplicationsStorageIsAllPages(IoPolicy io) throws Exception {
        PlainweaveBuilder builder = Sites.on(io)
                .page(
                        "/",
                        page -> page.label("")
                                .bind(page.storage(Scope.APPLICATION).property("motd", String.class, "none")));
        App app = builder.app();
        try (WebServer server = builder.start(0)) {
            try (RawPage page = new Visitor(server).open("/")) {
                page.connect().hello(1, 0);
                app.storage().property("motd", String.class, "none").value("closed on Monday");
                await().until(() -> page.messages().toString().contains("closed on Monday"));
            }
        }
    }

    @Test
    void aVisitorAndAnAddressHaveTheirMostPages() {
        PageLimits limits = PageLimits.DEFAULT.visitorPages(2).addressPages(3);
        try (Pages pages = new Pages(limits, (page, error, failure) -> {})) {
            PageRequest request = new PageRequest("/", Map.of(), Map.of(), Optional.empty(), "10.0.0.1");
            pages.open(request, "one");
            LivePage second = pages.open(request, "one");
            assertThrows(dev.plainweave.http.HttpError.class, () -> pages.open(request, "one"));
            pages.open(request, "two");
            assertThrows(dev.plainweave.http.HttpError.class, () -> pages.open(request, "three"));
            second.end(PageEnd.LEFT);
            pages.open(request, "three");
        }
    }

    @Test
    void nothingIsLeftOfVisitsWithLoginsAndStorages() throws Exception {
        List<WeakReference<LivePage>> gone = new ArrayList<>();
        LoginLimits limits =
                new LoginLimits(10_000, Duration.ofHours(1), Duration.ofHours(1), 10, Duration.ofMinutes(1));
        try (Pages pages = new Pages(
                PageLimits.DEFAULT
                        .unconnected(1_000_000)
                        .visitorPages(1_000_000)
                        .addressPages(1_000_000),
                (page, error, failure) -> {},
                new LiveApp(),
                Store.memory(new StorageLimits(1_000, 100, Duration.ofDays(1), Duration.ZERO)),
                Optional.of("/login"),
                limits)) {
            CountDownLatch waiting = new CountDownLatch(2_000);
            for (int count = 0; count < 2_000; count++) {
                LoginSession login = new LoginSession(User.of("user" + count), limits);
                PageRequest request =
                        new PageRequest("/", Map.of(), Map.of(), Optional.of(login.principal), "127.0.0.1");
                LivePage page = pages.open(new Visit(request, "visitor" + count, "/", login, List.of()));
                Label label = page.label("");
                for (Scope scope : List.of(Scope.VISITOR, Scope.USER, Scope.APPLICATION)) {
                    label.bind(page.storage(scope).property("name", String.class, ""));
                }
                page.storage(Scope.VISITOR).property("name", String.class, "").value("value " + count);
                page.background(() -> {
                    waiting.countDown();
                    page.storage(Scope.TAB);
                });
                page.login(User.of("again"), "/");
                page.download("a", "text/plain", Content.of("a"));
                gone.add(new WeakReference<>(page));
                pages.logins().end(login, null);
                assertTrue(page.hasEnded());
            }
            waiting.await();
            await().untilAsserted(() -> assertEquals(1, pages.storages().size(), "that of the application"));
            assertEquals(0, pages.downloads().waiting());
            assertEquals(0, pages.logins().size());
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                System.gc();
                return gone.stream().allMatch(page -> page.get() == null);
            });
        }
    }
}
