package dev.plainweave.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonTest {
    record Order(String item, int count, Optional<String> note, LocalDate due, List<Instant> seen) {}

    private static WebServer echo(IoPolicy policy) {
        return Sites.on(policy)
                .post("/order", (request, response) -> Json.write(response, Json.read(request, Order.class)))
                .post("/short", (request, response) -> Json.write(response, Json.read(request, String.class, 20)))
                .start(0);
    }

    @BothPolicies
    void recordsOptionalsAndTimesGoInAndOut(IoPolicy policy) throws Exception {
        try (WebServer server = echo(policy)) {
            String order = "{\"item\":\"thé\",\"count\":2,\"note\":\"soon\",\"due\":\"2026-11-24\","
                    + "\"seen\":[\"2026-11-24T01:02:03Z\"]}";
            Caller.Answer answer = Caller.post(server, "/order", "application/json", order);
            assertEquals(200, answer.status());
            assertEquals(order, answer.text());
            assertEquals("application/json", answer.header("Content-Type"));
            assertEquals("nosniff", answer.header("X-Content-Type-Options"));
            Caller.Answer less = Caller.post(
                    server, "/order", "application/vnd.shop+json; charset=utf-8", "{\"count\":0,\"color\":\"red\"}");
            assertEquals("{\"item\":null,\"count\":0,\"note\":null,\"due\":null,\"seen\":null}", less.text());
        }
    }

    @BothPolicies
    void whatIsNotJsonIsRefusedWithLineAndColumn(IoPolicy policy) throws Exception {
        try (WebServer server = echo(policy)) {
            assertEquals(415, Caller.post(server, "/order", "text/plain", "{}").status());
            assertEquals(
                    415,
                    Caller.call(server, "POST", "/order", "Content-Length: 0").status());
            refused(server, "{\n  \"item\": tea}", "malformed JSON at line 2, column");
            refused(server, "{\"item\":\"secret", "malformed JSON at line 1, column");
            refused(server, "{\"item\":\"a\",\n\"count\":\"secret\"}", "expected form at line 2, column");
            refused(server, "{\"count\":null}", "expected form");
            refused(server, "{}", "expected form");
            refused(server, "[1]", "expected form at line 1, column 1");
            refused(server, "{\"count\":1} {}", "expected form");
            refused(server, "null", "must not be null");
            refused(server, "", "expected form");
            refused(server, "{\"x\":" + "[".repeat(300), "levels of nesting");
        }
    }

    private static void refused(WebServer server, String body, String detail) throws Exception {
        Caller.Answer answer = Caller.post(server, "/order", "application/json", body);
        assertEquals(400, answer.status(), body);
        assertTrue(answer.text().contains(detail), answer.text());
        assertTrue(!answer.text().contains("secret"), answer.text());
    }

    @BothPolicies
    void aBodyBeyondTheLimitIsA413HoweverItComes(IoPolicy policy) throws Exception {
        try (WebServer server = echo(policy)) {
            assertEquals(
                    "\"12345678901234567\"",
                    Caller.post(server, "/short", "application/json", "\"12345678901234567\"")
                            .text());
            String tooMuch = "\"" + "x".repeat(100) + "\"";
            Caller.Answer declared = Caller.post(server, "/short", "application/json", tooMuch);
            assertEquals(413, declared.status());
            assertTrue(declared.text().contains("20 bytes at most"), declared.text());
            try (Caller caller = new Caller(server.port())) {
                caller.send("POST", "/short", "Content-Type: application/json", "Transfer-Encoding: chunked");
                caller.send("66\r\n" + tooMuch + "\r\n0\r\n\r\n");
                assertEquals(413, caller.answer().status());
            }
        }
    }

    @Test
    void whatCannotBeWrittenIsSaidSo() {
        assertEquals("\"PT1M\"", Json.text(Duration.ofMinutes(1)));
        assertThrows(IllegalArgumentException.class, () -> Json.text(new Object()));
    }
}
