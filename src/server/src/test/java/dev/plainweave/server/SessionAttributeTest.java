package dev.plainweave.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plainweave.access.User;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who has signed in on a page is known to the guard in front of the servlets. */
@Timeout(30)
class SessionAttributeTest {
    /** Signs in, signs out, and says who it is. */
    private static final class Door extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            switch (request.getServletPath()) {
                case "/in" -> request.getSession().setAttribute("user", User.of("ada"));
                case "/out" -> {
                    HttpSession session = request.getSession(false);
                    if (session != null) {
                        session.invalidate();
                    }
                }
                default -> response.getWriter().print(request.getRemoteUser());
            }
        }
    }

    @Test
    void aSessionThatIsSignedInIsKnownUntilItEnds() throws Exception {
        ServletContextHandler context = new ServletContextHandler("/", ServletContextHandler.SESSIONS);
        ServletHolder door = new ServletHolder(new Door());
        for (String path : List.of("/in", "/out", "/who")) {
            context.addServlet(door, path);
        }
        AccessRules rules = new AccessRules();
        rules.add("/who", principal -> true);
        AccessGuard guard = new AccessGuard(
                caller -> caller.sessionAttribute("user").map(User.class::cast), rules, "", context::getSessionHandler);
        guard.setHandler(context);
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        server.addConnector(connector);
        server.setHandler(guard);
        server.start();
        try {
            HttpClient client =
                    HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
            assertEquals(401, get(client, connector, "/who").statusCode());
            get(client, connector, "/in");
            assertEquals("ada", get(client, connector, "/who").body());
            assertEquals("ada", get(client, connector, "/who").body());
            get(client, connector, "/out");
            assertEquals(401, get(client, connector, "/who").statusCode());
        } finally {
            server.stop();
        }
    }

    private static HttpResponse<String> get(HttpClient client, ServerConnector connector, String path)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://localhost:" + connector.getLocalPort() + path);
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
