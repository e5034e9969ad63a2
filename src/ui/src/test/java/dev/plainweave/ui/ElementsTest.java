package dev.plainweave.ui;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.ui.test.PageTests;
import dev.plainweave.ui.test.User;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What each element is told, and tells. */
class ElementsTest {
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
    void aButtonThatWorksTakesNoSecondClick() {
        CountDownLatch done = new CountDownLatch(1);
        CountDownLatch other = new CountDownLatch(1);
        User user = show(page -> {
            page.button("Order").busyWhileRunning().onClick(() -> {
                heard.add("order");
                done.await();
            });
            page.button("Other").onClick(EventPolicy.PARALLEL, other::countDown);
        });
        user.find("Order").click();
        user.shouldBeBusy();
        await().untilAsserted(() -> assertEquals("true", user.find("Order").attribute("aria-busy")));
        user.find("Order").click();
        user.find("Other").click();
        await().until(() -> other.getCount() == 0); // and so what was clicked before has come too
        done.countDown();
        user.settle();
        await().untilAsserted(() -> assertEquals("", user.find("Order").attribute("aria-busy")));
        assertEquals(List.of("order"), heard);
        user.find("Order").click();
        user.settle();
        assertEquals(List.of("order", "order"), heard);
    }

    @Test
    void aButtonHasOneLookAndAnIcon() {
        User user = show(page -> {
            page.button("Save").danger().look(Button.Look.SUCCESS).small().icon("check-lg");
            page.button("").icon("trash").accessibleName("Delete");
            page.icon("star").description("Favourite");
        });
        assertEquals("btn btn-success btn-sm", user.find("Save").attribute("class"));
        assertTrue(user.html().contains("<svg class=\"pw-svg\""), user.html());
        assertTrue(user.html().contains("aria-label=\"Delete\""));
        assertTrue(user.html().contains("role=\"img\" aria-label=\"Favourite\""));
        assertThrows(IllegalArgumentException.class, () -> new Icon("no-such-icon"));
        assertThrows(IllegalArgumentException.class, () -> new Icon("../../x"));
    }

    @Test
    void aReadOnlyFieldIsNotChangedWhateverABrowserSays() {
        AtomicReference<Input> input = new AtomicReference<>();
        User user = show(page -> input.set(page.input("Name").value("kept").readOnly(true)));
        user.find("Name").type("forged");
        user.settle();
        assertEquals("kept", input.get().value());
        user.find("Name").shouldSay("kept");
    }

    @Test
    void aLineHasThingsBesideItAndCanBeEmptied() {
        User user = show(page -> page.input("Site")
                .value("old")
                .prefix("https://")
                .suffix(".org")
                .suggestions(List.of("one", "two"))
                .clearable()
                .onChange(change -> heard.add(change.before() + ">" + change.value())));
        user.shouldSee("https://").shouldSee(".org");
        assertTrue(user.html().contains("value=\"one\">"), user.html());
        user.find("Site").type("x");
        user.settle();
        assertEquals("x", user.find("Site").text());
        user.find("Clear").click();
        user.settle();
        assertEquals("", user.find("Site").text());
        assertEquals(List.of("old>x", "x>"), heard);
        assertThrows(IllegalArgumentException.class, () -> new Input("x").type("file"));
        assertThrows(IllegalArgumentException.class, () -> new Input("x").autocomplete("on\" x"));
    }

    @Test
    void aPasswordCanBeShown() {
        User user = show(page -> page.input("Password").passwordWithReveal());
        assertEquals("password", user.find("Password").attribute("type"));
        user.find("Show the password").click();
        user.settle();
        assertEquals("text", user.find("Password").attribute("type"));
        assertEquals("true", user.find("Show the password").attribute("aria-pressed"));
        user.find("Show the password").click();
        user.settle();
        assertEquals("password", user.find("Password").attribute("type"));
    }

    private enum Size {
        SMALL,
        LARGE
    }

    @Test
    void choicesAreOfAnyTypeGroupedAndKeptWhenOptionsChange() {
        AtomicReference<Select<DayOfWeek>> select = new AtomicReference<>();
        User user = show(page -> {
            select.set(page.select("Day", List.of(DayOfWeek.values()))
                    .placeholder("Please choose")
                    .grouped(day -> day.getValue() > 5 ? "Weekend" : "Week")
                    .choose(DayOfWeek.SUNDAY));
            page.select("Size", Size.class).onChange(change -> heard.add(String.valueOf(change.value())));
        });
        assertTrue(user.html().contains("label=\"Weekend\""), user.html());
        assertTrue(user.html().contains(" selected>SUNDAY"), "chosen before any script runs");
        user.shouldSee("Please choose").find("Size").choose("LARGE");
        user.settle();
        assertEquals(List.of("Optional[LARGE]"), heard);
        String key = user.find("Day").text();
        select.get().options(List.of(DayOfWeek.SUNDAY, DayOfWeek.MONDAY));
        user.settle();
        assertEquals(Optional.of(DayOfWeek.SUNDAY), select.get().value());
        assertEquals(key, user.find("Day").text());
        assertThrows(IllegalArgumentException.class, () -> select.get().choose(DayOfWeek.FRIDAY));
    }

    @Test
    void manyCanBeChosen() {
        AtomicReference<MultiSelect<Size>> select = new AtomicReference<>();
        User user = show(page ->
                select.set(page.multiSelect("Sizes", List.of(Size.values())).choose(Size.LARGE)));
        assertTrue(user.html().contains(" selected>LARGE"), user.html());
        user.find("Sizes").choose("SMALL", "LARGE");
        user.settle();
        assertEquals(List.of(Size.SMALL, Size.LARGE), select.get().value());
        select.get().options(List.of(Size.SMALL));
        assertEquals(List.of(Size.SMALL), select.get().value());
    }

