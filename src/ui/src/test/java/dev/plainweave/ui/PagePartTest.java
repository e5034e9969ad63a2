package dev.plainweave.ui;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.WebServer;
import dev.plainweave.ui.test.User;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Pages put together of parts, of elements that only hold something, and with a look of the application's own. */
class PagePartTest {
    private static final Event<String> NEWS = new Event<>();

    /** A page function that knows nothing of what is around it. */
    private static void inner(Page page) {
        Label heard = page.label("nothing heard");
        NEWS.listen(page, heard::text);
        page.button("Ask").onClick(() -> page.label(page.confirm("Sure?") ? "was sure" : "was not"));
    }

    @Test
    void aPageFunctionBuildsAPartOfAPage() {
        try (WebServer server = Sites.one()
                        .page("/", page -> {
                            Block part = page.block("section");
                            page.block("footer").text("below");
                            inner(page.within(part));
                            page.within(page.within(part)).label("deeper").moveTo(page.within(part), 0);
                        })
                        .start(0);
                User user = new User(server)) {
            user.open("/");
            String html = user.html();
            assertTrue(
                    html.matches("(?s).*<section[^>]*><div[^>]*>deeper</div>.*nothing heard.*</section>.*below.*"),
                    html);
            NEWS.publish("the news");
            user.shouldSee("the news");
            user.find("Ask").click();
            user.find("Yes").click();
            user.shouldSee("was sure");
        }
    }

    @Test
    void elementsComeWhereTheyAreWanted() {
        try (WebServer server = Sites.one()
                        .page(
                                "/",
                                page -> page.block("ol", list -> {
                                    list.block("li").text("second");
                                    list.add(0, new Block("li")).text("first");
                                    list.add(99, new Block("li")).block("b").text("third");
                                    assertThrows(IllegalStateException.class, () -> list.text("a text as well"));
                                    Block item = list.block("li").text("fourth");
                                    assertThrows(IllegalStateException.class, () -> item.label("an element as well"));
                                }))
                        .start(0);
                User user = new User(server)) {
            String list = user.visit("/").html().replaceAll(" id=\"w\\d+\"", "");
            assertTrue(
                    list.contains("<ol><li>first</li><li>second</li><li><b>third</b></li><li>fourth</li></ol>"), list);
        }
        for (String tag : List.of("script", "style", "iframe", "form", "input", "svg", "LI", "")) {
            assertThrows(IllegalArgumentException.class, () -> new Block(tag), tag);
        }
    }

    @Test
    void anApplicationHasALookOfItsOwn() throws Exception {
        try (WebServer server = Sites.one()
                        .stylesheet(PagePartTest.class, "/META-INF/plainweave/plainweave.css")
                        .icon(PagePartTest.class, "/META-INF/plainweave/theme.js")
                        .page("/", page -> {})
                        .start(0);
                User user = new User(server);
                HttpClient client = HttpClient.newHttpClient()) {
            String html = user.visit("/").html();
            assertFalse(html.contains("data:,"), html);
            for (String relation : List.of("stylesheet", "icon")) {
                int at = html.indexOf("<link rel=\"" + relation + "\" href=\"/_plainweave/head/");
                String path = html.substring(html.indexOf("/_plainweave", at), html.indexOf("\">", at));
                HttpResponse<String> file = get(client, server, path);
                assertEquals(200, file.statusCode(), path);
                assertTrue(file.headers().firstValue("Cache-Control").orElse("").contains("immutable"), path);
            }
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> Plainweave.builder().stylesheet(PagePartTest.class, "nowhere.css"));
    }

    private static HttpResponse<String> get(HttpClient client, WebServer server, String path)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.uri().resolve(path)).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void whoAsksTooLateIsToldOfTheEndAllTheSame() {
        List<PageEnd> told = new CopyOnWriteArrayList<>();
        AtomicReference<Page> kept = new AtomicReference<>();
        try (WebServer server = Sites.one()
                        .page("/", page -> {
                            kept.set(page);
                            page.onClose(told::add);
                        })
                        .start(0);
                User user = new User(server)) {
            user.open("/");
            kept.get().close();
            await().until(() -> told.equals(List.of(PageEnd.CLOSED)));
            kept.get().onClose(told::add);
            await().until(() -> told.equals(List.of(PageEnd.CLOSED, PageEnd.CLOSED)));
        }
    }
}
