package dev.plainweave.ui;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Reads values out of addresses, strictly: nothing is guessed, trimmed or cut off. */
final class ValueReader {
    /** How texts of a type look, for who wrote another one, and how they are read. */
    private record Form(String expected, Function<String, ?> read) {}

    private static final int LONGEST = 1_000;
    private static final Map<Class<?>, Form> FORMS = forms();

    private ValueReader() {}

    private static Map<Class<?>, Form> forms() {
        Map<Class<?>, Form> forms = new LinkedHashMap<>();
        forms.put(String.class, new Form("a text", text -> text));
        forms.put(Integer.class, new Form("a whole number", Integer::valueOf));
        forms.put(Long.class, new Form("a whole number", Long::valueOf));
        forms.put(Double.class, new Form("a number", ValueReader::finite));
        forms.put(BigDecimal.class, new Form("a number", BigDecimal::new));
        forms.put(Boolean.class, new Form("true or false", ValueReader::truth));
        forms.put(UUID.class, new Form("a UUID of 36 characters", ValueReader::uuid));
        forms.put(LocalDate.class, new Form("a date such as 2026-12-31", LocalDate::parse));
        forms.put(LocalTime.class, new Form("a time such as 23:59", LocalTime::parse));
        forms.put(LocalDateTime.class, new Form("a date and time such as 2026-12-31T23:59", LocalDateTime::parse));
        forms.put(Instant.class, new Form("an instant such as 2026-12-31T23:59:00Z", Instant::parse));
        forms.put(Duration.class, new Form("a duration such as PT1H30M", Duration::parse));
        return forms;
    }

    private static Double finite(String text) {
        Double value = Double.valueOf(text);
        if (value.isNaN() || value.isInfinite() || !Character.isDigit(text.charAt(text.length() - 1))) {
            throw new NumberFormatException("expected digits"); // Java would take 1f and 0x1p3d
        }
        return value;
    }

    private static Boolean truth(String text) {
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true");
        }
        throw new IllegalArgumentException("expected true or false");
    }

    private static UUID uuid(String text) {
        UUID value = UUID.fromString(text);
        if (!value.toString().equalsIgnoreCase(text)) { // fromString takes shortened ones too
            throw new IllegalArgumentException("expected 36 characters");
        }
        return value;
    }

    /**
     * The value; empty if the text is none of that type.
     *
     * @throws IllegalArgumentException for a type that is not read out of addresses: a mistake of the program
     */
    static <T> Optional<T> read(String text, Class<T> type) {
        Form form = FORMS.get(type);
        if (form == null && !type.isEnum()) {
            throw new IllegalArgumentException("an address holds no " + type.getName() + ", but one of "
                    + FORMS.keySet().stream().map(Class::getSimpleName).toList() + " or an enum");
        }
        if (text.length() > LONGEST && type != String.class) {
            return Optional.empty();
        }
        if (form == null) {
            return constant(text, type);
        }
        try {
            return Optional.of(type.cast(form.read().apply(text)));
        } catch (RuntimeException malformed) {
            return Optional.empty();
        }
    }

    private static <T> Optional<T> constant(String name, Class<T> type) {
        for (T constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equalsIgnoreCase(name)) {
                return Optional.of(constant);
            }
        }
        return Optional.empty();
    }

    /** What a text of that type looks like. */
    static String expected(Class<?> type) {
        Form form = FORMS.get(type);
        if (form != null) {
            return form.expected();
        }
        StringBuilder names = new StringBuilder("one of");
        for (Object constant : type.getEnumConstants()) {
            names.append(names.length() == 6 ? " " : ", ")
                    .append(((Enum<?>) constant).name().toLowerCase(java.util.Locale.ROOT));
        }
        return names.toString();
    }
}
