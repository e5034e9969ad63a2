package dev.plainweave.proxy;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import dev.plainweave.websocket.LogTap;
import dev.plainweave.websocket.WebSocketOptions;
import jakarta.servlet.http.Cookie;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A real nginx and a real HAProxy in front, configured as the documentation says. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT) // beside other classes: it mostly waits
class BehindProxiesTest {
    private static final Pattern SESSION = Pattern.compile(
            "JSESSIONID=[^;]+; Path=/tools/;(?=[^\r]* Secure)(?=[^\r]* HttpOnly)(?=[^\r]* SameSite=Lax)");

    private static final int TEXT = 1;

    static Stream<Arguments> variants() {
        return Stream.of(Proxy.values())
                .flatMap(proxy -> Stream.of(IoPolicy.values()).map(io -> Arguments.of(proxy, io)));
    }

    private static WebServer start(IoPolicy io, Consumer<WebSocketOptions> options) {
        return WebServer.builder()
                .io(io)
                .host("127.0.0.1")
                .trustedProxies("127.0.0.1")
                .get(
                        "/seen",
                        (request, response) -> response.getWriter()
                                .print(request.getRemoteAddr() + " " + request.getRequestURL() + " "
                                        + request.isSecure() + " END"))
                .get("/cookie", (request, response) -> {
                    Cookie cookie = new Cookie("c", "v");
                    cookie.setPath(request.getContextPath() + "/");
                    cookie.setSecure(request.isSecure());
                    response.addCookie(cookie);
                    request.getSession(true);
                    response.sendRedirect(request.getContextPath() + "/seen");
                })
                .websocket("/echo", options, session -> {
                    session.send(session.handshake().remote() + " "
                            + session.handshake().secure());
                    while (true) {
                        session.send(session.receive());
                    }
                })
                .start(0);
    }

