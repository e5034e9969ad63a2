package dev.plainweave.access;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** However a path is written: what is served is what was checked. */
@Timeout(60)
class GuardedPathsTest {
    /** An endpoint that only some may reach. */
    @ServerEndpoint("/admin/jakarta")
    public static class Endpoint {
        @OnMessage
        public String echo(String text) {
            return text;
        }
    }

    /** Ways to write the path to what is guarded, %s, or near it. */
    private static final List<String> SPELLINGS = List.of(
            "/admin/%s",
            "/admin/%s/",
            "/admin/%s;a=b",
            "/admin;a=b/%s",
            "/admin;/%s",
            "/admin/%s;",
            "/admin/./%s",
            "/./admin/%s",
            "/admin/x/../%s",
            "/open/../admin/%s",
            "/open/..;/admin/%s",
            "/open/..;a=b/admin/%s",
            "/open/%%2e%%2e/admin/%s",
            "/open/%%2E%%2e/admin/%s",
            "/open/.%%2e/admin/%s",
            "/open%%2f..%%2fadmin%%2f%s",
            "/open%%2F..%%2Fadmin/%s",
            "/admin%%2f%s",
            "/admin%%5c%s",
            "/admin\\%s",
            "/admin%%252f%s",
            "/%%61dmin/%s",
            "/%%2561dmin/%s",
            "/%%u0061dmin/%s",
            "//admin/%s",
            "/admin//%s",
            "/;/admin/%s",
            "/.;/admin/%s",
            "/%%2e/admin/%s",
            "/open/..%%00/admin/%s",
            "/admin/%s%%00",
            "/admin/%s%%20",
            "/admin/%s?a=/open",
            "/admin/%s#/open",
            "/admin%%c0%%af%s",
            "/%%c1%%a1dmin/%s",
            "/Admin/%s",
            "/ADMIN/%s",
            "/admin%%ef%%bc%%8f%s",
            "http://localhost/admin/%s");

    private static final List<String> SERVED = List.of("route", "native", "jakarta", "item/7");

    private static WebServer.Builder site(IoPolicy io) {
        return WebServer.builder()
                .io(io)
                .host("127.0.0.1")
                .authenticate(caller -> Optional.empty())
                .get("/open/{name}", (request, response) -> response.getWriter().print("open"))
                .get("/admin/route", (request, response) -> response.getWriter().print("SECRET"))
                .get(
                        "/admin/item/{id}",
                        (request, response) -> response.getWriter().print("SECRET"))
                .get("/tail/*", (request, response) -> response.getWriter().print("SECRET"))
                .websocket("/admin/native", session -> session.receive())
                .endpoint(Endpoint.class);
    }

    /** Whatever it is that answers, 401 or nothing of what is guarded. */
    private static void refused(int port, String path) throws Exception {
        Visit.Answer plain = Visit.get(port, path);
        assertTrue(plain.status() >= 400 && !plain.body().contains("SECRET"), () -> path + " -> " + plain);
        Visit.Answer upgrade = Visit.upgrade(port, path);
        assertTrue(upgrade.status() >= 400 && !upgrade.body().contains("SECRET"), () -> path + " -> " + upgrade);
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void noSpellingGetsPastARule(IoPolicy io) throws Exception {
        try (WebServer server = site(io).requires("/admin/*").start(0)) {
            assertAll(SERVED.stream()
                    .flatMap(served -> SPELLINGS.stream()
                            .map(spelling -> (Executable) () -> refused(server.port(), spelling.formatted(served)))));
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void norPastOneForAnExactPathOrATemplate(IoPolicy io) throws Exception {
        try (WebServer server = site(io).requires("/admin/route")
                .requires("/admin/item/{id}")
                .requires("/admin/native")
                .requires("/admin/jakarta")
                .start(0)) {
            assertAll(SERVED.stream()
                    .flatMap(served -> SPELLINGS.stream()
                            .map(spelling -> (Executable) () -> refused(server.port(), spelling.formatted(served)))));
        }
    }

    /** The other half: without the rule many of those spellings are served, so that the rule is what refuses them. */
    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void withoutARuleTheSameSpellingsAreServed(IoPolicy io) throws Exception {
        try (WebServer server = site(io).start(0)) {
            for (String path : List.of(
                    "/admin/route", "/admin/route;a=b", "/admin;/route", "/open/../admin/route", "/%61dmin/route")) {
                assertEquals("SECRET", Visit.get(server.port(), path).body(), path);
            }
            assertEquals(
                    101,
                    Visit.upgrade(server.port(), "/%61dmin;a=b/x/../native").status());
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void aRuleForAllBelowHoldsForTheTopToo(IoPolicy io) throws Exception {
        try (WebServer server = site(io).requires("/tail/*").start(0)) {
            assertEquals(401, Visit.get(server.port(), "/tail").status());
            assertEquals(401, Visit.get(server.port(), "/tail/").status());
            assertEquals(401, Visit.get(server.port(), "/tail/a/b").status());
            assertNotEquals(401, Visit.get(server.port(), "/tails").status());
        }
    }

    /** Servlets match a path decoded, sockets only made canonical; a rule means both, written either way. */
    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void charactersThatMayBeEncodedMakeNoDifference(IoPolicy io) throws Exception {
        for (String rule : List.of("/caf\u00e9 a/*", "/caf\u00e9%20a/*")) {
            try (WebServer server = site(io).get(
                            "/caf\u00e9 a/b",
                            (request, response) -> response.getWriter().print("SECRET"))
                    .websocket("/caf\u00e9%20a/n", session -> session.receive())
                    .requires(rule)
                    .start(0)) {
                for (String path : List.of("/caf%c3%a9%20a/b", "/caf%C3%A9%20%61/b", "/%63af%c3%a9%20a/%62")) {
                    assertEquals(401, Visit.get(server.port(), path).status(), rule + " " + path);
                }
                for (String path : List.of("/caf%c3%a9%20a/n", "/caf%C3%A9%20%61/n", "/%63af%c3%a9%20a/%6e")) {
                    assertEquals(401, Visit.upgrade(server.port(), path).status(), rule + " " + path);
                }
            }
        }
    }
}
