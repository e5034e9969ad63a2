package dev.plainweave.websocket;

import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/** Everything that is logged at INFO or above while it is open. Tests that use it lock {@link #RESOURCE}. */
public final class LogTap implements AutoCloseable {
    public static final String RESOURCE = "log";

    /** What is said of a server that starts or stops, which another test may do at the same time. */
    private static final Set<String> LIFE_CYCLE = Set.of(
            "dev.plainweave.server.WebServer",
            "org.eclipse.jetty.server.Server",
            "org.eclipse.jetty.server.AbstractConnector",
            "org.eclipse.jetty.server.handler.ContextHandler",
            "org.eclipse.jetty.ee11.servlet.ServletContextHandler",
            "org.eclipse.jetty.session.DefaultSessionIdManager");

    /** Warns of a machine that is too busy, which says nothing about the code. */
    private static final String PROBE = "dev.plainweave.connector.SchedulingProbe";

    private final Queue<ILoggingEvent> events = new ConcurrentLinkedQueue<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLevel().isGreaterOrEqual(Level.INFO)
                    && !isLifeCycle(event)
                    && !event.getLoggerName().equals(PROBE)) {
                event.prepareForDeferredProcessing();
                events.add(event);
            }
        }
    };

    public LogTap() {
        appender.start();
        root().addAppender(appender);
    }

    /** Whether that says that a server starts or stops. */
    public static boolean isLifeCycle(ILoggingEvent event) {
        return event.getLevel() == Level.INFO && LIFE_CYCLE.contains(event.getLoggerName());
    }

    /** What was logged so far. */
    public List<ILoggingEvent> events() {
        return List.copyOf(events);
    }

    @Override
    public String toString() {
        return events.stream()
                .map(event -> event + " "
                        + (event.getThrowableProxy() == null
                                ? ""
                                : ThrowableProxyUtil.asString(event.getThrowableProxy())))
                .collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        root().detachAppender(appender);
        appender.stop();
    }

    private static Logger root() {
        await().until(() -> LoggerFactory.getILoggerFactory() instanceof LoggerContext); // while SLF4J starts
        return (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    }
}
