package dev.plainweave.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.IoPolicy;
import dev.plainweave.server.WebServer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;

class ServletsTest {
    @BothPolicies
    void aServletApplicationWrittenForJettyRunsUnchanged(IoPolicy policy) throws Exception {
        Server jetty = new Server();
        ServerConnector connector = new ServerConnector(jetty);
        connector.setHost("127.0.0.1");
        jetty.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/", ServletContextHandler.SESSIONS);
        PlainApplication.setUp(context);
        jetty.setHandler(context);
        jetty.start();
        try (WebServer ours = Sites.on(policy).context(PlainApplication::setUp).start(0)) {
            assertEquals(answers(connector.getLocalPort()), answers(ours.port()));
        } finally {
            jetty.stop();
        }
    }

    private static List<String> answers(int port) throws IOException {
        List<String> answers = new ArrayList<>();
        String form = "name=Ada";
        ask(
                answers,
                port,
                "POST /app/form HTTP/1.1\r\n"
                        + "Host: h\r\n"
                        + "Content-Type: application/x-www-form-urlencoded\r\n"
                        + "Content-Length: "
                        + form.length() + "\r\n\r\n" + form);
        for (String target : new String[] {
            "/app/form",
            "/app/async",
            "/app/added",
            "/app/fails?arithmetic",
            "/app/fails?gone",
            "/app/fails?redirect",
            "/some/page.do"
        }) {
            ask(answers, port, "GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n");
        }
        assertEquals("200 Dear Ada, /app/form null yes [passed] [] true", answers.get(0));
        return answers;
    }

    private static void ask(List<String> answers, int port, String request) throws IOException {
        try (Caller caller = new Caller(port)) {
            Caller.Answer answer = caller.send(request).answer();
            answers.add(answer.status() + " " + answer.text() + " [" + answer.header("X-Stamp") + "] ["
                    + answer.header("Location") + "] "
                    + answer.header("Set-Cookie").startsWith("JSESSIONID="));
        }
    }

    static final class Mark extends HttpFilter {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            response.addHeader("X-Filter", "before");
            chain.doFilter(request, response);
        }
    }

    static final class Own extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print(getInitParameter("color") + " " + request.getPathInfo());
        }
    }

    @BothPolicies
    void filtersAndServletsStandBesideRoutes(IoPolicy policy) throws Exception {
        try (WebServer server = Sites.on(policy)
                .filter("/in/*", new Mark())
                .http(http -> http.servlet("/in/servlet/*", new Own(), Map.of("color", "red")))
                .servlet("/plain", new Own())
                .get("/in/route", (request, response) -> response.getWriter().print("route"))
                .get("/*", (request, response) -> response.getWriter().print("rest"))
                .start(0)) {
            Caller.Answer servlet = Caller.get(server, "/in/servlet/x");
            assertEquals("red /x", servlet.text());
            assertEquals("before", servlet.header("X-Filter"));
            assertEquals("null null", Caller.get(server, "/plain").text());
            Caller.Answer route = Caller.get(server, "/in/route");
            assertEquals("route", route.text());
            assertEquals("before", route.header("X-Filter"));
            Caller.Answer rest = Caller.get(server, "/other");
            assertEquals("rest", rest.text());
            assertTrue(rest.header("X-Filter").isEmpty());
        }
    }

    @Test
    void aServletThatHidesEveryRouteIsRefused() {
        WebServer.Builder builder =
                Sites.on(IoPolicy.BLOCKING).servlet("/", new Own()).get("/route", (request, response) -> {});
        assertThrows(IllegalStateException.class, () -> builder.start(0));
    }

    @Test
    void routesServeAJettyServerOfOnesOwn() throws Exception {
        Server jetty = new Server();
        ServerConnector connector = new ServerConnector(jetty);
        connector.setHost("127.0.0.1");
        jetty.addConnector(connector);
        HttpRoutes routes = new HttpRoutes()
                .route(
                        "GET",
                        "/hello/{name}",
                        (request, response) -> response.getWriter()
                                .print("hello " + PathParameters.of(request).text("name")));
        jetty.setHandler(routes.install(new ServletContextHandler("/")));
        jetty.start();
        try (Caller caller = new Caller(connector.getLocalPort())) {
            assertEquals("hello you", caller.send("GET", "/hello/you").answer().text());
            assertEquals(404, caller.send("GET", "/bye").answer().status());
        } finally {
            jetty.stop();
        }
    }
}
