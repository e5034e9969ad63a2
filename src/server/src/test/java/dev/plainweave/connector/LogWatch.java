package dev.plainweave.connector;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import dev.plainweave.websocket.LogTap;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What is logged at INFO or above while it is open, but for the servers' own starts and stops. A test that uses it locks {@link #LOCK}. */
final class LogWatch extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    /** The name of the resource that such tests share. */
    static final String LOCK = "log";

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    private LogWatch() {}

    static LogWatch open() {
        LogWatch watch = new LogWatch();
        watch.setContext(watch.root.getLoggerContext());
        watch.start();
        watch.root.addAppender(watch);
        return watch;
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getLevel().isGreaterOrEqual(Level.INFO) && !LogTap.isLifeCycle(event)) {
            String cause = event.getThrowableProxy() == null
                    ? ""
                    : "\n" + ThrowableProxyUtil.asString(event.getThrowableProxy());
            lines.add(event.getLevel() + " " + event.getLoggerName() + " " + event.getFormattedMessage() + cause);
        }
    }

    List<String> lines() {
        return lines;
    }

    /** The same but for what {@link SchedulingProbe} says about a busy machine. */
    List<String> findings() {
        return lines.stream()
                .filter(line -> !line.contains(SchedulingProbe.class.getName()))
                .toList();
    }

    @Override
    public void close() {
        root.detachAppender(this);
        stop();
    }
}
