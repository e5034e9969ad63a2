package dev.plainweave.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SessionsTest {
    private static WebServer.Builder counter(IoPolicy policy) {
        return Sites.on(policy)
                .get("/count", (request, response) -> {
                    HttpSession session = request.getSession();
                    int count = session.getAttribute("count") instanceof Integer known ? known + 1 : 1;
                    session.setAttribute("count", count);
                    response.getWriter().print(count);
                })
                .get("/look", (request, response) -> response.getWriter().print(request.getSession(false) != null))
                .get("/login", (request, response) -> response.getWriter().print(request.changeSessionId()))
                .get("/leave", (request, response) -> request.getSession().invalidate());
    }

    private static String cookie(Caller.Answer answer) {
        return "Cookie: " + answer.header("Set-Cookie").split(";", 2)[0];
    }

    @BothPolicies
    void aSessionIsKeptByItsCookie(IoPolicy policy) throws Exception {
        try (WebServer server = counter(policy).start(0)) {
            Caller.Answer first = Caller.get(server, "/count");
            String set = first.header("Set-Cookie");
            assertTrue(set.startsWith("JSESSIONID="), set);
            assertTrue(set.contains("HttpOnly") && set.contains("SameSite=Lax") && set.contains("Path=/"), set);
            assertFalse(set.contains("Secure"), set);
            assertEquals("2", Caller.get(server, "/count", cookie(first)).text());
            assertEquals("true", Caller.get(server, "/look", cookie(first)).text());
            assertEquals("false", Caller.get(server, "/look").text());
            assertEquals(
                    "false",
                    Caller.get(server, "/look", "Cookie: JSESSIONID=guessed").text());
            assertEquals("1", Caller.get(server, "/count").text());
            Caller.Answer renewed = Caller.get(server, "/login", cookie(first));
            assertNotEquals(cookie(first), cookie(renewed));
            assertEquals("false", Caller.get(server, "/look", cookie(first)).text(), "the old id is worth nothing");
            assertEquals("3", Caller.get(server, "/count", cookie(renewed)).text());
            Caller.get(server, "/leave", cookie(renewed));
            assertEquals("false", Caller.get(server, "/look", cookie(renewed)).text());
        }
    }

    @BothPolicies
    void whatCameByTlsGoesBackByTlsOnly(IoPolicy policy) throws Exception {
        try (WebServer server = Sites.secure(policy)
                        .get("/in", (request, response) -> request.getSession())
                        .start(0);
                Caller caller = Caller.tls(server.port())) {
            String set = caller.send("GET", "/in").answer().header("Set-Cookie");
            assertTrue(set.contains("Secure") && set.contains("HttpOnly"), set);
        }
    }

    @BothPolicies
    void aSessionThatNobodyUsesExpires(IoPolicy policy) throws Exception {
        try (WebServer server = counter(policy)
                .sessions(new Sessions(10, Duration.ofSeconds(1), "own-name"))
                .start(0)) {
            Caller.Answer first = Caller.get(server, "/count");
            assertTrue(first.header("Set-Cookie").startsWith("own-name="), first.header("Set-Cookie"));
            await().pollDelay(Duration.ofMillis(1500)).until(() -> true);
            assertEquals("false", Caller.get(server, "/look", cookie(first)).text());
            assertEquals("1", Caller.get(server, "/count", cookie(first)).text());
        }
    }

    @BothPolicies
    void beyondTheirNumberSessionsAreRefused(IoPolicy policy) throws Exception {
        try (WebServer server = counter(policy)
                .sessions(new Sessions(2, Duration.ofMinutes(30), "S"))
                .start(0)) {
            Caller.Answer first = Caller.get(server, "/count");
            Caller.get(server, "/count");
            Caller.Answer refused = Caller.get(server, "/count");
            assertEquals(503, refused.status());
            assertTrue(refused.text().contains("as many sessions as it may have"), refused.text());
            assertEquals("2", Caller.get(server, "/count", cookie(first)).text(), "those that are there go on");
            Caller.get(server, "/leave", cookie(first));
            assertEquals("1", Caller.get(server, "/count").text(), "there is room again");
        }
    }

    @Test
    void settingsAreChecked() {
        assertThrows(IllegalArgumentException.class, () -> new Sessions(0, Duration.ofMinutes(1), "S"));
        assertThrows(IllegalArgumentException.class, () -> new Sessions(1, Duration.ZERO, "S"));
        assertThrows(IllegalArgumentException.class, () -> new Sessions(1, Duration.ofMinutes(1), "a;b"));
    }
}
