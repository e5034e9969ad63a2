package dev.plainweave.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.http.HttpError;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values in addresses. */
class PageRequestTest {
    private enum Size {
        SMALL,
        LARGE
    }

    private static PageRequest of(String value) {
        return new PageRequest(
                "/", Map.of("p", value), Map.of("q", List.of(value, "2")), Optional.empty(), "127.0.0.1");
    }

    private static void reads(Object value, String text) {
        assertEquals(value, of(text).parameter("p", value.getClass()));
        assertEquals(Optional.of(value), of(text).query("q", value.getClass()));
    }

    @Test
    void valuesOfManyTypes() {
        reads("text", "text");
        reads(-7, "-7");
        reads(1L << 40, "1099511627776");
        reads(1.5, "1.5");
        reads(new BigDecimal("1.50"), "1.50");
        reads(true, "true");
        reads(UUID.fromString("123e4567-e89b-12d3-a456-426614174000"), "123e4567-e89b-12d3-a456-426614174000");
        reads(LocalDate.of(2026, 12, 31), "2026-12-31");
        reads(LocalTime.of(23, 59), "23:59");
        reads(LocalDateTime.of(2026, 12, 31, 23, 59), "2026-12-31T23:59");
        reads(Instant.EPOCH, "1970-01-01T00:00:00Z");
        reads(Duration.ofMinutes(90), "PT1H30M");
        assertEquals(Size.LARGE, of("large").parameter("p", Size.class));
        assertEquals(List.of(1, 2), of("1").queries("q", Integer.class));
        assertEquals(Optional.empty(), of("1").query("none", Integer.class));
        assertEquals(List.of(), of("1").queries("none", Integer.class));
        assertEquals(7, of("7").number("p"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " 1", "1 ", "1.5", "x", "2147483648", "0x10", "1e3", "--1", "\u0000"})
    void whatIsNoWholeNumber(String text) {
        assertEquals(404, refused(() -> of(text).parameter("p", Integer.class)).status());
        assertEquals(400, refused(() -> of(text).query("q", Integer.class)).status());
        assertEquals(400, refused(() -> of(text).queries("q", Integer.class)).status());
    }

    @Test
    void whatIsNoneOfItsType() {
        assertEquals(404, refused(() -> of("NaN").parameter("p", Double.class)).status());
        assertEquals(404, refused(() -> of("1f").parameter("p", Double.class)).status());
        assertEquals(404, refused(() -> of("").parameter("p", Double.class)).status());
        assertEquals(404, refused(() -> of("yes").parameter("p", Boolean.class)).status());
        assertEquals(
                404, refused(() -> of("1-1-1-1-1").parameter("p", UUID.class)).status());
        assertEquals(
                404,
                refused(() -> of("2026-02-30").parameter("p", LocalDate.class)).status());
        assertEquals(
                404,
                refused(() -> of("9".repeat(100_000)).parameter("p", BigDecimal.class))
                        .status());
        HttpError size = refused(() -> of("huge").parameter("p", Size.class));
        assertTrue(size.detail().contains("one of small, large"), size.detail());
    }

    private static HttpError refused(org.junit.jupiter.api.function.Executable call) {
        return assertThrows(HttpError.class, call);
    }

    @Test
    void mistakesOfTheProgram() {
        assertThrows(IllegalArgumentException.class, () -> of("1").parameter("none", Integer.class));
        assertThrows(IllegalArgumentException.class, () -> of("1").parameter("p", Thread.class));
    }
}
