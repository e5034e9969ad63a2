package dev.plainweave.ui;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.openqa.selenium.Keys;

/** How elements are operated by keyboard, where they stand, and where links lead, which only a browser can tell. */
@Execution(ExecutionMode.CONCURRENT)
class BrowserElementsTest extends BrowserCase {
    private static final String CHOSEN =
            "(document.querySelector('fieldset :checked')?.labels[0].textContent ?? 'none')";
    private static final String FOCUSED =
            "(document.activeElement.labels?.[0]?.textContent ?? document.activeElement.textContent)";

    private final List<String> heard = new CopyOnWriteArrayList<>();

    private void hears(String... what) {
        await().atMost(PATIENCE).untilAsserted(() -> assertEquals(List.of(what), heard));
    }

    private double number(String expression) {
        return ((Number) browser.run("return " + expression)).doubleValue();
    }

    private double box(String selector, String side) {
        return number("document.querySelector('" + selector + "').getBoundingClientRect()." + side);
    }

    @Test
    void radioButtonsAreOperatedAsBrowsersDoAndKeepUpWithTheServer() throws Exception {
        AtomicReference<RadioGroup<String>> group = new AtomicReference<>();
        PageFunction page = shown -> {
            shown.button("Before").onClick(() -> Field.check(group.get()));
            group.set(shown.radio("Colour", List.of("red", "green", "blue"))
                    .disableOptions("green"::equals)
                    .required("Which one?")
                    .segmented()
                    .onChange(change -> heard.add(change.value().orElse("none"))));
            shown.button("After");
        };
        through(page, (server, cutter) -> {
            String colour = "return getComputedStyle(document.querySelector('fieldset input')).backgroundColor";
            Object open = browser.run(colour);
            browser.button("Before").click();
            until("red", FOCUSED); // the first that is wrong, and of it the first that can be chosen
            see("Which one?");
            browser.press(Keys.SPACE);
            hears("red");
            assertNotEquals(open, browser.run(colour), "it is seen");
            until(false, "document.querySelector('main').innerText.includes('Which one?')");
            browser.press(Keys.ARROW_RIGHT);
            hears("red", "blue");
            assertEquals("blue", browser.run("return " + CHOSEN), "what cannot be chosen is left out");
            browser.press(Keys.TAB);
            until("After", FOCUSED);
            browser.driver().switchTo().activeElement().sendKeys(Keys.chord(Keys.SHIFT, Keys.TAB));
            until("blue", FOCUSED);
            group.get().choose("red");
            until("red", CHOSEN);
            cutter.cut();
            state("live");
            group.get().clear();
            until("none", CHOSEN);
            cutter.delay(300);
            browser.run("for (const one of [0, 2, 0]) document.querySelectorAll('fieldset input')[one].click()");
            group.get().choose("blue"); // answers none of these
            cutter.delay(0);
            await().atMost(PATIENCE).until(() -> group.get().value().equals(java.util.Optional.of("red")));
            until("red", CHOSEN);
            group.get().options(List.of("blue", "red"));
            until(2L, "document.querySelectorAll('fieldset input').length");
            until("red", CHOSEN);
            browser.find("fieldset input").sendKeys(Keys.SPACE);
            await().atMost(PATIENCE).until(() -> heard.getLast().equals("blue"));
            assertEquals(0L, browser.run("return document.querySelectorAll('fieldset fieldset').length"));
        });
    }

    @Test
    void aBoxThatShowsNeitherIsOneAtFirstAndLaterAndAClickTicksIt() throws Exception {
        AtomicReference<Checkbox> box = new AtomicReference<>();
        String mixed = "document.querySelector('main input').matches(':indeterminate')";
        PageFunction page = shown ->
                box.set(shown.checkbox("All").indeterminate().onChange(change -> heard.add("" + change.value())));
        with(Sites.one().page("/", page), server -> {
            browser.open(server.uri().toString());
            live();
            until(true, mixed);
            browser.find("input").click();
            hears("true");
            assertEquals(false, browser.run("return " + mixed));
            box.get().indeterminate();
            until(true, mixed);
            assertEquals(false, browser.run("return document.querySelector('main input').checked"));
            box.get().value(false);
            until(false, mixed);
            box.get().indeterminate();
            until(true, mixed);
            box.get().value(true);
            until(true, "document.querySelector('main input').checked");
            assertEquals(false, browser.run("return " + mixed));
        });
    }

    @Test
    void aCounterCountsAndNothingMoves() throws Exception {
        PageFunction page = shown -> {
            shown.textArea("Text").maxLength(12).counter();
            shown.label("below").classes("below");
        };
        with(Sites.one().page("/", page), server -> {
            browser.open(server.uri().toString());
            live();
            double at = box(".below", "top");
            String counted = "document.querySelector('.pw-counter').textContent";
            String said = "document.querySelector('[aria-live]').textContent";
            until("0 / 12", counted);
            browser.find("textarea").sendKeys("123456789");
            until("9 / 12", counted);
            until("", said);
            browser.find("textarea").sendKeys("abcdef");
            until("12 / 12", counted);
            until("0 characters left", said);
            assertEquals(at, box(".below", "top"));
        });
    }

