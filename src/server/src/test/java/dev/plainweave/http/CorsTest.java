package dev.plainweave.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorsTest {
    private static final String APP = "Origin: https://app.example";
    private static final String ALLOW = "Access-Control-Allow-Origin";

    private static WebServer serve(IoPolicy policy) {
        return Sites.on(policy)
                .put("/api/item", (request, response) -> response.getWriter().print("put"))
                .get("/api/item", (request, response) -> response.getWriter().print("item"))
                .get("/open", (request, response) -> response.getWriter().print("open"))
                .get("/closed", (request, response) -> response.getWriter().print("closed"))
                .cors(
                        "/api/*",
                        Cors.allow("https://app.example", "http://localhost:3000")
                                .methods("GET", "PUT")
                                .headers("Content-Type", "X-Token")
                                .expose("X-Total")
                                .credentials()
                                .maxAge(Duration.ofMinutes(5)))
                .cors("/open", Cors.allowAny())
                .start(0);
    }

    private static Caller.Answer preflight(WebServer server, String origin, String method, String headers)
            throws IOException {
        return Caller.call(
                server,
                "OPTIONS",
                "/api/item",
                origin,
                "Access-Control-Request-Method: " + method,
                "Access-Control-Request-Headers: " + headers);
    }

    @BothPolicies
    void anAllowedPreflightIsAnswered(IoPolicy policy) throws Exception {
        try (WebServer server = serve(policy)) {
            Caller.Answer answer = preflight(server, APP, "PUT", "content-type, x-token");
            assertEquals(204, answer.status());
            assertEquals("https://app.example", answer.header(ALLOW));
            assertEquals("true", answer.header("Access-Control-Allow-Credentials"));
            assertEquals("GET, PUT", answer.header("Access-Control-Allow-Methods"));
            assertEquals("Content-Type, X-Token", answer.header("Access-Control-Allow-Headers"));
            assertEquals("300", answer.header("Access-Control-Max-Age"));
            assertEquals("Origin", answer.header("Vary"));
            assertEquals("", answer.header("Allow"), "no handler saw it");
        }
    }

    @BothPolicies
    void whatIsNotAllowedIsNotPermitted(IoPolicy policy) throws Exception {
        try (WebServer server = serve(policy)) {
            assertEquals(
                    "",
                    preflight(server, "Origin: https://evil.example", "PUT", "").header(ALLOW));
            assertEquals(
                    "",
                    preflight(server, "Origin: http://app.example", "PUT", "").header(ALLOW));
            assertEquals(
                    "",
                    preflight(server, "Origin: https://app.example.evil", "PUT", "")
                            .header(ALLOW));
            assertEquals("", preflight(server, "Origin: null", "PUT", "").header(ALLOW));
            assertEquals("", preflight(server, APP, "DELETE", "").header(ALLOW));
            assertEquals("", preflight(server, APP, "PUT", "x-other").header(ALLOW));
        }
    }

    @BothPolicies
    void anAnswerSaysWhoMayReadIt(IoPolicy policy) throws Exception {
        try (WebServer server = serve(policy)) {
            Caller.Answer allowed = Caller.get(server, "/api/item", APP);
            assertEquals("item", allowed.text());
            assertEquals("https://app.example", allowed.header(ALLOW));
            assertEquals("X-Total", allowed.header("Access-Control-Expose-Headers"));
            Caller.Answer missing = Caller.get(server, "/api/none", APP);
            assertEquals(404, missing.status());
            assertEquals("https://app.example", missing.header(ALLOW), "a script may see the error");
            Caller.Answer other = Caller.get(server, "/api/item", "Origin: https://evil.example");
            assertEquals("item", other.text());
            assertEquals("", other.header(ALLOW));
            assertTrue(other.header("Vary").contains("Origin"), other.header("Vary"));
            assertTrue(Caller.get(server, "/api/item").header("Vary").contains("Origin"));
            Caller.Answer open = Caller.get(server, "/open", "Origin: https://any.example");
            assertEquals("*", open.header(ALLOW));
            assertEquals("", open.header("Access-Control-Allow-Credentials"));
            assertEquals("", Caller.get(server, "/closed", APP).header(ALLOW));
        }
    }

    @Test
    void credentialsAreNeverForEverybody() {
        assertThrows(IllegalArgumentException.class, () -> Cors.allowAny().credentials());
        assertThrows(IllegalArgumentException.class, Cors::allow);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "null",
                "app.example",
                "https://app.example/",
                "https://*.example",
                "ftp://app.example",
                "https://u@app.example"
            })
    void whatIsNoOriginIsRefused(String origin) {
        assertThrows(IllegalArgumentException.class, () -> Cors.allow(origin));
    }
}
