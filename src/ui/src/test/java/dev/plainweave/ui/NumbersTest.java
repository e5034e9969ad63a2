package dev.plainweave.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.plainweave.ui.test.PageTests;
import dev.plainweave.ui.test.User;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Numbers that are typed. */
class NumbersTest {
    private final List<NumberField<?>> fields = new CopyOnWriteArrayList<>();

    @RegisterExtension
    final PageTests pages = Sites.tested(site -> site.page("/", page -> {
        fields.add(page.integer("Count").min(-2).max(20).step(5));
        fields.add(page.number("Long", Long.class));
        fields.add(page.number("Double", Double.class).number(0.1));
        fields.add(page.number("Price", 1234.5).format("#,##0.00", Locale.GERMANY));
    }));

    private Object value(int index) {
        return fields.get(index).value().map(Object.class::cast).orElse("none");
    }

    @Test
    void wholeNumbersAreWholeAndWithinTheirLimits() {
        User user = pages.user().open("/");
        user.find("Count").type("7");
        user.settle();
        assertEquals(7, value(0));
        user.find("Count").type("7,5");
        user.shouldSee("Please enter a whole number");
        assertEquals(7, value(0), "the last that was one");
        assertEquals("7,5", user.find("Count").text(), "what is typed stays");
        user.find("Count").type("99999999999");
        user.shouldSee("Please enter a whole number, not too large.");
        user.find("Count").type("21");
        user.shouldSee("Please enter a number from -2 to 20.");
        user.find("Long").type("99999999999");
        user.settle();
        assertEquals(99999999999L, value(1));
    }

    @Test
    void arrowsStepWithinTheLimits() {
        User user = pages.user().open("/");
        for (String key : List.of("ArrowUp", "ArrowUp", "ArrowDown")) {
            user.find("Count").press(key);
        }
        user.settle();
        assertEquals(5, value(0));
        assertEquals("5", user.find("Count").text());
        user.find("Count").press("ArrowDown");
        user.find("Count").press("ArrowDown");
        user.settle();
        assertEquals(-2, value(0));
    }

    @Test
    void aFormatIsShownWhenOneIsDoneAndUnderstood() {
        User user = pages.user().open("/");
        assertEquals("0.1", user.find("Double").text());
        assertEquals("1.234,50", user.find("Price").text());
        user.find("Price").type("9.876,5");
        user.settle();
        assertEquals("9876.5", String.valueOf(value(3)));
        assertEquals("9.876,50", user.find("Price").text());
        user.find("Price").type("x");
        user.shouldSee("Please enter a number.");
        assertEquals("x", user.find("Price").text());
    }

    @Test
    void onlyTheseTypes() {
        assertThrows(IllegalArgumentException.class, () -> new NumberField<>("x", Float.class));
        assertThrows(IllegalArgumentException.class, () -> new NumberField<>("x", Double.class).number(Double.NaN));
        assertEquals(Optional.empty(), new NumberField<>("x", Integer.class).value());
    }
}
