package dev.plainweave.server;

import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.plainweave.connector.BlockingConnector;
import jakarta.servlet.ServletContext;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.websocket.jakarta.server.JakartaWebSocketServerContainer;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.NetworkConnector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.provider.Arguments;
import org.slf4j.LoggerFactory;

/** A started server with Jakarta endpoints, and what its threads log at INFO or above once it is up. */
final class JakartaTestServer implements AutoCloseable {
    /** The resource of tests that look at what is logged. */
    static final String LOG = "log";

    /** Warns of a machine that is too busy, which says nothing about the code. */
    private static final String PROBE = "dev.plainweave.connector.SchedulingProbe";

    /** Which server a thread belongs to: threads inherit it from the one that starts them. */
    private static final InheritableThreadLocal<JakartaTestServer> OWNER = new InheritableThreadLocal<>();

    private final Server server = new Server();
    private final ServletContextHandler context = new ServletContextHandler("/");
    private final Connector connector;
    private final Lines lines = new Lines();

    /** The connectors that every test runs on. */
    static Stream<Arguments> connectors() {
        return connectorFactories().map(factory -> arguments(factory));
    }

    static Stream<Named<Function<Server, Connector>>> connectorFactories() {
        return Stream.of(
                named("ServerConnector", ServerConnector::new), named("BlockingConnector", BlockingConnector::new));
    }

    JakartaTestServer(Function<Server, Connector> connectors) {
        connector = connectors.apply(server);
        server.addConnector(connector);
        server.setHandler(context);
    }

    /** What else the context shall have; before the start. */
    JakartaTestServer with(Consumer<ServletContextHandler> setting) {
        setting.accept(context);
        return this;
    }

    JakartaTestServer start(JakartaEndpoints.Limits limits, Class<?>... endpoints) throws Exception {
        return start(limits, List.of(endpoints), List.of());
    }

    JakartaTestServer start(
            JakartaEndpoints.Limits limits, List<Class<?>> endpoints, List<ServerEndpointConfig> configs)
            throws Exception {
        OWNER.set(this);
        JakartaEndpoints.configure(context, limits, endpoints, configs);
        server.start();
        lines.start();
        root().addAppender(lines);
        return this;
    }

    int port() {
        return ((NetworkConnector) connector).getLocalPort();
    }

    Server server() {
        return server;
    }

    ServerContainer container() {
        ServletContext servletContext = context.getServletContext();
        return (ServerContainer) servletContext.getAttribute(ServerContainer.class.getName());
    }

    int openSessions() {
        return ((JakartaWebSocketServerContainer) container()).getOpenSessions().size();
    }

    int connections() {
        return connector.getConnectedEndPoints().size();
    }

    /** What was logged at INFO or above since the start, oldest first. */
    List<ILoggingEvent> log() {
        return List.copyOf(lines.events);
    }

    @Override
    public void close() {
        root().detachAppender(lines);
        lines.stop();
        OWNER.remove();
        LifeCycle.stop(server);
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    }

    /** Takes the events of this server's threads, and of threads that belong to no test server at all. */
    private final class Lines extends AppenderBase<ILoggingEvent> {
        private final Queue<ILoggingEvent> events = new ConcurrentLinkedQueue<>();

        @Override
        protected void append(ILoggingEvent event) {
            JakartaTestServer owner = OWNER.get();
            boolean about = event.getLoggerName().contains("akarta");
            if (!event.getLoggerName().equals(PROBE)
                    && event.getLevel().isGreaterOrEqual(Level.INFO)
                    && (owner == JakartaTestServer.this || (owner == null && about))) {
                event.prepareForDeferredProcessing();
                events.add(event);
            }
        }
    }
}
