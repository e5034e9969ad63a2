package dev.plainweave.server;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How connections wait for bytes. Handlers, limits and protocol code are the same on both. */
public enum IoPolicy {
    /** One virtual thread per connection, reading and writing its socket with plain blocking IO. The default. */
    BLOCKING,
    /** Jetty's own selector loop in its recommended shape: a pool of platform threads that starts virtual threads. */
    SELECTOR;

    /** The environment variable that names the policy where the code does not. */
    public static final String VARIABLE = "PLAINWEAVE_IO";

    /** What {@value #VARIABLE} names; {@link #BLOCKING} where it is not set. */
    public static IoPolicy fromEnvironment() {
        return from(System.getenv(VARIABLE));
    }

    static IoPolicy from(@Nullable String variable) {
        return variable == null || variable.isBlank() ? BLOCKING : parse(variable);
    }

    /**
     * The policy of that name, in any case.
     *
     * @throws IllegalArgumentException for another name
     */
    public static IoPolicy parse(String name) {
        return switch (name.trim().toLowerCase(Locale.ROOT)) {
            case "blocking" -> BLOCKING;
            case "selector" -> SELECTOR;
            default ->
                throw new IllegalArgumentException("no such IO policy: '" + name + "', expected blocking or selector");
        };
    }
}
