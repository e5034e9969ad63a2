package dev.plainweave.ui;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;

/**
 * A type of numbers.
 *
 * @param exact what makes one; throws ArithmeticException for what is none of them
 * @param decimal the same number, exactly
 */
record NumberKind<T extends Number>(
        Class<T> type, boolean whole, Function<BigDecimal, T> exact, Function<T, BigDecimal> decimal) {
    private static final List<NumberKind<?>> ALL = List.of(
            new NumberKind<>(BigDecimal.class, false, number -> number, number -> number),
            new NumberKind<>(Integer.class, true, BigDecimal::intValueExact, BigDecimal::valueOf),
            new NumberKind<>(Long.class, true, BigDecimal::longValueExact, BigDecimal::valueOf),
            new NumberKind<>(Double.class, false, NumberKind::finite, NumberKind::shortest));

    private static double finite(BigDecimal number) {
        double value = number.doubleValue();
        if (Double.isInfinite(value)) {
            throw new ArithmeticException("too large for a double");
        }
        return value;
    }

    private static BigDecimal shortest(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw new IllegalArgumentException("a field cannot show " + number);
        }
        BigDecimal value = BigDecimal.valueOf(number).stripTrailingZeros();
        return value.scale() < 0 ? value.setScale(0) : value;
    }

    @SuppressWarnings("unchecked") // of the same class
    static <T extends Number> NumberKind<T> of(Class<T> type) {
        return ALL.stream()
                .filter(kind -> kind.type() == type)
                .map(kind -> (NumberKind<T>) kind)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no number can be typed as a " + type.getSimpleName()
                        + ": expected BigDecimal, Integer, Long or Double"));
    }
}
