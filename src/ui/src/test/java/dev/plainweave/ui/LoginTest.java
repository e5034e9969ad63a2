package dev.plainweave.ui;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.access.Authenticator;
import dev.plainweave.access.User;
import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import java.net.http.HttpResponse;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logging in and out, and whom it keeps out: the classes of what went wrong in others, among them. */
class LoginTest {
    private static final String LOGIN = Logins.COOKIE;
    private static final String VISITOR = Visitors.COOKIE;

    private final List<PageEnd> ends = new CopyOnWriteArrayList<>();
    private final AtomicInteger looked = new AtomicInteger();

    /** Accounts whose password is their name. */
    private Optional<User> find(String name, String password) {
        looked.incrementAndGet();
        return name.equals(password)
                ? Optional.of(User.of(name, name.equals("root") ? "admin" : "user"))
                : Optional.empty();
    }

    private PlainweaveBuilder site(IoPolicy io, LoginLimits limits) {
        return Sites.on(io)
                .login("/login", this::login, limits)
                .page(
                        "/",
                        page -> page.label(
                                "hello " + page.user().map(Principal::getName).orElse("nobody")))
                .page("/account", page -> {
                    page.onClose(ends::add);
                    page.label("account of " + page.user().orElseThrow().getName());
                    page.button("Log out").onClick(page::logout);
                })
                .page("/admin/{part}", page -> page.label("admin"))
                .page(
                        "/quick",
                        page -> page.login(User.of(page.request().query("as").orElse("ada"))))
                .page("/leave", page -> page.logout("/?left"))
                .get("/api", (request, response) -> response.getWriter().print("api"))
                .requires("/account")
                .requires("/api")
                .requires("/admin/*", User.inRole("admin"));
    }

    private void login(Page page) {
        Input name = page.input("Name");
        Input password = page.input("Password");
        Label message = page.label("");
        page.button("Log in").onClick(() -> {
            switch (page.tryLogin(() -> find(name.value(), password.value()))) {
                case LOGGED_IN -> message.text("welcome");
                case REFUSED -> message.text("wrong");
                case TOO_MANY -> message.text("later");
            }
        });
    }

    private PlainweaveBuilder site(IoPolicy io) {
        return site(io, LoginLimits.DEFAULT);
    }

    /** Logs in without a form; the answer to the address that is good once. */
    private static HttpResponse<String> quick(Visitor visitor, String as) throws Exception {
        HttpResponse<String> sent = visitor.get("/quick?as=" + as);
        assertEquals(302, sent.statusCode());
        return visitor.get(path(sent));
    }

    private static String path(HttpResponse<?> answer) {
        return Visitor.location(answer).replaceFirst("^https?://[^/]+", "");
    }

    /** Types into the form over the protocol; where the browser is sent. */
    private static String submit(RawPage page, String name, String password) {
        page.connect().hello(1, 0);
        int first = page.tag("input");
        page.event(1, 1, first, "value", "{\"value\":\"" + name + "\",\"edit\":1}");
        page.event(2, 1, secondInput(page), "value", "{\"value\":\"" + password + "\",\"edit\":1}");
        page.event(3, 1, page.id("Log in"), "click", "{}");
        AtomicReference<String> sent = new AtomicReference<>("");
        await().until(() -> {
            String all = page.messages().toString();
            page.frames()
                    .forEach(frame -> frame.path("commands").forEach(command -> {
                        if (command.get(1).asText().equals("navigate")) {
                            sent.set(command.get(2).asText());
                        }
                    }));
            return !sent.get().isEmpty() || all.contains("wrong") || all.contains("later");
        });
        return sent.get().isEmpty() ? (page.messages().toString().contains("later") ? "later" : "wrong") : sent.get();
    }

