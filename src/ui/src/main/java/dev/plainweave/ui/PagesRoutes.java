package dev.plainweave.ui;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plainweave.http.CachePolicy;
import dev.plainweave.http.HttpError;
import dev.plainweave.http.HttpRoutes;
import dev.plainweave.http.PathParameters;
import dev.plainweave.server.WebServer;
import dev.plainweave.websocket.Outbox;
import dev.plainweave.websocket.WebSocketOptions;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What is at which path, for pages to live: the pages themselves, their socket, and what browsers load. */
final class PagesRoutes {
    static final String SOCKET = "/_plainweave/socket";
    private static final String BYE = "/_plainweave/bye";
    private static final int BYE_BYTES = 1024;
    private static final int FORBIDDEN = 403;
    private static final int WAITING_MESSAGES = 64;

    private final Pages pages;

    PagesRoutes(Pages pages) {
        this.pages = pages;
    }

    Pages pages() {
        return pages;
    }

    void install(
            WebServer.Builder server,
            Map<String, PageFunction> functions,
            HeadFiles head,
            Optional<ErrorPageFunction> onError) {
        String assets = Assets.path();
        server.meters(pages.counts());
        Visits visits = new Visits(pages, assets, head);
        server.websocket(SOCKET, this::options, new PageSocket(pages)::serve);
        server.http(http -> {
            functions.forEach((path, function) -> http.route("GET", path, new PageRoute(visits, path, function)));
            head.install(http);
            http.files(assets, Assets.DIRECTORY, file -> CachePolicy.IMMUTABLE);
            http.files(Assets.BOOTSTRAP, Assets.BOOTSTRAP_DIRECTORY, file -> CachePolicy.IMMUTABLE);
            once(http, Scripts.PATH, pages.scripts()::serve);
            once(http, Downloads.PATH, pages.downloads()::serve);
            http.route("GET", Logins.FORBIDDEN, (request, response) -> {
                throw new HttpError(FORBIDDEN);
            });
            once(http, Logins.PATH, pages.logins()::redeem);
            http.route(
                    "GET",
                    ScriptModule.PATH + "{fingerprint}/{name}",
                    (request, response) -> pages.modules()
                            .serve(
                                    request,
                                    response,
                                    PathParameters.of(request).text("fingerprint"),
                                    PathParameters.of(request).text("name")));
            http.route(
                    "GET",
                    Pictures.PATH + "{token}",
                    (request, response) -> pages.pictures()
                            .serve(request, response, PathParameters.of(request).text("token")));
            http.route("POST", BYE, this::bye);
            http.onError(new ErrorPages(pages, visits, onError));
            endWith(http);
        });
    }

    private interface ByToken {
        void serve(HttpServletRequest request, HttpServletResponse response, String token) throws Exception;
    }

    private static void once(HttpRoutes http, String path, ByToken answer) {
        http.route(
                "GET",
                path + "{token}",
                (request, response) -> answer.serve(
                        request, response, PathParameters.of(request).text("token")));
    }

    /** The window of a page is what bounds its messages, not the number of their bytes: one may hold a whole page. */
    private void options(WebSocketOptions options) {
        options.maxMessageBytes(pages.limits().messageBytes())
                .outbox(Outbox.closing(WAITING_MESSAGES, Long.MAX_VALUE))
                .admit(handshake ->
                        handshake.header("origin").isPresent() ? OptionalInt.empty() : OptionalInt.of(FORBIDDEN));
    }

    private void endWith(HttpRoutes http) {
        http.context(context -> context.addEventListener(new ServletContextListener() {
            @Override
            public void contextDestroyed(ServletContextEvent event) {
                pages.close();
            }
        }));
    }

    /** A tab that goes, and could not say so over its socket. */
    private void bye(HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] body = request.getInputStream().readNBytes(BYE_BYTES);
        try {
            JsonNode message = Incoming.read(new String(body, StandardCharsets.UTF_8));
            pages.find(
                            Incoming.text(message, "page"),
                            Incoming.text(message, "secret"),
                            Visitors.of(request).orElse(""))
                    .ifPresent(page -> page.left(true));
        } catch (ProtocolException malformed) {
            throw new HttpError(400, String.valueOf(malformed.getMessage()));
        }
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
}
