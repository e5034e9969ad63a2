package dev.plainweave.ui;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Optional;

/** A number to type, exact, or none. */
public final class NumberField extends Field<Optional<BigDecimal>, NumberField> {
    private static final int LONGEST = 40;

    NumberField(String label) {
        super(new Node("input"), label, Optional.empty());
        input.put("class", "form-control");
        input.put("type", "text");
        input.put("inputmode", "decimal");
        input.put(Node.VALUE, "");
        assemble("pw-field", "form-label", true);
    }

    @Override
    Optional<BigDecimal> parse(JsonNode raw) throws Rejected {
        String typed = raw.asText().strip();
        if (typed.isEmpty()) {
            return Optional.empty();
        }
        try {
            BigDecimal number = typed.length() > LONGEST ? null : new BigDecimal(typed.replace(',', '.'));
            if (number != null && Math.abs((long) number.scale()) <= LONGEST) {
                return Optional.of(number);
            }
        } catch (NumberFormatException none) {
            // said below
        }
        throw new Rejected("Please enter a number.");
    }

    @Override
    Object text(Optional<BigDecimal> of) {
        String typed = String.valueOf(input.get(Node.VALUE));
        try {
            // "1." and "1,50" stay as they are while somebody types
            if (parse(com.fasterxml.jackson.databind.node.TextNode.valueOf(typed))
                    .equals(of)) {
                return typed;
            }
        } catch (Rejected other) {
            // what is shown is no number
        }
        return of.map(BigDecimal::toPlainString).orElse("");
    }

    /** The number, or zero where there is none. */
    public double orZero() {
        return value().map(BigDecimal::doubleValue).orElse(0.0);
    }

    /** What the number may be. */
    public NumberField range(double least, double most) {
        return validate(
                value -> value.isEmpty()
                        || (value.get().compareTo(BigDecimal.valueOf(least)) >= 0
                                && value.get().compareTo(BigDecimal.valueOf(most)) <= 0),
                "Please enter a number from "
                        + BigDecimal.valueOf(least).stripTrailingZeros().toPlainString() + " to "
                        + BigDecimal.valueOf(most).stripTrailingZeros().toPlainString() + ".");
    }
}
