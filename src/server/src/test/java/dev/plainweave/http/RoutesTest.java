package dev.plainweave.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {
    private static HttpHandler says(String text) {
        return (request, response) -> response.getWriter().print(text);
    }

    @BothPolicies
    void everyMethodHasItsHandler(IoPolicy policy) throws Exception {
        try (WebServer server = Sites.on(policy)
                .get("/m", says("GET"))
                .post("/m", says("POST"))
                .put("/m", says("PUT"))
                .delete("/m", says("DELETE"))
                .patch("/m", says("PATCH"))
                .options("/m", says("OPTIONS"))
                .head("/m", (request, response) -> response.setHeader("X-Own", "head"))
                .route("PROPFIND", "/m", says("PROPFIND"))
                .start(0)) {
            for (String method : new String[] {"GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"}) {
                assertEquals(method, Caller.call(server, method, "/m").text());
            }
            assertEquals("head", Caller.call(server, "HEAD", "/m").header("X-Own"));
            Caller.Answer refused = Caller.call(server, "MKCOL", "/m");
            assertEquals(405, refused.status());
            assertEquals("DELETE, GET, HEAD, OPTIONS, PATCH, POST, PROPFIND, PUT", refused.header("Allow"));
        }
    }

    @BothPolicies
    void headAndOptionsAreAnsweredWithoutHandlersOfTheirOwn(IoPolicy policy) throws Exception {
        try (WebServer server = Sites.on(policy).get("/m", says("body")).start(0)) {
            Caller.Answer head = Caller.call(server, "HEAD", "/m");
            assertEquals(200, head.status());
            assertEquals("4", head.header("Content-Length"));
            Caller.Answer options = Caller.call(server, "OPTIONS", "/m");
            assertEquals(204, options.status());
            assertEquals("GET, HEAD, OPTIONS", options.header("Allow"));
        }
    }

    @BothPolicies
    void theMostSpecificPathWins(IoPolicy policy) throws Exception {
        try (WebServer server = Sites.on(policy)
                .get("/*", says("all"))
                .get("/a/*", says("below a"))
                .get("/a/{x}", says("template"))
                .get("/a/b", says("exact"))
                .get("/a/b/*", says("below a b"))
                .get("/", says("root"))
                .start(0)) {
            assertEquals("root", Caller.get(server, "/").text());
            assertEquals("exact", Caller.get(server, "/a/b").text());
            assertEquals("template", Caller.get(server, "/a/c").text());
            assertEquals("below a", Caller.get(server, "/a/c/d").text());
            assertEquals("below a b", Caller.get(server, "/a/b/c").text());
            assertEquals("all", Caller.get(server, "/z").text());
            assertEquals("all", Caller.get(server, "/a.b").text());
        }
    }

    @BothPolicies
    void parametersAreDecoded(IoPolicy policy) throws Exception {
        try (WebServer server = Sites.on(policy)
                .get("/u/{name}/f/{file}", (request, response) -> {
                    PathParameters path = PathParameters.of(request);
                    response.setContentType("text/plain;charset=utf-8");
                    response.getWriter().print(path.text("name") + "|" + path.text("file"));
                })
                .get("/grüße", says("literal"))
                .get("/rest/*", (request, response) -> {
                    response.setContentType("text/plain;charset=utf-8");
                    response.getWriter().print("[" + PathParameters.of(request).rest() + "]");
                })
                .start(0)) {
            assertEquals(
                    "é x|a+b", Caller.get(server, "/u/%C3%A9%20x/f/a+b?q=1").text());
            assertEquals("literal", Caller.get(server, "/gr%C3%BC%C3%9Fe").text());
            assertEquals("[a/b c]", Caller.get(server, "/rest/a/b%20c").text());
            assertEquals("[]", Caller.get(server, "/rest").text());
            assertEquals(400, Caller.get(server, "/u//f/c").status(), "an empty segment is no value");
            assertEquals(400, Caller.get(server, "/u/a%2Fb/f/c").status(), "a hidden slash is refused");
        }
    }

    @BothPolicies
    void aParameterOfTheWrongKindIsTheClientsMistakeAndAMissingOneTheProgramms(IoPolicy policy) throws Exception {
        try (WebServer server = Sites.on(policy)
                .get(
                        "/n/{id}",
                        (request, response) -> response.getWriter()
                                .print(PathParameters.of(request).number("id") + 1))
                .get(
                        "/u/{id}",
                        (request, response) -> response.getWriter()
                                .print(PathParameters.of(request).uuid("id")))
                .get(
                        "/none/{id}",
                        (request, response) -> PathParameters.of(request).text("other"))
                .start(0)) {
            assertEquals("8", Caller.get(server, "/n/7").text());
            String uuid = "123e4567-e89b-12d3-a456-426614174000";
            assertEquals(uuid, Caller.get(server, "/u/" + uuid).text());
            for (String wrong : new String[] {"/n/x", "/n/99999999999999999999", "/n/1.5", "/u/1-1-1-1-1", "/u/x"}) {
                Caller.Answer refused = Caller.get(server, wrong);
                assertEquals(400, refused.status(), wrong);
                assertTrue(refused.text().contains("\\\"id\\\" of the path must be"), refused.text());
            }
            assertEquals(500, Caller.get(server, "/none/1").status());
        }
    }

    @Test
    void conflictsAreRefusedAtOnce() {
        WebServer.Builder builder = Sites.on(IoPolicy.BLOCKING).get("/item/{id}", says("one"));
        builder.delete("/item/{id}", says("gone"));
        assertThrows(IllegalArgumentException.class, () -> builder.get("/item/{id}", says("again")));
        IllegalArgumentException same =
                assertThrows(IllegalArgumentException.class, () -> builder.put("/item/{name}", says("other")));
        assertTrue(same.toString().contains("/item/{id}"), same::toString);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "*.html", "/a?b", "/a#b", "/a/{", "/a/}", "/a/b*", "/*/a", "/{a}/*", "/a{b}", "/{a}{b}"
            })
    void whatIsNoPathIsRefusedAtOnce(String path) {
        WebServer.Builder builder = Sites.on(IoPolicy.BLOCKING);
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> builder.get(path, says("")));
        assertTrue(refused.toString().contains("expected"), refused::toString);
    }

    @Test
    void whatIsNoMethodIsRefusedAtOnce() {
        WebServer.Builder builder = Sites.on(IoPolicy.BLOCKING);
        assertThrows(IllegalArgumentException.class, () -> builder.route("GET POST", "/", says("")));
        assertThrows(IllegalArgumentException.class, () -> builder.route("", "/", says("")));
    }
}
