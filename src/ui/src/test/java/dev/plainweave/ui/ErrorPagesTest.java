package dev.plainweave.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.access.User;
import dev.plainweave.http.HttpError;
import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What visitors see when there is no page to see. */
class ErrorPagesTest {
    private final List<String> told = new CopyOnWriteArrayList<>();

    private PlainweaveBuilder site(IoPolicy io) {
        return Sites.on(io)
                .onPageFailure((page, error, failure) -> told.add(error))
                .page("/", page -> page.label("fine"))
                .page("/fails", page -> {
                    throw new IllegalStateException("secret");
                })
                .page("/item/{id}", page -> page.label("item " + page.request().parameter("id", Integer.class)))
                .page("/gone", page -> {
                    throw new HttpError(410, "sold");
                })
                .page("/none", page -> {
                    throw new NoSuchElementException("row");
                })
                .get("/api", (request, response) -> {
                    throw new HttpError(404, "no such row");
                });
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void withoutAPageOfTheApplicationsThereIsAPlainOne(IoPolicy io) throws Exception {
        try (WebServer server = site(io).start(0)) {
            Visitor visitor = new Visitor(server);
            HttpResponse<String> failed = visitor.get("/fails");
            assertEquals(500, failed.statusCode());
            assertFalse(failed.body().contains("secret"));
            Matcher id = Pattern.compile("\\(([A-Za-z0-9_-]{8})\\)").matcher(failed.body());
            assertTrue(id.find(), failed.body());
            assertEquals(List.of(id.group(1)), told, "the id that is in the log");
            assertEquals(404, visitor.get("/item/x").statusCode());
            assertTrue(visitor.get("/item/x").body().contains("a whole number"));
            assertEquals(410, visitor.get("/gone").statusCode());
            assertEquals(404, visitor.get("/nothing").statusCode());
            assertEquals(200, visitor.get("/item/7").statusCode());
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void theApplicationsPageIsALivePageWithTheErrorsStatus(IoPolicy io) throws Exception {
        try (WebServer server = site(io).login("/login", page -> page.login(User.of("ada")))
                .requires("/admin", User.inRole("admin"))
                .page("/admin", page -> page.label("for admins"))
                .errorPage((page, error) -> {
                    page.heading(error.status() + " of ours: " + error.detail());
                    page.button("Back").onClick(() -> page.navigate("/"));
                })
                .start(0)) {
            Visitor visitor = new Visitor(server);
            for (String path : List.of("/nothing", "/item/x", "/api")) {
                assertEquals(404, visitor.get(path).statusCode());
                assertTrue(visitor.get(path).body().contains("404 of ours"), path);
            }
            HttpResponse<String> failed = visitor.get("/fails");
            assertEquals(500, failed.statusCode());
            assertTrue(failed.body().contains("500 of ours") && failed.body().contains(told.getFirst()), failed.body());
            assertTrue(
                    failed.body().contains("<title>Server Error</title>")
                            || failed.body().contains("<title>Internal Server Error</title>"),
                    failed.body());
            assertTrue(
                    Visitor.header(failed, "content-security-policy").orElse("").contains("script-src 'self'"));
            visitor.get(Visitor.location(visitor.get("/login")).replaceFirst("^https?://[^/]+", ""));
            HttpResponse<String> refused = visitor.get("/admin");
            assertEquals(403, refused.statusCode());
            assertTrue(refused.body().contains("403 of ours"), refused.body());
            assertFalse(refused.body().contains("for admins"));
            assertEquals(403, visitor.send("POST", "/admin").statusCode());
            HttpResponse<String> program = visitor.get("/nothing", "X-Plain", "1");
            assertEquals(404, program.statusCode());
            try (RawPage page = visitor.open("/nothing")) {
                page.connect().hello(1, 0);
                page.event(1, 1, page.id("Back"), "click", "{}");
                org.awaitility.Awaitility.await()
                        .until(() -> page.messages().toString().contains("navigate"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void anErrorPageThatFailsIsThePlainOne(IoPolicy io) throws Exception {
        try (WebServer server = site(io).errorPage((page, error) -> {
                    throw new IllegalStateException("again");
                })
                .start(0)) {
            HttpResponse<String> answer = new Visitor(server).get("/nothing");
            assertEquals(404, answer.statusCode());
            assertTrue(answer.body().contains("Not Found") && !answer.body().contains("again"), answer.body());
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void whatTheApplicationTranslatesIsTranslatedFirst(IoPolicy io) throws Exception {
        try (WebServer server = site(io).onError((failure, request, response) -> {
                    if (failure instanceof NoSuchElementException) {
                        throw new HttpError(404, "no row");
                    }
                    return false;
                })
                .start(0)) {
            assertEquals(404, new Visitor(server).get("/none").statusCode());
            assertEquals(List.of(), told);
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void strangersInLargeNumbersGetNoPages(IoPolicy io) throws Exception {
        try (WebServer server = site(io).pages(PageLimits.DEFAULT.unconnected(3))
                .errorPage((page, error) -> page.heading("of ours"))
                .start(0)) {
            Visitor scanner = new Visitor(server);
            for (int number = 0; number < 3; number++) {
                assertTrue(scanner.get("/scan" + number).body().contains("of ours"));
            }
            HttpResponse<String> more = scanner.get("/scan");
            assertEquals(404, more.statusCode());
            assertFalse(more.body().contains("of ours"));
        }
    }
}
