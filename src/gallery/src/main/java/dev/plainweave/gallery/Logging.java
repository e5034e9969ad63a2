package dev.plainweave.gallery;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.List;
import org.slf4j.Logger;

/**
 * How the jar logs: to stderr, lines for people, or with {@code --log json} an object a line. Jetty from WARN, all else
 * from INFO; {@code -Dplainweave.log.org.eclipse.jetty=DEBUG} says otherwise for a logger and those below it.
 *
 * <p>Whoever runs an own program with the jar, and an own {@code logback.xml}, sets {@code -Dlogback.configurationFile}.
 */
public final class Logging extends ContextAwareBase implements Configurator {
    private static final String FORMAT = "plainweave.log";
    private static final String LEVEL_PREFIX = FORMAT + '.';
    private static final String JSON = "json";
    /** What these two have to warn of is a {@code Host} that a client sends; the client gets its 400. */
    private static final List<String> HOSTS =
            List.of("org.eclipse.jetty.http.HttpParser", "org.eclipse.jetty.util.HostPort");
    /** Control characters of a message stay on its line, and visible; the stack trace has lines of its own. */
    private static final String PATTERN =
            "%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level %logger{0}: %replace(%msg){'\\p{Cntrl}', '?'}%n%ex";

    /**
     * Chooses the format. To be called before anything logs.
     *
     * @throws UsageException unless it is text or json
     */
    static void format(String name) throws UsageException {
        if (!name.equals("text") && !name.equals(JSON)) {
            throw new UsageException("--log must be text or json, was '" + name + "'");
        }
        System.setProperty(FORMAT, name);
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (System.getProperty("logback.configurationFile") != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setTarget("System.err");
        console.setEncoder(JSON.equals(System.getProperty(FORMAT)) ? json(context) : text(context));
        console.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(console);
        context.getLogger("org.eclipse.jetty").setLevel(Level.WARN);
        HOSTS.forEach(name -> context.getLogger(name).setLevel(Level.ERROR));
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith(LEVEL_PREFIX))
                .forEach(name -> context.getLogger(name.substring(LEVEL_PREFIX.length()))
                        .setLevel(Level.toLevel(System.getProperty(name), Level.INFO)));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static Encoder<ILoggingEvent> text(LoggerContext context) {
        PatternLayoutEncoder text = new PatternLayoutEncoder();
        text.setContext(context);
        text.setPattern(PATTERN);
        text.start();
        return text;
    }

    private static Encoder<ILoggingEvent> json(LoggerContext context) {
        JsonEncoder json = new JsonEncoder();
        json.setContext(context);
        json.setWithSequenceNumber(false);
        json.setWithNanoseconds(false);
        json.setWithContext(false);
        json.setWithMessage(false);
        json.setWithArguments(false);
        json.setWithFormattedMessage(true);
        json.start();
        return json;
    }
}
