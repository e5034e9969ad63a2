package dev.plainweave.bench.variant;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/**
 * A Jakarta endpoint on stock Jetty: ServerConnector, and the thread pool its programming guide prefers with virtual
 * threads, a QueuedThreadPool whose virtual-thread executor is a VirtualThreadPool.
 */
public final class StockJettyServer {

    private StockJettyServer() {}

    /** The echo as any application would write it; it knows that clients vanish, and logs nothing about it. */
    @ServerEndpoint("/echo")
    public static final class Echo {
        @OnMessage
        public void onMessage(Session session, String text) throws IOException {
            session.getBasicRemote().sendText(text);
        }

        @OnError
        public void onError(Throwable vanished) {}
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
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setVirtualThreadsExecutor(new VirtualThreadPool());
        Server server = new Server(threads);
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);

        ServletContextHandler context = new ServletContextHandler("/");
        context.addServlet(new ServletHolder(new Hello()), "/hello");
        JakartaWebSocketServletContainerInitializer.configure(
                context, (servletContext, container) -> container.addEndpoint(Echo.class));
        server.setHandler(context);
        server.start();
        System.out.println("stock-jetty on http://127.0.0.1:" + connector.getLocalPort());
        server.join();
    }
}
