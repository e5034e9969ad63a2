package dev.plainweave.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock(value = LogLines.RESOURCE, mode = ResourceAccessMode.READ_WRITE)
class ErrorsTest {
    private static final String HTML = "Accept: text/html,application/xhtml+xml,*/*;q=0.8";

    @BothPolicies
    void anErrorComesInTheFormThatTheClientPrefers(IoPolicy policy) throws Exception {
        try (WebServer server = Sites.on(policy)
                .get("/item", (request, response) -> {
                    throw new HttpError(404, "there is no item <7>");
                })
                .start(0)) {
            Caller.Answer page = Caller.get(server, "/item", HTML);
            assertEquals(404, page.status());
            assertEquals("text/html;charset=utf-8", page.header("Content-Type"));
            assertTrue(page.text().contains("there is no item &lt;7&gt;"), page.text());
            assertFalse(page.text().contains("<script"), page.text());
            String style = page.text().replaceAll("(?s).*<style>(.*)</style>.*", "$1");
            String hash = Base64.getEncoder()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8)));
            assertTrue(
                    page.header("Content-Security-Policy").contains("'sha256-" + hash + "'"), "the style is allowed");
            assertTrue(page.header("Content-Security-Policy")
                    .startsWith("default-src 'none'; img-src data:; style-src 'sha256-"));
            assertEquals("no-store", page.header("Cache-Control"));
            assertEquals("nosniff", page.header("X-Content-Type-Options"));

            String problem =
                    "{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,\"detail\":\"there is no item"
                            + " <7>\"}";
            for (String accept : new String[] {
                "X-None: 1",
                "Accept: */*",
                "Accept: application/json",
                "Accept: application/problem+json",
                "Accept: ;;,"
            }) {
                Caller.Answer json = Caller.get(server, "/item", accept);
                assertEquals("application/problem+json", json.header("Content-Type"), accept);
                assertEquals(problem, json.text(), accept);
                assertEquals("nosniff", json.header("X-Content-Type-Options"));
            }
            Caller.Answer text = Caller.get(server, "/item", "Accept: text/plain");
            assertEquals("404 Not Found\nthere is no item <7>\n", text.text());
            Caller.Answer head = Caller.call(server, "HEAD", "/item");
            assertEquals(404, head.status());
        }
    }

    @BothPolicies
    void everyErrorLooksAlikeWhereverItArises(IoPolicy policy) throws Exception {
        try (WebServer server =
                Sites.on(policy).get("/item", (request, response) -> {}).start(0)) {
            assertEquals(
                    "{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404}",
                    Caller.get(server, "/secret-path?secret-query").text());
            assertEquals(
                    "{\"type\":\"about:blank\",\"title\":\"Method Not Allowed\",\"status\":405}",
                    Caller.call(server, "DELETE", "/item").text());
            try (Caller caller = new Caller(server.port())) {
                Caller.Answer malformed = caller.send("GET /x HTTP/1.1\r\nHost: a\r\nHost: secret\r\n\r\n")
                        .answer();
                assertEquals(400, malformed.status());
                assertEquals("400 Bad Request\n", malformed.text()); // what it accepts could not be read
                assertEquals("nosniff", malformed.header("X-Content-Type-Options"));
            }
        }
    }

    @BothPolicies
    void anApplicationsExceptionIsA500ThatTellsTheLogAndNotTheClient(IoPolicy policy) throws Exception {
        try (LogLines log = new LogLines();
                WebServer server = Sites.on(policy)
                        .get("/io", (request, response) -> {
                            throw new IOException("secret");
                        })
                        .get("/checked", (request, response) -> {
                            response.getWriter().print("half an answer");
                            throw new Exception("secret");
                        })
                        .get("/error", (request, response) -> {
                            throw new StackOverflowError("secret");
                        })
                        .start(0)) {
            for (String path : new String[] {"/io", "/checked", "/error"}) {
                for (String accept : new String[] {HTML, "Accept: */*", "Accept: text/plain"}) {
                    Caller.Answer answer = Caller.get(server, path, accept);
                    assertEquals(500, answer.status());
                    assertFalse(answer.text().contains("secret"), answer.text());
                    assertFalse(answer.text().contains("Exception"), answer.text());
                    assertFalse(answer.text().contains("half"), answer.text());
                    assertEquals(
                            List.of("WARN dev.plainweave.http.HttpHandler the handler of GET " + path + " failed"),
                            log.lines());
                    log.lines().clear();
                }
            }
        }
    }

    @BothPolicies
    void nothingOfTheRequestReachesTheLogRaw(IoPolicy policy) throws Exception {
        try (LogLines log = new LogLines();
                WebServer server = Sites.on(policy)
                        .get("/x/*", (request, response) -> {
                            throw new IllegalStateException();
                        })
                        .start(0)) {
            assertEquals(
                    500, Caller.get(server, "/x/%C3%A9;p=" + "y".repeat(400)).status());
            String line = log.lines().get(0);
            assertTrue(line.contains("GET /x/%C3%A9;p=yyy"), line);
            assertTrue(line.length() < 300, line);
            for (String raw : new String[] {"/x/é", "/x/\u001b[31m", "/x/%0AWARN"}) {
                Caller.get(server, raw);
            }
            log.lines().forEach(each -> assertTrue(each.chars().allMatch(next -> next >= ' ' && next < 127), each));
        }
    }

    @BothPolicies
    void aFailureAfterTheFirstByteCutsTheConnection(IoPolicy policy) throws Exception {
        try (LogLines log = new LogLines();
                WebServer server = Sites.on(policy)
                        .get("/late", (request, response) -> {
                            response.getWriter().print("a beginning");
                            response.flushBuffer();
                            throw new HttpError(404);
                        })
                        .get("/later", (request, response) -> {
                            response.getWriter().print("a beginning");
                            response.flushBuffer();
                            throw new IllegalStateException();
                        })
                        .start(0)) {
            assertThrows(IOException.class, () -> Caller.get(server, "/late"), "no end that looks like one");
            assertThrows(IOException.class, () -> Caller.get(server, "/later"));
            assertEquals(2, log.lines().size(), log.lines()::toString);
        }
    }

    @BothPolicies
    void theApplicationTranslatesItsExceptionsAndDesignsItsErrors(IoPolicy policy) throws Exception {
        try (LogLines log = new LogLines();
                WebServer server = Sites.on(policy)
                        .get("/none", (request, response) -> {
                            throw new Exception("checked", new NoSuchElementException("secret"));
                        })
                        .get("/odd", (request, response) -> {
                            throw new ArithmeticException();
                        })
                        .get("/broken", (request, response) -> {
                            throw new HttpError(418);
                        })
                        .get("/bug", (request, response) -> {
                            throw new IllegalStateException();
                        })
                        .onError((failure, request, response) -> {
                            if (failure.getCause() instanceof NoSuchElementException) {
                                throw new HttpError(404, "not here");
                            }
                            if (failure instanceof ArithmeticException) {
                                response.setStatus(422);
                                response.getWriter().print("does not add up");
                                return true;
                            }
                            if (failure instanceof HttpError error && error.status() == 404) {
                                response.getWriter().print("our own page: " + error.detail());
                                return true;
                            }
                            if (failure instanceof HttpError error && error.status() == 418) {
                                throw new IllegalStateException("the error handler's bug");
                            }
                            return false;
                        })
                        .start(0)) {
            Caller.Answer translated = Caller.get(server, "/none");
            assertEquals(404, translated.status());
            assertEquals("our own page: not here", translated.text());
            assertEquals("our own page: ", Caller.get(server, "/nowhere").text());
            Caller.Answer answered = Caller.get(server, "/odd");
            assertEquals(422, answered.status());
            assertEquals("does not add up", answered.text());
            assertEquals(List.of(), log.lines(), "what was translated or answered is no failure");
            assertEquals(500, Caller.get(server, "/broken").status());
            assertEquals(
                    List.of("WARN dev.plainweave.http.HttpHandler the error handler failed for GET /broken"),
                    log.lines());
            assertEquals(500, Caller.get(server, "/bug").status());
            assertEquals(2, log.lines().size());
        }
    }

    @BothPolicies
    void anErrorEndsAnAsynchronousExchangeToo(IoPolicy policy) throws Exception {
        try (WebServer server = Sites.on(policy)
                .get("/async", (request, response) -> {
                    request.startAsync();
                    throw new HttpError(409, "not now");
                })
                .start(0)) {
            Caller.Answer answer = Caller.get(server, "/async");
            assertEquals(409, answer.status());
            assertTrue(answer.text().contains("not now"), answer.text());
        }
    }

    @BothPolicies
    void aRefusedOriginIsToldWhy(IoPolicy policy) throws Exception {
        try (WebServer server = Sites.on(policy).start(0)) {
            Caller.Answer answer = Caller.get(
                    server,
                    "/x",
                    "Upgrade: websocket",
                    "Connection: Upgrade",
                    "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                    "Origin: http://evil.example");
            assertEquals(403, answer.status());
            assertTrue(answer.text().contains("this origin may not connect"), answer.text());
        }
    }

    @BothPolicies
    void aFailureAfterASentErrorIsToldOnceToo(IoPolicy policy) throws Exception {
        try (LogLines log = new LogLines();
                WebServer server = Sites.on(policy)
                        .get("/twice", (request, response) -> {
                            response.sendError(410);
                            throw new IllegalStateException();
                        })
                        .start(0)) {
            assertEquals(410, Caller.get(server, "/twice").status());
            assertEquals(1, log.lines().size(), log.lines()::toString);
        }
    }

    @BothPolicies
    void headersThatWereSetGoWithTheError(IoPolicy policy) throws Exception {
        try (WebServer server = Sites.on(policy)
                .get("/busy", (request, response) -> {
                    response.setHeader("Retry-After", "7");
                    throw new HttpError(503);
                })
                .start(0)) {
            assertEquals("7", Caller.get(server, "/busy").header("Retry-After"));
        }
    }

    @BothPolicies
    void aConnectionGoesOnAfterAnError(IoPolicy policy) throws Exception {
        try (WebServer server = Sites.on(policy)
                        .post("/in", (request, response) -> {
                            throw new HttpError(400);
                        })
                        .get("/ok", (request, response) -> response.getWriter().print("ok"))
                        .start(0);
                Caller caller = new Caller(server.port())) {
            // In one piece: a body that is not there yet when the error is, ends the connection.
            caller.send("POST /in HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
            assertEquals(400, caller.answer().status());
            assertEquals("ok", caller.send("GET", "/ok").answer().text());
        }
    }

    @Test
    void onlyAnErrorsStatusIsAnErrors() {
        assertThrows(IllegalArgumentException.class, () -> new HttpError(200));
        assertEquals("Too Many Requests", new HttpError(429).title());
    }
}