    private static int secondInput(RawPage page) {
        var inputs = java.util.regex.Pattern.compile("<input id=\"w(\\d+)\"").matcher(page.html);
        inputs.find();
        inputs.find();
        return Integer.parseInt(inputs.group(1));
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void whoHasToLogInComesBackToWhereTheyWantedToGo(IoPolicy io) throws Exception {
        try (WebServer server = site(io).start(0)) {
            Visitor visitor = new Visitor(server);
            HttpResponse<String> refused = visitor.get("/account?tab=2");
            assertEquals(303, refused.statusCode());
            assertEquals("/login?next=%2Faccount%3Ftab%3D2", path(refused));
            try (RawPage form = visitor.open(path(refused))) {
                String once = submit(form, "ada", "ada");
                assertTrue(once.startsWith(Logins.PATH), once);
                assertEquals(200, visitor.send("HEAD", "/").statusCode());
                assertEquals(404, visitor.send("HEAD", once).statusCode(), "HEAD takes nothing");
                assertEquals(404, new Visitor(server).get(once).statusCode(), "of another visitor");
                HttpResponse<String> in = visitor.get(once);
                assertEquals(303, in.statusCode());
                assertEquals("/account?tab=2", path(in));
                String cookie = in.headers().allValues("set-cookie").stream()
                        .filter(field -> field.startsWith(LOGIN))
                        .findFirst()
                        .orElseThrow();
                assertTrue(
                        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"),
                        cookie);
                assertEquals(404, visitor.get(once).statusCode(), "once");
            }
            assertTrue(visitor.get("/account").body().contains("account of ada"));
            assertTrue(visitor.get("/").body().contains("hello ada"));
            assertEquals("api", visitor.get("/api").body());
            assertEquals(403, visitor.get("/admin/x").statusCode());
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void programsGetTheStatusAndNoForm(IoPolicy io) throws Exception {
        try (WebServer server = site(io).start(0)) {
            Visitor visitor = new Visitor(server);
            assertEquals(401, visitor.get("/api", "Sec-Fetch-Mode", "cors").statusCode());
            assertEquals(401, visitor.send("POST", "/api").statusCode());
            assertEquals(303, visitor.send("HEAD", "/account").statusCode());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/account/",
                "/%61ccount",
                "/./account",
                "/x/../account",
                "/account?x",
                "//account",
                "/account;x=1",
                "/_plainweave/../account",
                "/_plainweave/%2e%2e/account",
                "/_plainweave/..%2faccount",
                "/login/../account",
                "/login;/../account",
                "/admin/%78",
                "/admin//x",
                "/admin/x/",
                "/ADMIN/../account"
            })
    void noSpellingGetsPast(String path) throws Exception {
        try (WebServer server = site(IoPolicy.BLOCKING).start(0)) {
            Visitor visitor = new Visitor(server);
            for (String method : List.of("GET", "HEAD", "OPTIONS", "POST")) {
                HttpResponse<String> answer = visitor.send(method, path);
                assertFalse(
                        answer.body().contains("account of") || answer.body().contains(">admin<"), answer.body());
                assertNotEquals(200, answer.statusCode(), method + " " + path);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "%2Faccount, /account",
        "https%3A%2F%2Fevil.example, /",
        "%2F%2Fevil.example, /",
        "%2F%5Cevil.example, /",
        "%5C%5Cevil.example, /",
        "%2F%09%2Fevil.example, /",
        "%2F%0A%2Fevil.example, /",
        "javascript%3Aalert(1), /",
        "%2F_plainweave%2Flogin%2Fx, /",
        "account, /",
        "'', /"
    })
    void nobodyIsSentElsewhere(String next, String target) throws Exception {
        try (WebServer server = site(IoPolicy.BLOCKING).start(0)) {
            Visitor visitor = new Visitor(server);
            try (RawPage form = visitor.open("/login?next=" + next)) {
                assertEquals(target, path(visitor.get(submit(form, "ada", "ada"))));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void aCookieThatWasPlantedIsWorthNothing(IoPolicy io) throws Exception {
        try (WebServer server = site(io).start(0)) {
            Visitor visitor = new Visitor(server);
            String planted = "AAAAAAAAAAAAAAAAAAAAAA";
            visitor.cookies.put(LOGIN, planted);
            assertEquals(303, visitor.get("/account").statusCode());
            visitor.cookies.put(LOGIN, planted);
            quick(visitor, "ada");
            String first = visitor.cookies.get(LOGIN);
            assertNotEquals(planted, first);
            assertTrue(visitor.get("/account").body().contains("account of ada"));
            Visitor attacker = new Visitor(server);
            attacker.cookies.put(LOGIN, planted);
            assertEquals(303, attacker.get("/account").statusCode());
            quick(visitor, "bob");
            assertNotEquals(first, visitor.cookies.get(LOGIN), "rotated");
            attacker.cookies.put(LOGIN, first);
            assertEquals(303, attacker.get("/account").statusCode(), "the one before is over");
            assertEquals(22, visitor.cookies.get(LOGIN).length(), "128 random bits, which say nothing");
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void aLogoutEndsAllPagesOfTheLoginAndNoOther(IoPolicy io) throws Exception {
        try (WebServer server = site(io).start(0)) {
            Visitor visitor = new Visitor(server);
            quick(visitor, "ada");
            Visitor elsewhere = new Visitor(server);
            quick(elsewhere, "ada");
            try (RawPage one = visitor.open("/account");
                    RawPage two = visitor.open("/account");
                    RawPage away = visitor.open("/account");
                    RawPage other = elsewhere.open("/account")) {
                one.connect().hello(1, 0);
                two.connect().hello(1, 0);
                other.connect().hello(1, 0);
                String old = visitor.cookies.get(LOGIN);
                one.event(1, 1, one.id("Log out"), "click", "{}");
                await().until(() -> two.messages().toString().contains("{\"gone\":{\"reason\":\"login\"}}"));
                await().until(() -> one.messages().toString().contains("navigate"));
                await().until(() ->
                        ends.stream().filter(PageEnd.LOGGED_OUT::equals).count() >= 2);
                assertEquals(303, visitor.get("/account").statusCode());
                assertFalse(visitor.cookies.containsKey(LOGIN)
                        && visitor.get("/").body().contains("ada"));
                away.connect().hello(1, 0);
                await().until(() -> away.messages().toString().contains("gone"));
                visitor.cookies.put(LOGIN, old);
                assertEquals(303, visitor.get("/account").statusCode(), "the cookie is good for nothing");
                assertFalse(other.messages().toString().contains("gone"), "another browser is another login");
                assertTrue(elsewhere.get("/account").body().contains("account of ada"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void theSocketAsksAgainWhoItIs(IoPolicy io) throws Exception {
        try (WebServer server = site(io).start(0)) {
            Visitor visitor = new Visitor(server);
            quick(visitor, "ada");
            try (RawPage page = visitor.open("/account")) {
                String onlyVisitor = VISITOR + "=" + visitor.cookies.get(VISITOR);
                page.connect(Optional.of(page.origin()), onlyVisitor);
                page.hello(1, 0);
                await().until(() -> page.messages().toString().contains("\"login\""));
                quick(visitor, "bob");
                page.connect(Optional.of(page.origin()), onlyVisitor + "; " + LOGIN + "=" + visitor.cookies.get(LOGIN));
                page.hello(1, 0);
                await().until(() -> page.messages().toString().contains("gone"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void whoHasLostARoleDoesNotConnectAgain(IoPolicy io) throws Exception {
        AtomicReference<User> who = new AtomicReference<>(User.of("ada", "admin"));
        try (WebServer server = Sites.on(io)
                .authenticate(caller -> Optional.of(who.get()))
                .requires("/admin", User.inRole("admin"))
                .page("/admin", page -> page.label("admin"))
                .start(0)) {
            Visitor visitor = new Visitor(server);
            try (RawPage page = visitor.open("/admin")) {
                page.connect().hello(1, 0);
                await().until(() -> page.messages().toString().contains("resumed"));
                page.cut();
                who.set(User.of("ada"));
                page.connect().hello(1, 0);
                await().until(() -> page.messages().toString().contains("\"login\""));
                who.set(User.of("bob", "admin"));
                page.connect().hello(1, 0);
                await().until(() -> page.messages().toString().contains("\"login\""));
                who.set(User.of("ada", "admin"));
                page.connect().hello(1, 0);
                await().until(() -> page.messages().toString().contains("resumed"));
            }
        }
    }

    @Test
    void aLoginEndsWhenItIsIdleOrOld() throws Exception {
        LoginLimits brief = new LoginLimits(10, Duration.ofMillis(300), Duration.ofHours(1), 10, Duration.ofMinutes(1));
        try (WebServer server = site(IoPolicy.BLOCKING, brief).start(0)) {
            Visitor visitor = new Visitor(server);
            quick(visitor, "ada");
            try (RawPage page = visitor.open("/account")) {
                page.connect().hello(1, 0);
                await().until(() -> page.messages().toString().contains("{\"gone\":{\"reason\":\"login\"}}"));
                await().until(() -> ends.contains(PageEnd.LOGGED_OUT));
                assertEquals(303, visitor.get("/account").statusCode());
            }
        }
        LoginLimits old = new LoginLimits(10, Duration.ofHours(1), Duration.ofMillis(1), 10, Duration.ofMinutes(1));
        LoginSession session = new LoginSession(User.of("ada"), old);
        await().until(() -> {
            session.used();
            return session.isOver();
        });
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void attemptsAreCountedByAddress(IoPolicy io) throws Exception {
        LoginLimits few = new LoginLimits(10, Duration.ofHours(1), Duration.ofHours(1), 2, Duration.ofMinutes(1));
        try (WebServer server = site(io, few).start(0)) {
            for (String expected : List.of("wrong", "wrong", "later")) {
                try (RawPage form = new Visitor(server).open("/login")) {
                    assertEquals(expected, submit(form, "ada", "guess"));
                }
            }
            try (RawPage form = new Visitor(server).open("/login")) {
                assertEquals("later", submit(form, "ada", "ada"), "the right one does not help now");
            }
            assertEquals(2, looked.get(), "no look at what comes too often");
        }
    }

    @Test
    void attemptsAreForgottenInTheirOrderAndWithTheirTime() {
        Attempts attempts =
                new Attempts(new LoginLimits(1, Duration.ofHours(1), Duration.ofHours(1), 1, Duration.ofMillis(200)));
        assertTrue(attempts.begin("a"));
        assertFalse(attempts.begin("a"));
        attempts.succeeded("a");
        assertTrue(attempts.begin("a"));
        await().until(() -> attempts.begin("a"));
        for (int number = 0; number < 20_000; number++) {
            attempts.begin("x" + number);
        }
        assertTrue(attempts.begin("a"), "the oldest was forgotten for the many");
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void everythingMayBeBehindTheLogin(IoPolicy io) throws Exception {
        try (WebServer server = site(io).requires("/*").start(0)) {
            Visitor visitor = new Visitor(server);
            assertEquals(303, visitor.get("/").statusCode());
            assertEquals(303, visitor.get("/nothing/here").statusCode(), "not even what there is not is told");
            try (RawPage form = visitor.open("/login")) {
                assertEquals(200, visitor.get(stylesheet(form)).statusCode());
                assertTrue(submit(form, "ada", "ada").startsWith(Logins.PATH));
            }
        }
    }

    private static String stylesheet(RawPage page) {
        var found = java.util.regex.Pattern.compile("href=\"([^\"]*plainweave\\.css)\"")
                .matcher(page.html);
        assertTrue(found.find(), page.html);
        return found.group(1);
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void othersThanTheLoginPageMayKnowTheVisitor(IoPolicy io) throws Exception {
        try (WebServer server = site(io).authenticate(Authenticator.bearer(
                        token -> token.equals("t") ? Optional.of(User.of("robot")) : Optional.empty()))
                .basePath("/base")
                .start(0)) {
            Visitor visitor = new Visitor(server);
            assertEquals(
                    "api", visitor.get("/base/api", "Authorization", "Bearer t").body());
            HttpResponse<String> refused = visitor.get("/base/account?x=1");
            assertEquals("/base/login?next=%2Faccount%3Fx%3D1", path(refused));
            HttpResponse<String> sent = visitor.get("/base/quick");
            assertTrue(path(sent).startsWith("/base" + Logins.PATH), path(sent));
            HttpResponse<String> in = visitor.get(path(sent));
            assertEquals("/base/", path(in));
            assertTrue(in.headers().allValues("set-cookie").toString().contains("Path=/base/"));
            assertTrue(visitor.get("/base/account").body().contains("account of ada"));
            assertEquals("/base/?left", path(visitor.get("/base/leave")));
            assertEquals(303, visitor.get("/base/account").statusCode());
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void behindATrustedProxyCookiesAreSecureAndPathsAreItsOwn(IoPolicy io) throws Exception {
        String[] proxied = {"X-Forwarded-For", "203.0.113.9", "X-Forwarded-Proto", "https", "X-Forwarded-Prefix", "/pre"
        };
        try (WebServer server = site(io).trustedProxies("loopback").start(0);
                WebServer untrusting = site(io).start(0)) {
            Visitor visitor = new Visitor(server);
            assertTrue(path(visitor.get("/account", proxied)).startsWith("/pre/login?next=%2Faccount"));
            HttpResponse<String> sent = visitor.get("/quick", proxied);
            String once = path(sent);
            assertTrue(once.startsWith("/pre" + Logins.PATH), once);
            HttpResponse<String> in = visitor.get(once.substring("/pre".length()), proxied);
            assertEquals("/pre/", path(in));
            for (HttpResponse<String> answer : List.of(sent, in)) {
                String cookie = answer.headers().firstValue("set-cookie").orElse("");
                assertTrue(cookie.contains("Secure") && cookie.contains("Path=/pre/"), cookie);
            }
            String plain = new Visitor(untrusting)
                    .get("/quick", proxied)
                    .headers()
                    .firstValue("set-cookie")
                    .orElse("");
            assertFalse(plain.contains("Secure") || plain.contains("/pre"), plain);
        }
    }

    @Test
    void mistakesOfTheProgramAreSaid() throws Exception {
        assertThrows(IllegalArgumentException.class, () -> Plainweave.builder().login("/login/{x}", page -> {}));
        assertThrows(
                IllegalArgumentException.class,
                () -> Plainweave.builder().login("/a", page -> {}).login("/b", page -> {}));
        AtomicReference<Throwable> none = new AtomicReference<>();
        AtomicReference<Throwable> wrong = new AtomicReference<>();
        try (WebServer server = Sites.one()
                .page(
                        "/",
                        page -> none.set(assertThrows(IllegalStateException.class, () -> page.login(User.of("ada")))))
                .start(0)) {
            assertEquals(200, new Visitor(server).get("/").statusCode());
            assertTrue(none.get().toString().contains("login page"), none.get().toString());
        }
        try (WebServer server = Sites.one()
                .login(
                        "/login",
                        page -> wrong.set(assertThrows(
                                IllegalArgumentException.class, () -> page.login(User.of("ada"), "//evil.example"))))
                .start(0)) {
            assertEquals(200, new Visitor(server).get("/login").statusCode());
            assertTrue(
                    wrong.get().toString().contains("//evil.example"),
                    wrong.get().toString());
        }
    }
}
