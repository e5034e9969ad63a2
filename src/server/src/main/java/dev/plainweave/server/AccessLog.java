package dev.plainweave.server;

import java.util.Locale;

/**
 * Whether and how every request is logged, by the logger {@code dev.plainweave.access} at INFO: one line when its answer is
 * done, and one at the end of every native WebSocket session. What a client has said is escaped: whatever is not printable
 * ASCII, quotes and backslashes.
 */
public enum AccessLog {
    /** Nothing is logged; the default of the library. */
    OFF,
    /** The combined format of Apache and nginx, followed by the seconds it took. */
    COMBINED,
    /** One JSON object a line. */
    JSON;

    /** The name of the logger. */
    public static final String LOGGER = "dev.plainweave.access";

    /**
     * The format of that name, in any case.
     *
     * @throws IllegalArgumentException for another name
     */
    public static AccessLog parse(String name) {
        return switch (name.strip().toLowerCase(Locale.ROOT)) {
            case "off" -> OFF;
            case "combined" -> COMBINED;
            case "json" -> JSON;
            default ->
                throw new IllegalArgumentException(
                        "no such access log: '" + name + "', expected off, combined or json");
        };
    }
}
