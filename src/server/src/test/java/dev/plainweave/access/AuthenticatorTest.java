package dev.plainweave.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The ready-made ways to sign in, as RFC 7617 and 6750 have them. */
@Timeout(60)
class AuthenticatorTest {
    private static final Authenticator BASIC = Authenticator.basic(
            "the works",
            (user, password) ->
                    Authenticator.sameSecret("pass:wörd", password) ? Optional.of(User.of(user)) : Optional.empty());
    private static final Authenticator BEARER = Authenticator.bearer(
            token -> token.equals("t0.k~en/+==") ? Optional.of(User.of("machine")) : Optional.empty());

    private static String basic(String pair) {
        return "Authorization: Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static WebServer start(IoPolicy io, Authenticator authenticator) {
        return WebServer.builder()
                .io(io)
                .host("127.0.0.1")
                .authenticate(authenticator)
                .requires("/*")
                .get("/*", (request, response) -> response.getWriter().print(request.getRemoteUser()))
                .start(0);
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void nameAndPassword(IoPolicy io) throws Exception {
        try (WebServer server = start(io, BASIC)) {
            int port = server.port();
            assertEquals("ada", Visit.get(port, "/", basic("ada:pass:wörd")).body());
            assertEquals(
                    "ada",
                    Visit.get(port, "/", basic("ada:pass:wörd").replace("Basic", "bAsIc"))
                            .body());
            Visit.Answer refused = Visit.get(port, "/", basic("ada:wrong"));
            assertEquals(401, refused.status());
            assertEquals(List.of("Basic realm=\"the works\", charset=\"UTF-8\""), refused.headers("WWW-Authenticate"));
            for (String wrong : List.of(
                    "X: y",
                    "Authorization: Basic",
                    "Authorization: Basic !!!",
                    "Authorization: Basicxyz",
                    "Authorization: Basic /+n/",
                    "Authorization: Bearer YWRhOnBhc3M6d8O2cmQ=",
                    basic("no colon"),
                    basic("ada:pass:wörd") + "\r\n" + basic("ada:pass:wörd"))) {
                assertEquals(401, Visit.get(port, "/", wrong).status(), wrong);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void tokens(IoPolicy io) throws Exception {
        try (WebServer server = start(io, BEARER)) {
            int port = server.port();
            assertEquals(
                    "machine",
                    Visit.get(port, "/", "Authorization: Bearer t0.k~en/+==").body());
            for (String wrong : List.of(
                    "X: y", "Authorization: Bearer", "Authorization: Bearer t0 ken", "Authorization: Bearer other")) {
                assertEquals(401, Visit.get(port, "/", wrong).status(), wrong);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    void oneOfSeveral(IoPolicy io) throws Exception {
        Authenticator cookie = caller -> caller.cookie("who").map(User::of);
        try (WebServer server = start(io, Authenticator.firstOf(cookie, BEARER, BASIC))) {
            int port = server.port();
            assertEquals("eve", Visit.get(port, "/", "Cookie: who=eve").body());
            assertEquals(
                    "machine",
                    Visit.get(port, "/", "Authorization: Bearer t0.k~en/+==").body());
            assertEquals("ada", Visit.get(port, "/", basic("ada:pass:wörd")).body());
            assertEquals(
                    List.of("Bearer", "Basic realm=\"the works\", charset=\"UTF-8\""),
                    Visit.get(port, "/").headers("WWW-Authenticate"));
        }
        try (WebServer server = start(io, cookie)) {
            assertEquals(List.of("Custom"), Visit.get(server.port(), "/").headers("WWW-Authenticate"));
        }
    }

    @Test
    void aRealmThatCannotBeSentIsRefusedAtOnce() {
        for (String wrong : List.of("a\"b", "a\\b", "a\nb", "ä")) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> Authenticator.basic(wrong, (user, password) -> Optional.empty()),
                    wrong);
        }
    }

    @Test
    void secretsAreComparedWhole() {
        assertTrue(Authenticator.sameSecret("secret", "secret"));
        assertFalse(Authenticator.sameSecret("secret", "secre"));
        assertFalse(Authenticator.sameSecret("secret", ""));
    }

    @Test
    void rolesAreAUsersOwn() {
        assertTrue(User.inRole("admin").test(User.of("ada", "admin")));
        assertFalse(User.inRole("admin").test(User.of("bob", "reader")));
        assertFalse(User.inRole("admin").test(() -> "admin"));
    }
}