    @Test
    void elementsOfAGridAreAsWideAsTheColumnsTheySpan() throws Exception {
        PageFunction page = shown -> {
            for (int columns = 1; columns <= 6; columns++) {
                Grid grid = shown.grid(columns).gap(0).classes("g" + columns);
                for (int span = 1; span <= 6; span++) {
                    grid.label("x").span(span).classes("s" + span);
                }
            }
        };
        with(Sites.one().page("/", page), server -> {
            browser.open(server.uri().toString());
            live();
            for (int columns = 1; columns <= 6; columns++) {
                spans(columns, columns);
            }
            browser.screen(800, 900, "light");
            spans(1, 1);
            spans(2, 2);
            spans(3, 3);
            spans(4, 2);
            spans(5, 3);
            spans(6, 3);
            browser.screen(400, 900, "light");
            for (int columns = 1; columns <= 6; columns++) {
                spans(columns, 1);
            }
        });
    }

    private void spans(int grid, int columns) {
        double all = box(".g" + grid, "width");
        for (int span = 1; span <= 6; span++) {
            // What is wider than two of those that are left when there are fewer, takes all of them.
            int wide = span > columns || (columns < grid && span > 2) ? columns : span;
            assertEquals(
                    all * wide / columns,
                    box(".g" + grid + " .s" + span, "width"),
                    0.5,
                    span + " of " + columns + " columns, of at most " + grid);
        }
    }

    @Test
    void aLineStandsBetweenWhatIsSideBySide() throws Exception {
        PageFunction page = shown -> {
            shown.row(row -> {
                row.button("Left").large();
                row.separator().vertical();
                row.button("Right");
            });
            shown.progress(4).value(1).caption("Copying").percent();
        };
        with(Sites.one().page("/", page), server -> {
            browser.open(server.uri().toString());
            live();
            assertEquals(box(".pw-row", "height"), box("hr", "height"), 0.5);
            assertTrue(box("hr", "width") >= 1 && box("hr", "width") < 2);
            assertTrue(box(".pw-progress > label", "bottom") <= box("progress", "top"), "the words are above");
            assertEquals(box("progress", "right"), box(".pw-percent", "right"), 0.5);
            assertEquals("25%", browser.find(".pw-percent").getText());
            assertEquals("Copying", browser.find("progress").getAccessibleName());
        });
    }

    @Test
    void linksLeadToElementsWithNamesWhichAreOtherwiseAsAny() throws Exception {
        AtomicReference<Button> button = new AtomicReference<>();
        AtomicReference<Page> live = new AtomicReference<>();
        String place = "document.querySelector('.end').getBoundingClientRect().top";
        PageFunction page = shown -> {
            live.set(shown);
            shown.language("de");
            shown.link("Down", "#end").classes("down");
            shown.link("Up", "#start");
            shown.block("div").classes("tall");
            Column column = shown.column().id("end").classes("end");
            button.set(column.button("Press").id("press").onClick(() -> heard.add("pressed")));
            column.link("Up", "#start").classes("up");
            shown.block("div").classes("tall");
        };
        String tall = "document.querySelectorAll('.tall').forEach(one => { one.style.height = '3000px' })";
        with(Sites.one().page("/", page), server -> {
            browser.open(server.uri().toString());
            live();
            browser.run(tall);
            browser.find(".down").click();
            until(true, "Math.abs(" + place + ") < 2");
            assertEquals("live", browser.state(), "the same page");
            browser.button("Press").click();
            hears("pressed");
            browser.await("import(" + SOCKET_MODULE + ").then(m => { m.position.frame = 0; arguments[0]() })");
            LivePage mine = (LivePage) live.get();
            mine.tree.run(() -> mine.writer.flush());
            button.get().id("other").text("Pressed");
            until("Pressed", "document.querySelector('#other').textContent");
            until(false, "!!document.querySelector('#press')");
            browser.button("Pressed").click();
            hears("pressed", "pressed");
            button.get().remove();
            until(false, "!!document.querySelector('#other')");
            live.get().heading("Start").id("start");
            until("H1", "document.querySelector('#start')?.tagName ?? ''");
            assertEquals("de", browser.run("return document.documentElement.lang"));
            live.get().language("fr");
            until("fr", "document.documentElement.lang");
            browser.open("about:blank");
            browser.open(server.uri() + "#end");
            live();
            assertEquals("end", browser.run("return document.querySelector(':target').id"));
        });
    }

    @Test
    void aGroupThatIsChosenFromWhenTheServerIsAwayIsADraftToo() throws Exception {
        CopyOnWriteArrayList<RadioGroup<String>> groups = new CopyOnWriteArrayList<>();
        PageFunction page = shown -> {
            shown.sleep(Duration.ofMillis(groups.isEmpty() ? 0 : 50));
            groups.add(
                    shown.radio("Colour", groups.isEmpty() ? List.of("red", "green") : List.of("blue", "green", "red"))
                            .onChange(change -> heard.add(change.value().orElse("none"))));
        };
        browser.expect(complaint -> complaint.contains("WebSocket connection to"));
        var first = Sites.one().page("/", page).start(0);
        int port = first.port();
        browser.open(first.uri().toString());
        live();
        first.close();
        state("offline");
        browser.run("document.querySelectorAll('fieldset input')[1].click()");
        with(Sites.one().page("/", page), port, server -> {
            state("ended");
            until(true, "document.querySelector('.pw-status').checkVisibility({ visibilityProperty: true })");
            browser.button("Reload").click();
            hears("green");
            until("green", CHOSEN);
        });
    }
}
