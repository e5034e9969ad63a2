package dev.plainweave.ui;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.WebServer;
import dev.plainweave.ui.test.PageTests;
import dev.plainweave.ui.test.User;
import java.time.DayOfWeek;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Radio buttons, options that cannot be chosen now, and boxes that show neither. */
class ChoicesTest {
    private enum Size {
        SMALL,
        LARGE
    }

    private final AtomicReference<PageFunction> function = new AtomicReference<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();

    @RegisterExtension
    final PageTests pages =
            Sites.tested(site -> site.page("/", page -> function.get().build(page)));

    private User show(PageFunction page) {
        function.set(page);
        return pages.user().open("/");
    }

    @Test
    void oneOfAFewIsChosenFromRadioButtons() {
        AtomicReference<RadioGroup<DayOfWeek>> group = new AtomicReference<>();
        User user = show(page -> {
            group.set(page.radio("Day", DayOfWeek.class)
                    .choose(DayOfWeek.SUNDAY)
                    .required("Which one?")
                    .onChange(change ->
                            heard.add(change.before().map(DayOfWeek::name).orElse("none") + ">"
                                    + change.value().orElseThrow())));
            page.radio("Size", List.of(Size.values()), size -> "size " + size).segmented();
        });
        assertTrue(user.html().contains(" value=\"7\" checked>"), user.html());
        assertEquals(1, user.html().split(" checked", -1).length - 1, "chosen before any script runs");
        assertEquals("radiogroup", user.find("Day").role());
        user.find("Day").choose("MONDAY");
        user.find("FRIDAY").click();
        user.settle();
        assertEquals(List.of("SUNDAY>MONDAY", "MONDAY>FRIDAY"), heard);
        assertEquals(Optional.of(DayOfWeek.FRIDAY), group.get().value());
        group.get().options(List.of(DayOfWeek.FRIDAY, DayOfWeek.MONDAY));
        assertEquals(Optional.of(DayOfWeek.FRIDAY), group.get().value());
        group.get().options(List.of(DayOfWeek.MONDAY));
        assertEquals(Optional.empty(), group.get().value(), "it is not there any more");
        user.shouldSee("Which one?");
        user.find("Day").choose("MONDAY");
        user.shouldNotSee("Which one?");
        assertThrows(IllegalArgumentException.class, () -> group.get().choose(DayOfWeek.SATURDAY));
        user.find("size LARGE").click();
        user.settle();
        assertTrue(user.find("Size").has("role"));
    }

    @Test
    void whatCannotBeChosenNowIsNotWhateverABrowserSays() throws Exception {
        AtomicReference<Select<Size>> select = new AtomicReference<>();
        AtomicReference<RadioGroup<Size>> group = new AtomicReference<>();
        AtomicReference<MultiSelect<Size>> many = new AtomicReference<>();
        PageFunction function = page -> {
            select.set(page.select("One", Size.class).disableOptions(Size.LARGE::equals));
            group.set(page.radio("Radio", Size.class).disableOptions(Size.LARGE::equals));
            many.set(page.multiSelect("Many", List.of(Size.values()))
                    .choose(Size.LARGE)
                    .disableOptions(Size.LARGE::equals));
        };
        try (WebServer server = Sites.one().page("/", function).start(0);
                RawPage raw = new RawPage(server)) {
            assertEquals(3, raw.html.split(" disabled=\"\"", -1).length - 1, raw.html);
            raw.connect().hello(1, 0);
            raw.event(1, 1, select.get().input.id, "value", "{\"value\":\"2\",\"edit\":1}");
            raw.event(2, 1, group.get().input.id, "value", "{\"value\":[\"2\"],\"edit\":1}");
            raw.event(3, 1, many.get().input.id, "value", "{\"value\":[\"1\",\"2\"],\"edit\":1}");
            await().until(() -> many.get().value().size() == 2); // what was chosen already may stay
            assertEquals(Optional.empty(), select.get().value());
            assertEquals(Optional.empty(), group.get().value());
            assertFalse(select.get().check(), "and it is said");
            assertFalse(group.get().check());
            group.get().disableOptions(size -> false);
            raw.event(4, 1, group.get().input.id, "value", "{\"value\":[\"2\"],\"edit\":2}");
            await().until(() -> group.get().value().equals(Optional.of(Size.LARGE)));
            assertTrue(group.get().check());
        }
    }

    @Test
    void aBoxThatShowsNeitherIsTickedByOneClick() {
        AtomicReference<Checkbox> box = new AtomicReference<>();
        User user = show(page -> box.set(page.checkbox("All")
                .value(true)
                .indeterminate()
                .onChange(change -> heard.add(change.before() + ">" + change.value()))));
        assertTrue(user.html().contains(" data-mixed=\"\""), user.html());
        assertFalse(user.html().contains(" checked"), user.html());
        assertEquals("mixed", user.find("All").text());
        assertTrue(box.get().isIndeterminate());
        assertFalse(box.get().value());
        user.find("All").click();
        user.settle();
        assertEquals(List.of("false>true"), heard);
        assertFalse(box.get().isIndeterminate());
        box.get().indeterminate();
        user.find("All").shouldSay("mixed");
        box.get().value(false);
        user.find("All").shouldSay("false");
        assertEquals(List.of("false>true"), heard);
    }
}
