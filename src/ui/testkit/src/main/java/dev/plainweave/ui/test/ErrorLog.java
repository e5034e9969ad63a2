package dev.plainweave.ui.test;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.SubstituteLoggerFactory;

/**
 * What is logged at ERROR while a test runs, by the test's own thread or by one that descends from it: those of its server
 * do, so that tests may run in parallel. Heard of Logback and of java.util.logging; SLF4J itself tells nobody.
 */
final class ErrorLog {
    private static final InheritableThreadLocal<@Nullable ErrorLog> OF_THREAD = new InheritableThreadLocal<>();

    static {
        java.util.logging.Logger.getLogger("").addHandler(new JulErrors());
    }

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private @Nullable ErrorLog outer;

    /** To be called before there is a thread of the test's but the calling one. */
    void begin() {
        try {
            LogbackErrors.attach();
        } catch (NoClassDefFoundError absent) {
            // Another backend.
        }
        outer = OF_THREAD.get();
        OF_THREAD.set(this);
    }

    /** On the same thread; what was logged since. */
    List<String> end() {
        if (outer == null) {
            OF_THREAD.remove();
        } else {
            OF_THREAD.set(outer);
        }
        return List.copyOf(lines);
    }

    private static void heard(String logger, @Nullable String message, @Nullable Object thrown) {
        ErrorLog log = OF_THREAD.get();
        if (log != null) {
            log.lines.add(logger + ": " + message + (thrown == null ? "" : ", " + thrown));
        }
    }

    /** Apart, since Logback need not be there. */
    private static final class LogbackErrors extends AppenderBase<ILoggingEvent> {
        private static final LogbackErrors ERRORS = new LogbackErrors();

        /** Repeatable: somebody may have configured Logback anew. */
        static void attach() {
            while (LoggerFactory.getILoggerFactory() instanceof SubstituteLoggerFactory) {
                LockSupport.parkNanos(1_000_000); // another thread is about to set logging up
            }
            if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
                ERRORS.setContext(context);
                ERRORS.start();
                context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(ERRORS);
            }
        }

        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLevel().isGreaterOrEqual(Level.ERROR)) {
                var thrown = event.getThrowableProxy();
                heard(
                        event.getLoggerName(),
                        event.getFormattedMessage(),
                        thrown == null ? null : thrown.getClassName() + ": " + thrown.getMessage());
            }
        }
    }

    private static final class JulErrors extends Handler {
        @Override
        public void publish(LogRecord entry) {
            if (entry.getLevel().intValue() >= java.util.logging.Level.SEVERE.intValue()) {
                heard(entry.getLoggerName(), entry.getMessage(), entry.getThrown());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
