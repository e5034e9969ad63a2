package dev.plainweave.ui;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A number to type, exact, or none. What is no such number is said, and stays as it was typed; the value is the last that
 * was one.
 *
 * @param <T> BigDecimal, Integer, Long or Double
 */
public final class NumberField<T extends Number> extends Field<Optional<T>, NumberField<T>> {
    private static final int LONGEST = 40;

    private final NumberKind<T> kind;
    private @Nullable BigDecimal least;
    private @Nullable BigDecimal most;
    private volatile @Nullable DecimalFormat format;

    NumberField(String label, Class<T> type) {
        super(new Node("input"), label, Optional.empty());
        kind = NumberKind.of(type);
        input.put("class", "form-control");
        input.put("type", "text");
        input.put("inputmode", kind.whole() ? "numeric" : "decimal");
        input.put("autocomplete", "off");
        input.put(Node.VALUE, "");
        assemble("pw-field", "form-label", true);
    }

    @Override
    Optional<T> parse(JsonNode raw) throws Rejected {
        String typed = raw.asText().strip();
        if (typed.isEmpty()) {
            return Optional.empty();
        }
        try {
            BigDecimal number = typed.length() > LONGEST ? null : new BigDecimal(plain(typed));
            if (number != null && Math.abs((long) number.scale()) <= LONGEST) {
                return Optional.of(kind.exact().apply(number));
            }
        } catch (NumberFormatException none) {
            // said below
        } catch (ArithmeticException other) {
            throw new Rejected(kind.whole() ? "Please enter a whole number, not too large." : "This is too large.");
        }
        throw new Rejected(kind.whole() ? "Please enter a whole number." : "Please enter a number.");
    }

    /** As BigDecimal reads it. */
    private String plain(String typed) {
        DecimalFormat mine = format;
        if (mine == null) {
            return typed.replace(',', '.');
        }
        DecimalFormatSymbols symbols = mine.getDecimalFormatSymbols();
        return typed.replace(String.valueOf(symbols.getGroupingSeparator()), "")
                .replaceAll("[\\s\\u00a0\\u202f]", "")
                .replace(symbols.getDecimalSeparator(), '.')
                .replace(symbols.getMinusSign(), '-');
    }

    @Override
    Object text(Optional<T> of) {
        String typed = String.valueOf(input.get(Node.VALUE));
        try {
            // "1." and "1,50" stay as they are while somebody types
            if (parse(TextNode.valueOf(typed)).equals(of)) {
                return typed;
            }
        } catch (Rejected other) {
            // what is shown is no number
        }
        return formatted(of);
    }

    private String formatted(Optional<T> of) {
        DecimalFormat mine = format;
        return of.map(kind.decimal())
                .map(number -> mine == null ? number.toPlainString() : ((DecimalFormat) mine.clone()).format(number))
                .orElse("");
    }

    @Override
    Optional<T> empty() {
        return Optional.empty();
    }

    /** Changes it to that number. */
    public NumberField<T> number(T now) {
        return value(Optional.of(now));
    }

    /** The number, or zero where there is none. */
    public double orZero() {
        return value().map(Number::doubleValue).orElse(0.0);
    }

    /** The least that it may be; typed ones below are complained of. */
    public NumberField<T> min(T least) {
        return limits(kind.decimal().apply(least), null);
    }

    /** The most that it may be; typed ones above are complained of. */
    public NumberField<T> max(T most) {
        return limits(null, kind.decimal().apply(most));
    }

    /** What the number may be. */
    public NumberField<T> range(double least, double most) {
        return limits(
                NumberKind.of(Double.class).decimal().apply(least),
                NumberKind.of(Double.class).decimal().apply(most));
    }

    private NumberField<T> limits(@Nullable BigDecimal lower, @Nullable BigDecimal upper) {
        boolean first = read(() -> {
            boolean none = least == null && most == null;
            least = lower == null ? least : lower;
            most = upper == null ? most : upper;
            return none;
        });
        return first ? validate(this::limitComplaint) : this;
    }

    private Optional<String> limitComplaint(Optional<T> now) {
        BigDecimal lower = least;
        BigDecimal upper = most;
        if (now.isEmpty()
                || clamped(kind.decimal().apply(now.get()), lower, upper).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                lower == null
                        ? "Please enter a number up to " + text(upper) + "."
                        : upper == null
                                ? "Please enter a number from " + text(lower) + "."
                                : "Please enter a number from " + text(lower) + " to " + text(upper) + ".");
    }

    private static String text(@Nullable BigDecimal limit) {
        return limit == null ? "" : limit.toPlainString();
    }

    /** The nearest that is allowed, if that is another. */
    private static Optional<BigDecimal> clamped(
            BigDecimal number, @Nullable BigDecimal lower, @Nullable BigDecimal upper) {
        if (lower != null && number.compareTo(lower) < 0) {
            return Optional.of(lower);
        }
        return upper != null && number.compareTo(upper) > 0 ? Optional.of(upper) : Optional.empty();
    }

    /** The keys up and down change it by that much, within its limits. */
    public NumberField<T> step(T step) {
        BigDecimal width = kind.decimal().apply(step);
        EventOptions arrows =
                EventOptions.DEFAULT.keys("ArrowUp", "ArrowDown").fields("key").preventDefault();
        on("keydown", arrows, event -> {
            boolean up = event.text("key").orElse("").equals("ArrowUp");
            BigDecimal next =
                    value().map(kind.decimal()).orElse(BigDecimal.ZERO).add(up ? width : width.negate());
            operated(Optional.of(kind.exact().apply(clamped(next, least, most).orElse(next))));
        });
        return this;
    }

    /**
     * How the number is shown when nobody types in it, and what is understood.
     *
     * @param pattern one of {@link DecimalFormat}, such as {@code #,##0.00}; the value itself is not rounded
     * @param locale whose separators
     */
    public NumberField<T> format(String pattern, Locale locale) {
        DecimalFormat made = new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(locale));
        made.setRoundingMode(RoundingMode.HALF_UP);
        format = made;
        set(input, Node.VALUE, formatted(value()));
        subscribe(
                input,
                "commit",
                EventPolicy.QUEUE,
                event -> change(() -> {
                    if (input.get("aria-invalid") == null) {
                        set(input, Node.VALUE, formatted(value()));
                    }
                }));
        return this;
    }

    /** A hint that is shown while it is empty. */
    public NumberField<T> placeholder(String text) {
        return attribute("placeholder", text);
    }
}
