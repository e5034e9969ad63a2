package dev.plainweave.ui;

import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.slf4j.LoggerFactory;

/** What one logger is told while it is open, as far as it concerns a test: other tests may run at the same time. */
final class Logged implements AutoCloseable {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger logger;
    private final AppenderBase<ILoggingEvent> appender;

    private Logged(String of, Predicate<ILoggingEvent> wanted) {
        // a test that runs at the same time may be the one that has begun to set logging up
        await().until(() -> LoggerFactory.getLogger(of) instanceof Logger);
        logger = (Logger) LoggerFactory.getLogger(of);
        appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                if (wanted.test(event)) {
                    lines.add(event.getLevel() + " " + event.getFormattedMessage());
                }
            }
        };
        appender.setContext(logger.getLoggerContext());
        appender.start();
        logger.addAppender(appender);
    }

    static Logged of(Class<?> logger, String part) {
        return new Logged(logger.getName(), event -> event.getFormattedMessage().contains(part));
    }

    /** All that anybody is told at INFO or above, but for a slow machine: for a test beside which no other runs. */
    static Logged all() {
        return new Logged(
                org.slf4j.Logger.ROOT_LOGGER_NAME,
                event -> event.getLevel().isGreaterOrEqual(Level.INFO)
                        && !event.getLoggerName().endsWith(".SchedulingProbe"));
    }

    List<String> lines() {
        return lines;
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
    }
}
