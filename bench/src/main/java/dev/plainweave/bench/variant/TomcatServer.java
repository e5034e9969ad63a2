package dev.plainweave.bench.variant;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;

/**
 * Tomcat embedded, its NIO connector with {@code useVirtualThreads}, as its documentation has it, and
 * keep-alive without a bound; its other defaults. Runs on a class path of its own: two implementations of Jakarta WebSocket cannot share one.
 */
public final class TomcatServer {
    private TomcatServer() {}

    /** The echo as any application would write it. */
    @ServerEndpoint("/echo")
    public static final class Echo {
        public Echo() {}

        @OnMessage
        public String text(String message) {
            return message;
        }

        @OnError
        public void error(Throwable vanished) {}
    }

    /** Plain GET. */
    @SuppressWarnings("serial")
    static final class Hello extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("text/plain");
            response.getOutputStream().print("ok\n");
        }
    }

    public static void main(String[] arguments) throws Exception {
        Parent.endWithIt();
        Path base = Files.createTempDirectory("plainweave-bench-tomcat");
        base.toFile().deleteOnExit();
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(base.toString());
        Connector connector = new Connector("HTTP/1.1");
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("useVirtualThreads", "true");
        connector.setProperty("maxKeepAliveRequests", "-1"); // by default every hundredth request ends its connection
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", base.toString());
        context.addServletContainerInitializer(new WsSci(), Set.of(Echo.class));
        Tomcat.addServlet(context, "hello", new Hello()).addMapping("/hello");
        Tomcat.addServlet(context, "default", new DefaultServlet())
                .addMapping("/"); // none: 404 before any filter, upgrades too
        tomcat.start();
        System.out.println("tomcat on http://127.0.0.1:" + connector.getLocalPort());
        tomcat.getServer().await();
    }
}
