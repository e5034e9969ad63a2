package dev.plainweave.ui;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.WebServer;
import dev.plainweave.ui.test.PageTests;
import dev.plainweave.ui.test.User;
import dev.plainweave.websocket.Registration;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Values that elements are tied to. */
class BindingTest {
    private final Property<Integer> count = Property.of(1);
    private final Property<String> name = Property.of("Ada");
    private final Event<String> said = new Event<>();
    private final List<Element<?>> made = new CopyOnWriteArrayList<>();

    @RegisterExtension
    final PageTests pages = Sites.tested(site -> site.page("/", this::page));

    private void page(Page page) {
        made.add(page.label("").bindText(count.map(n -> "count " + n)));
        made.add(page.label("").bindText(Observable.combine(count, name, (n, who) -> who + " has " + n)));
        page.label("many").bindVisible(count.map(n -> n > 5));
        page.button("Next").bindEnabled(count.map(n -> n < 10)).onClick(() -> count.update(n -> n + 1));
        page.input("Number").bind(count, String::valueOf, text -> text.isEmpty() ? 0 : Integer.parseInt(text));
        said.listen(page, text -> {});
    }

    @Test
    void whatIsShownFollowsWhateverItIsMadeOf() {
        User user = pages.user().open("/");
        user.shouldSee("count 1").shouldSee("Ada has 1").shouldNotSee("many");
        user.find("Next").click();
        user.shouldSee("count 2").shouldSee("Ada has 2");
        assertEquals("2", user.settle().find("Number").text());
        name.value("Grace");
        user.shouldSee("Grace has 2");
        user.find("Number").type("10");
        user.shouldSee("count 10").shouldSee("many");
        user.find("Next").fire("click", Map.of());
        user.settle();
        assertEquals(10, count.value(), "a button that is not enabled does nothing");
    }

    @Test
    void aComputedValueTellsOnlyWhatChanges() {
        List<Boolean> told = new CopyOnWriteArrayList<>();
        Observable<Boolean> even = count.map(n -> n % 2 == 0);
        Registration listening = even.onChange(told::add);
        count.value(3);
        count.value(4);
        count.value(6);
        count.value(7);
        assertEquals(List.of(true, false), told);
        assertEquals(1, count.listeners());
        listening.close();
        assertEquals(0, count.listeners(), "nothing is left behind");
    }

    @Test
    void anElementThatGoesLetsGo() {
        User user = pages.user().open("/");
        user.shouldSee("count 1");
        int all = count.listeners();
        made.getFirst().remove();
        assertEquals(all - 1, count.listeners());
        made.get(1).remove();
        assertEquals(all - 2, count.listeners());
        assertEquals(0, name.listeners());
    }

    @Test
    void aThousandPagesLeaveNothing() throws Exception {
        PageLimits limits = PageLimits.DEFAULT.unconnected(2_000).firstConnect(Duration.ofSeconds(2));
        try (WebServer server = Sites.one().pages(limits).page("/", this::page).start(0);
                HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest visit = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/"))
                    .build();
            int most = 0;
            for (int page = 0; page < 1_000; page++) {
                assertEquals(
                        200,
                        client.send(visit, HttpResponse.BodyHandlers.discarding())
                                .statusCode());
                most = Math.max(most, count.listeners());
            }
            assertTrue(most > 100, "they do listen: " + most);
            await().atMost(Duration.ofSeconds(30)).until(() -> said.listeners() == 0);
            assertEquals(0, count.listeners());
            assertEquals(0, name.listeners());
        }
    }
}