    @ParameterizedTest
    @MethodSource("variants")
    void aHandlerSeesTheRequestThatTheBrowserMadeAndNothingForged(Proxy proxy, IoPolicy io) throws Exception {
        try (WebServer server = start(io, options -> {});
                RunningProxy running = new RunningProxy(proxy, server.port(), "60s");
                Browser browser = new Browser(running.port())) {
            String expected = Browser.ADDRESS + " https://localhost:" + running.port() + "/seen true END";
            String plain = browser.get("/seen").readUntil("END");
            assertTrue(plain.endsWith(expected), plain);
            String forged = browser.get(
                            "/seen",
                            "X-Forwarded-For: 8.8.8.8",
                            "X-Forwarded-Proto: http",
                            "X-Forwarded-Host: evil.example",
                            "X-Forwarded-Port: 1",
                            "X-Forwarded-Prefix: /evil",
                            "Forwarded: for=8.8.8.8;proto=http;host=evil.example")
                    .readUntil("END");
            assertTrue(forged.endsWith(expected), forged);
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void belowAPathLinksRedirectsAndCookiesAreThoseOfTheBrowser(Proxy proxy, IoPolicy io) throws Exception {
        try (WebServer server = start(io, options -> {});
                RunningProxy running = new RunningProxy(proxy, server.port(), "60s");
                Browser browser = new Browser(running.port())) {
            String url = "https://localhost:" + running.port() + "/tools/seen";
            assertTrue(browser.get("/tools/seen").readUntil("END").contains(" " + url + " true"));
            String cookie = browser.get("/tools/cookie")
                    .readUntil("\r\n\r\n")
                    .replace("\r\nlocation:", "\r\nLocation:"); // HAProxy writes names in lower case
            assertTrue(
                    cookie.contains("\r\nLocation: /tools/seen\r\n") || cookie.contains("\r\nLocation: " + url),
                    cookie);
            assertTrue(cookie.contains("c=v; Path=/tools/; Secure"), cookie);
            assertTrue(
                    SESSION.matcher(cookie).find(),
                    () -> "the session's cookie is for this path only, and for TLS only: " + cookie);
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void aSocketIsForPagesOfTheSameOriginAsTheBrowserKnowsIt(Proxy proxy, IoPolicy io) throws Exception {
        try (WebServer server = start(io, options -> {});
                RunningProxy running = new RunningProxy(proxy, server.port(), "60s")) {
            String own = "Origin: https://localhost:" + running.port();
            for (String path : List.of("/echo", "/tools/echo")) {
                try (Browser browser = new Browser(running.port())) {
                    assertEquals(101, browser.upgrade(path, own).status(), path);
                    assertEquals("1 /" + Browser.ADDRESS + ":0 true", browser.frame());
                    assertEquals("1 hello", browser.frame(TEXT, "hello").frame());
                }
            }
            for (String foreign : List.of(
                    "Origin: https://evil.example",
                    "Origin: http://localhost:" + running.port(),
                    "Origin: http://127.0.0.1:" + server.port(),
                    "Origin: https://evil.example\r\nX-Forwarded-Host: evil.example")) {
                try (Browser browser = new Browser(running.port())) {
                    assertEquals(403, browser.upgrade("/echo", foreign).status(), foreign);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void aLongAnswerArrivesAsItIsWritten(Proxy proxy, IoPolicy io) throws Exception {
        CountDownLatch more = new CountDownLatch(1);
        try (WebServer server = WebServer.builder()
                        .io(io)
                        .host("127.0.0.1")
                        .get("/long", (request, response) -> {
                            response.setHeader("X-Accel-Buffering", "no");
                            response.getWriter().print("first");
                            response.flushBuffer();
                            more.await();
                            response.getWriter().print("last");
                        })
                        .start(0);
                RunningProxy running = new RunningProxy(proxy, server.port(), "60s");
                Browser browser = new Browser(running.port())) {
            browser.get("/long").readUntil("first");
            more.countDown();
            browser.readUntil("last");
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void pingsKeepASilentSessionOpenLongerThanTheProxyWaits(Proxy proxy, IoPolicy io) throws Exception {
        try (WebServer server = start(io, options -> options.pingInterval(Duration.ofMillis(400)));
                RunningProxy running = new RunningProxy(proxy, server.port(), "1s");
                Browser browser = new Browser(running.port())) {
            assertEquals(101, browser.upgrade("/echo").status());
            browser.frame();
            int pings = 0;
            for (long start = System.nanoTime(); System.nanoTime() - start < 3_000_000_000L; pings++) {
                String ping = browser.frame();
                assertTrue(ping.startsWith("9 "), ping);
                browser.frame(10, ping.substring(2));
            }
            assertTrue(pings >= 3, "pings: " + pings);
            assertEquals(1, server.stats().sessions().openNow());
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    @ResourceLock(LogTap.RESOURCE)
    void aClientThatVanishesBehindTheProxyEndsItsSessionQuietly(Proxy proxy, IoPolicy io) throws Exception {
        try (LogTap log = new LogTap();
                WebServer server = start(io, options -> {});
                RunningProxy running = new RunningProxy(proxy, server.port(), "60s")) {
            for (int i = 0; i < 10; i++) {
                try (Browser browser = new Browser(running.port())) {
                    assertEquals(101, browser.upgrade("/echo").status());
                    browser.frame();
                    browser.reset();
                }
            }
            await().until(() -> server.stats().sessions().ended() == 10);
            assertEquals(0, server.stats().sessions().openNow());
            assertEquals(List.of(), log.events(), log::toString);
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void aServerThatStopsSaysGoodbyeThroughTheProxy(Proxy proxy, IoPolicy io) throws Exception {
        try (WebServer server = start(io, options -> {});
                RunningProxy running = new RunningProxy(proxy, server.port(), "60s");
                Browser browser = new Browser(running.port())) {
            assertEquals(101, browser.upgrade("/echo").status());
            browser.frame();
            Thread stopper = Thread.ofVirtual().start(() -> server.stop(Duration.ofSeconds(10)));
            String close = browser.frame();
            assertTrue(close.startsWith("8 \u0003\u00e9"), "1001 and not " + close);
            browser.frame(8, "\u0003\u00e9");
            assertTrue(stopper.join(Duration.ofSeconds(10)));
        }
    }
}
