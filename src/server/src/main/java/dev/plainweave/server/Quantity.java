package dev.plainweave.server;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Values of limits as text, with their units: {@code 250ms}, {@code 10s}, {@code 5m}, {@code 64KiB}, {@code 8MiB}, {@code 100}. */
final class Quantity {
    private static final Pattern FORM = Pattern.compile("(\\d+)\\s*([A-Za-z]*)");
    private static final Map<String, Long> TIMES = Map.of(
            "ms", Duration.ofMillis(1).toNanos(),
            "s", Duration.ofSeconds(1).toNanos(),
            "m", Duration.ofMinutes(1).toNanos(),
            "h", Duration.ofHours(1).toNanos());
    private static final Map<String, Long> BYTES =
            Map.of("", 1L, "bytes", 1L, "kib", 1L << 10, "mib", 1L << 20, "gib", 1L << 30);
    private static final Map<String, Long> COUNTS = Map.of("", 1L);

    private Quantity() {}

    /**
     * Reads a value.
     *
     * @param name what it is the value of, for the error
     * @throws IllegalArgumentException saying what was expected
     */
    static long parse(String name, Limit.Unit unit, String text) {
        Matcher parts = FORM.matcher(text.strip());
        Long factor = parts.matches()
                ? switch (unit) {
                    case TIME -> parts.group(1).equals("0") ? Long.valueOf(0) : factor(TIMES, parts);
                    case BYTES -> factor(BYTES, parts);
                    case COUNT, PER_SECOND -> factor(COUNTS, parts);
                }
                : null;
        if (factor == null) {
            throw new IllegalArgumentException(name + " must be " + expected(unit) + ", was '" + text + "'");
        }
        try {
            return Math.multiplyExact(Long.parseLong(parts.group(1)), factor);
        } catch (ArithmeticException | NumberFormatException tooLarge) {
            throw new IllegalArgumentException(name + " is too large: '" + text + "'", tooLarge);
        }
    }

    static Duration duration(String name, String text) {
        return Duration.ofNanos(parse(name, Limit.Unit.TIME, text));
    }

    private static @Nullable Long factor(Map<String, Long> factors, Matcher parts) {
        return factors.get(parts.group(2).toLowerCase(Locale.ROOT));
    }

    private static String expected(Limit.Unit unit) {
        return switch (unit) {
            case TIME -> "a time with its unit (ms, s, m or h), such as 10s";
            case BYTES -> "a number of bytes, such as 65536, 64KiB or 8MiB";
            case COUNT, PER_SECOND -> "a whole number";
        };
    }

    /** The value with the largest unit that it is a multiple of. */
    static String text(Limit.Unit unit, long value) {
        return switch (unit) {
            case COUNT, PER_SECOND -> Long.toString(value);
            case BYTES -> scaled(value, 1L << 30, "GiB", 1L << 20, "MiB", 1L << 10, "KiB", " bytes");
            case TIME -> {
                long millis = Duration.ofNanos(value).toMillis();
                yield scaled(millis, 3_600_000, "h", 60_000, "m", 1_000, "s", "ms");
            }
        };
    }

    private static String scaled(
            long value, long large, String l, long middle, String m, long small, String s, String none) {
        if (value == 0 || value % small != 0) {
            return value + none;
        }
        return value % large == 0 ? value / large + l : value % middle == 0 ? value / middle + m : value / small + s;
    }
}