    @Test
    void oneOfManyIsFoundByItsName() {
        AtomicReference<Combobox<Size>> box = new AtomicReference<>();
        User user = show(page -> box.set(page.combobox("Size", List.of(Size.values()))));
        user.find("Size").type("large");
        user.settle();
        assertEquals(Optional.of(Size.LARGE), box.get().value());
        assertEquals("large", user.find("Size").text(), "what is typed stays");
        user.find("Size").type("huge");
        user.shouldSee("Please choose one of the list.");
        assertEquals(Optional.of(Size.LARGE), box.get().value());
        box.get().choose(Size.SMALL);
        user.find("Size").shouldSay("SMALL");
        assertThrows(
                IllegalArgumentException.class,
                () -> new Combobox<String>("x", text -> "same").options(List.of("a", "b")));
    }

    @Test
    void elementsAreLaidOutByWords() {
        User user = show(page -> {
            page.row(row -> row.label("in a row"))
                    .gap(4)
                    .gap(2)
                    .align(Flex.Align.END)
                    .justify(Flex.Justify.BETWEEN)
                    .wrap(false);
            page.grid(2).columns(3).gap(0).label("wide").span(3).span(2);
            page.row(row -> row.separator().vertical());
            Card card = page.card();
            card.label("inside");
            card.title("old");
            card.title("Title");
            card.footer().button("Close");
        });
        assertTrue(
                user.html().contains("class=\"pw-row gap-2 align-items-end justify-content-between flex-nowrap\""),
                user.html());
        assertTrue(user.html().contains("class=\"pw-grid pw-grid-3 gap-0\""), user.html());
        assertTrue(user.html().contains("class=\"pw-span-2\""), user.html());
        assertTrue(user.html().contains("aria-orientation=\"vertical\" class=\"pw-vertical\""), user.html());
        assertThrows(IllegalArgumentException.class, () -> new Label("div", "").span(7));
        assertThrows(IllegalArgumentException.class, () -> new Label("div", "").span(0));
        int title = user.html().indexOf("Title");
        assertTrue(title > 0 && title < user.html().indexOf("inside"), "the header is above");
        assertTrue(user.html().indexOf("inside") < user.html().indexOf("Close"), "the footer is below");
        user.shouldNotSee("old");
        assertThrows(IllegalArgumentException.class, () -> new Row().gap(6));
    }

    @Test
    void aPersistentDialogComesBackUntilItIsAnswered() {
        AtomicReference<Dialog<String>> dialog = new AtomicReference<>();
        User user = show(page -> page.button("Ask").onClick(() -> {
            Dialog<String> asked = page.<String>dialog().title("Question").persistent();
            asked.button("Answer").onClick(() -> asked.close("yes"));
            dialog.set(asked);
            heard.add(String.valueOf(asked.await()));
        }));
        user.find("Ask").click();
        user.shouldSee("Question").findRole("dialog").fire("close", Map.of());
        user.settle();
        assertTrue(dialog.get().isOpen());
        user.find("Answer").click();
        await().untilAsserted(() -> assertEquals(List.of("Optional[yes]"), heard));
        assertFalse(dialog.get().isOpen());
    }

    @Test
    void aLogKeepsTheNewestAndABarShowsHowFar() {
        AtomicReference<Log> log = new AtomicReference<>();
        Property<Integer> done = Property.of(1);
        User user = show(page -> {
            log.set(page.log().max(3).follow(false));
            page.progress(10).bind(done).label("Copying");
        });
        log.get().push("a\nb\nc\nd");
        log.get().push("bad", "text-danger");
        user.shouldSee("bad").shouldSee("c").shouldNotSee("b\n");
        assertEquals(3, log.get().size());
        assertEquals("text-danger", user.find("bad").attribute("class"));
        log.get().clear();
        user.shouldNotSee("bad");
        assertEquals("1", user.find("Copying").attribute("value"));
        done.value(20);
        await().untilAsserted(() -> assertEquals("10", user.find("Copying").attribute("value")));
    }

    record Key(String key, boolean ctrlKey) {}

    @Test
    void listenersOfOneEventHaveTheirOwnFieldsAndRules() {
        User user = show(page -> {
            Label label = page.label("here");
            label.on("keydown", Key.class, EventOptions.DEFAULT, key -> heard.add(key.toString()));
            label.on(
                    "keydown",
                    EventOptions.DEFAULT.keys("ctrl+s").preventDefault().debounce(Duration.ofMillis(30)),
                    event -> heard.add("save"));
        });
        assertEquals(
                "keydown:key,ctrlKey keydown~2;keys=ctrl+s;prevent;debounce=30",
                user.find("here").attribute("data-on"));
        user.find("here").press("ctrl+a");
        user.find("here").fire("keydown", Map.of("key", "a", "ctrlKey", "x"));
        user.find("here").press("ctrl+s");
        user.settle();
        assertEquals(List.of("Key[key=a, ctrlKey=true]", "Key[key=s, ctrlKey=true]", "save"), heard);
        assertThrows(IllegalArgumentException.class, () -> EventOptions.DEFAULT.keys("a b"));
        assertThrows(IllegalArgumentException.class, () -> EventOptions.DEFAULT.keys("hyper+s"));
        assertThrows(IllegalArgumentException.class, () -> EventOptions.DEFAULT.fields("a;b"));
        assertThrows(IllegalArgumentException.class, () -> EventOptions.DEFAULT.throttle(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> new Label("div", "").on("click;prevent", () -> {}));
    }
}
