package dev.plainweave.ui;

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

    private Logged(Class<?> of, Predicate<String> wanted) {
        logger = (Logger) LoggerFactory.getLogger(of);
        appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                if (wanted.test(event.getFormattedMessage())) {
                    lines.add(event.getLevel() + " " + event.getFormattedMessage());
                }
            }
        };
        appender.setContext(logger.getLoggerContext());
        appender.start();
        logger.addAppender(appender);
    }

    static Logged of(Class<?> logger, String part) {
        return new Logged(logger, line -> line.contains(part));
    }

    List<String> lines() {
        return lines;
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
    }
}
