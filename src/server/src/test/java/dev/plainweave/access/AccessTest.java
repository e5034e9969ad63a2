package dev.plainweave.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import dev.plainweave.websocket.LogTap;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who a request comes from, what it may see, and that handlers and sessions of every kind are told. */
@Timeout(60)
@ResourceLock(LogTap.RESOURCE)
class AccessTest {
    /** Says whom it sees. */
    @ServerEndpoint("/jakarta")
    public static class Endpoint {
        @OnOpen
        public void open(Session session) throws Exception {
            Principal principal = session.getUserPrincipal();
            session.getBasicRemote().sendText(principal == null ? "nobody" : principal.getName());
        }
    }

    private static final String ADA = "Authorization: Bearer ada";
    private static final String BOB = "Authorization: Bearer bob";
    private static final Authenticator TOKENS = Authenticator.bearer(token -> switch (token) {
        case "ada" -> Optional.of(User.of("ada", "admin"));
        case "bob" -> Optional.of(User.of("bob"));
        default -> Optional.empty();
    });

    private static WebServer.Builder builder(IoPolicy io) {
        return WebServer.builder().io(io).host("127.0.0.1");
    }

    private static WebServer.Builder site(IoPolicy io) {
        return builder(io)
                .authenticate(TOKENS)
                .get(
                        "/*",
                        (request, response) -> response.getWriter()
                                .print(request.getRemoteUser() + " " + request.isUserInRole("admin") + " "
                                        + request.getAuthType()))
                .websocket(
                        "/native",
                        session -> session.send(session.handshake()
                                .principal()
                                .map(Principal::getName)
                                .orElse("nobody")))
                .endpoint(Endpoint.class);
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void whereNothingIsRequiredEverybodyMayGoAndHandlersKnowWhoItIs(IoPolicy io) throws Exception {
        try (WebServer server = site(io).start(0)) {
            int port = server.port();
            assertEquals("null false null", Visit.get(port, "/").body());
            assertEquals("ada true CUSTOM", Visit.get(port, "/", ADA).body());
            assertEquals("bob false CUSTOM", Visit.get(port, "/", BOB).body());
            for (String path : List.of("/native", "/jakarta")) {
                assertEquals("nobody", Visit.message(port, path), path);
                assertEquals("ada", Visit.message(port, path, ADA), path);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void whatIsRequiredIsRequiredOfRoutesAndSocketsAlikeBeforeTheUpgrade(IoPolicy io) throws Exception {
        try (WebServer server = site(io).requires("/*")
                .requires("/admin/*", User.inRole("admin"))
                .requires("/native", User.inRole("admin"))
                .requires("/jakarta", User.inRole("admin"))
                .start(0)) {
            int port = server.port();
            Visit.Answer stranger = Visit.get(port, "/page");
            assertEquals(401, stranger.status());
            assertEquals(List.of("Bearer"), stranger.headers("WWW-Authenticate"));
            assertEquals(
                    401, Visit.get(port, "/page", "Authorization: Bearer eve").status());
            assertEquals(200, Visit.get(port, "/page", BOB).status());
            assertEquals(403, Visit.get(port, "/admin/page", BOB).status());
            assertEquals(200, Visit.get(port, "/admin/page", ADA).status());
            for (String path : List.of("/native", "/jakarta")) {
                assertEquals(401, Visit.upgrade(port, path).status(), path);
                assertEquals(403, Visit.upgrade(port, path, BOB).status(), path);
                assertEquals("ada", Visit.message(port, path, ADA), path);
            }
            assertEquals(1, server.stats().sessions().opened(), "sessions that were refused were never opened");
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void filesEventStreamsAndServletsAreGuardedAsRoutesAre(IoPolicy io, @TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("plan.txt"), "the plan");
        HttpServlet servlet = new HttpServlet() {
            private static final long serialVersionUID = 1L;

            @Override
            protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
                response.getWriter().print("servlet of " + request.getRemoteUser());
            }
        };
        try (WebServer server = builder(io)
                .authenticate(TOKENS)
                .files("/files", directory)
                .events("/events", stream -> stream.send("event"))
                .servlet("/servlet/*", servlet)
                .requires("/files/*", User.inRole("admin"))
                .requires("/events", User.inRole("admin"))
                .requires("/servlet/*", User.inRole("admin"))
                .start(0)) {
            int port = server.port();
            for (String path : List.of(
                    "/files/plan.txt", "/files//plan.txt", "/files/%70lan.txt", "/events", "/servlet/a", "/servlet")) {
                Visit.Answer stranger = Visit.get(port, path);
                assertTrue(stranger.status() == 401 || stranger.status() == 400, path + ": " + stranger);
                Visit.Answer bob = Visit.get(port, path, BOB);
                assertTrue(bob.status() == 403 || bob.status() == 400, path + ": " + bob);
                assertFalse((stranger.body() + bob.body()).contains("plan"), path);
            }
            assertEquals("the plan", Visit.get(port, "/files/plan.txt", ADA).body());
            assertTrue(Visit.get(port, "/events", ADA).body().contains("data: event"));
            assertEquals("servlet of ada", Visit.get(port, "/servlet/a", ADA).body());
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void anAuthenticatorThatThrowsIsA500AndOneWarnWithoutWhatTheRequestCarried(IoPolicy io) throws Exception {
        try (LogTap log = new LogTap();
                WebServer server = builder(io)
                        .authenticate(caller -> {
                            throw new IllegalStateException("the database is away");
                        })
                        .get("/*", (request, response) -> {})
                        .websocket("/native", session -> session.receive())
                        .start(0)) {
            String secret = "Authorization: Bearer s3cret";
            assertEquals(
                    500, Visit.get(server.port(), "/a?token=s3cret", secret).status());
            assertEquals(
                    500,
                    Visit.upgrade(server.port(), "/native?token=s3cret", secret).status());
            assertEquals(2, log.events().size(), log::toString);
            assertTrue(log.toString().contains("GET /a"), log::toString);
            assertFalse(log.toString().contains("s3cret"), log::toString);
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void anAuthenticatorThatBlocksKeepsNobodyElseWaiting(IoPolicy io) throws Exception {
        CountDownLatch database = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(100);
        try (WebServer server = builder(io)
                .authenticate(caller -> {
                    if (caller.path().equals("/slow")) {
                        asked.countDown();
                        database.await();
                    }
                    return Optional.empty();
                })
                .get("/*", (request, response) -> response.getWriter().print("served"))
                .start(0)) {
            try (Visit.Crowd waiting = Visit.crowd(server.port(), 100, "/slow")) {
                asked.await();
                assertEquals("served", Visit.get(server.port(), "/quick").body());
                database.countDown();
                assertEquals(100, waiting.answered(200));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void theApplicationMayRefuseAHandshakeWithAStatus(IoPolicy io) throws Exception {
        try (LogTap log = new LogTap();
                WebServer server = builder(io)
                        .websocket(
                                "/room/{name}",
                                options -> options.admit(handshake -> switch (handshake
                                        .parameter("name")
                                        .orElseThrow()) {
                                    case "open" -> OptionalInt.empty();
                                    case "full" -> OptionalInt.of(429);
                                    case "odd" -> OptionalInt.of(200);
                                    case "broken" -> throw new IllegalStateException("no database");
                                    default -> OptionalInt.of(404);
                                }),
                                session -> session.send("welcome"))
                        .start(0)) {
            int port = server.port();
            assertEquals("welcome", Visit.message(port, "/room/open"));
            assertEquals(429, Visit.upgrade(port, "/room/full").status());
            assertEquals(404, Visit.upgrade(port, "/room/none").status());
            assertEquals(List.of(), log.events(), log::toString);
            assertEquals(500, Visit.upgrade(port, "/room/odd").status());
            assertEquals(500, Visit.upgrade(port, "/room/broken").status());
            assertEquals(2, log.events().size(), log::toString);
            assertEquals(1, server.stats().sessions().opened());
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void theCallerIsWhatTheRequestSays(IoPolicy io) throws Exception {
        try (LogTap log = new LogTap();
                WebServer server = builder(io)
                        .authenticate(caller -> Optional.of(User.of(String.join(
                                "|",
                                caller.method(),
                                caller.path(),
                                caller.header("x-key").orElse("-"),
                                caller.headers("X-Key").toString(),
                                caller.cookie("c").orElse("-"),
                                caller.query("q").orElse("-"),
                                caller.sessionAttribute("none")
                                        .map(Object::toString)
                                        .orElse("-"),
                                caller.remote().toString().replaceAll(":\\d+$", ""),
                                Boolean.toString(caller.secure())))))
                        .get("/*", (request, response) -> response.getWriter().print(request.getRemoteUser()))
                        .start(0)) {
            assertEquals(
                    "GET|/a b|1|[1, 2]|d|e f|-|/127.0.0.1|false",
                    Visit.get(server.port(), "/x/../a%20b;p=1?q=e+f", "X-Key: 1", "X-Key: 2", "Cookie: c=d")
                            .body());
            assertEquals(400, Visit.get(server.port(), "/?q=%e9").status(), "a query that is not UTF-8");
            assertEquals(List.of(), log.events(), log::toString);
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void whatNobodyCouldMeetIsRefusedAtTheStart(IoPolicy io) {
        assertThrows(
                IllegalStateException.class,
                () -> builder(io).requires("/admin").start(0));
    }
}
