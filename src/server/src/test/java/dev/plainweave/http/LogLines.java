package dev.plainweave.http;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.slf4j.LoggerFactory;

/** What is logged at WARN or above while it is open. A test that uses it locks {@link #RESOURCE}. */
final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    static final String RESOURCE = "log";

    /** Warns of a machine that is too busy, which says nothing about the code. */
    private static final String PROBE = "dev.plainweave.connector.SchedulingProbe";

    private final List<String> lines = new CopyOnWriteArrayList<>();

    LogLines() {
        start();
        root().addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getLevel().isGreaterOrEqual(Level.WARN)
                && !event.getLoggerName().equals(PROBE)) {
            lines.add(event.getLevel() + " " + event.getLoggerName() + " " + event.getFormattedMessage());
        }
    }

    List<String> lines() {
        return lines;
    }

    @Override
    public void close() {
        root().detachAppender(this);
        stop();
    }

    private static Logger root() {
        Awaitility.await().until(() -> LoggerFactory.getILoggerFactory() instanceof LoggerContext);
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }
}
