package dev.plainweave.ui;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.openqa.selenium.Keys;

/** What a page is to whoever looks at it: there at once, steady, and operated without a mouse. */
@Execution(ExecutionMode.CONCURRENT)
class BrowserPageTest extends BrowserCase {
    private final AtomicReference<LivePage> live = new AtomicReference<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();

    private void form(Page page) {
        live.set((LivePage) page);
        page.heading("Form").style("letter-spacing: 1px");
        page.input("Name").value("Ada");
        page.textArea("Notes").value("some\nnotes");
        page.checkbox("Box").value(true);
        page.select("Colour", List.of("red", "green")).choose("green");
        page.progress().max(10).value(4);
        page.button("Go").onClick(() -> heard.add("go"));
    }

    @Test
    void withoutScriptsThePageIsReadableAndStyled() throws Exception {
        with(Sites.one().page("/", this::form), server -> {
            browser.devTools("Emulation.setScriptExecutionDisabled", Map.of("value", true));
            browser.open(server.uri().toString());
            assertEquals("null", browser.state(), "no script has run");
            assertTrue(browser.text().startsWith("Form"), browser.text());
            assertEquals("Ada", typed());
            assertEquals("rgb(244, 240, 232)", browser.run("return getComputedStyle(document.body).backgroundColor"));
            assertEquals(
                    "rgb(43, 67, 132)",
                    browser.find("button").getCssValue("background-color").replaceAll("rgba\\((.*), 1\\)", "rgb($1)"));
            browser.screenshot("without-scripts");
            browser.devTools("Emulation.setScriptExecutionDisabled", Map.of("value", false));
        });
    }

    @Test
    void takingOverChangesNothingThatIsSeen() throws Exception {
        with(Sites.one().page("/", this::form), server -> {
            browser.devTools("Page.addScriptToEvaluateOnNewDocument", Map.of("source", """
                window.changes = []
                window.shifts = 0
                new PerformanceObserver(list => list.getEntries().forEach(e => { shifts += e.value }))
                  .observe({ type: 'layout-shift', buffered: true })
                document.addEventListener('readystatechange', () => {
                  const main = document.querySelector('main')
                  if (document.readyState !== 'interactive' || !main) return
                  new MutationObserver(records => records.forEach(record => {
                    if (record.attributeName !== 'style') {
                      changes.push(record.type + ' of ' + record.target.nodeName + ' ' + record.attributeName)
                    }
                  })).observe(main, { attributes: true, childList: true, characterData: true, subtree: true })
                })
                """));
            browser.open(server.uri().toString());
            live();
            browser.await("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))");
            assertEquals(List.of(), browser.run("return changes"));
            assertEquals(0L, browser.run("return shifts"));
            live.get().label("a change is seen");
            see("a change is seen");
            assertEquals(
                    true, browser.run("return changes.includes('childList of MAIN null')"), "it would have been seen");
        });
    }

    @Test
    void focusCaretAndScrollStayOverAResumeAndASnapshot() throws Exception {
        AtomicReference<Column> lines = new AtomicReference<>();
        PageFunction page = shown -> {
            live.set((LivePage) shown);
            lines.set(shown.column());
            IntStream.range(0, 100).forEach(line -> lines.get().label("line " + line));
            Log log = shown.log();
            IntStream.range(0, 50).forEach(line -> log.push("entry " + line));
            shown.input("Name").value("some text here");
            IntStream.range(0, 100).forEach(line -> shown.label("more " + line));
        };
        String place = "[document.activeElement.id, document.activeElement.selectionStart,"
                + " document.activeElement.selectionEnd, Math.round(scrollY),"
                + " document.querySelector('.pw-log').scrollTop]";
        through(page, (server, cutter) -> {
            browser.run("const i = document.querySelector('input'); i.focus(); i.setSelectionRange(5, 9);"
                    + " document.querySelector('.pw-log').scrollTop = 40; scrollTo(0, 1500);"
                    + " getSelection().anchorNode; window.node = i");
            Object before = browser.run("return " + place);
            cutter.cut();
            live.get().label("after a resume");
            see("after a resume");
            assertEquals(before, browser.run("return " + place));
            browser.await("import(" + SOCKET_MODULE + ").then(m => { m.position.frame = 0; arguments[0]() })");
            cutter.cut();
            live.get().label("after a snapshot");
            see("after a snapshot");
            assertEquals(before, browser.run("return " + place));
            assertEquals(true, browser.run("return document.querySelector('input') === window.node"));
            live.get().atomically(() -> {
                List.copyOf(lines.get().node.children())
                        .subList(0, 50)
                        .forEach(line -> live.get().tree.remove(line));
                lines.get().label("in their place");
            });
            see("in their place");
            assertEquals(
                    List.of("5", "9"),
                    browser.run("return [String(document.activeElement.selectionStart),"
                            + " String(document.activeElement.selectionEnd)]"));
        });
    }

    @Test
    void whatIsMovedKeepsTheFocusAndAnOpenDialogStaysAboveThePage() throws Exception {
        AtomicReference<Input> input = new AtomicReference<>();
        AtomicReference<Dialog<?>> dialog = new AtomicReference<>();
        AtomicReference<Row> row = new AtomicReference<>();
        PageFunction page = shown -> {
            live.set((LivePage) shown);
            shown.label("first");
            input.set(shown.input("Name").value("some text"));
            row.set(shown.row());
            dialog.set(shown.dialog());
            dialog.get().input("Inside");
        };
        through(page, (server, cutter) -> {
            browser.run("const i = document.querySelector('input'); i.focus(); i.setSelectionRange(2, 4)");
            String id = browser.find("input").getDomAttribute("id");
            input.get().moveTo(row.get(), 0);
            until(true, "document.querySelector('.pw-row input') !== null");
            assertEquals(
                    List.of(id, 2L, 4L),
                    browser.run("const a = document.activeElement; return [a.id, a.selectionStart, a.selectionEnd]"));
            dialog.get().open();
            until(true, "document.querySelector('dialog').matches(':modal')");
            dialog.get().moveTo(live.get(), 0);
            until(true, "document.querySelector('main').firstElementChild.matches('dialog:modal')");
            cutter.cut();
            state("live");
            dialog.get().cancel();
            until(false, "document.querySelector('dialog').open");
        });
    }

    @Test
    void whatWasInAnotherIsAroundItNowAndKeepsTheFocus() throws Exception {
        AtomicReference<Column> outer = new AtomicReference<>();
        AtomicReference<Column> inner = new AtomicReference<>();
        AtomicReference<Column> late = new AtomicReference<>();
        PageFunction page = shown -> {
            live.set((LivePage) shown);
            outer.set(shown.column());
            inner.set(outer.get().column());
            inner.get().input("Name");
            late.set(shown.column());
        };
        through(page, (server, cutter) -> {
            browser.run("document.querySelector('input').focus()");
            live.get().atomically(() -> {
                inner.get().classes("inner");
                inner.get().moveTo(late.get(), 0);
                outer.get().classes("outer").moveTo(inner.get(), 0);
            });
            until(true, "document.querySelector('.inner > .outer') !== null");
            assertEquals("INPUT", browser.run("return document.activeElement.tagName"));
        });
    }

    @Test
    void aKeyboardIsEnough() throws Exception {
        PageFunction page = shown -> {
            live.set((LivePage) shown);
            shown.input("Name").onEnter(() -> heard.add("enter"));
            shown.checkbox("Box").onChange(change -> heard.add("box " + change.value()));
            shown.button("Ask").onClick(() -> heard.add("said " + shown.confirm("Really?")));
            shown.button("Name it").onClick(() -> heard.add("named " + shown.prompt("Which name?")));
            shown.link("Elsewhere", "/");
        };
        with(Sites.one().page("/", page), server -> {
            browser.open(server.uri().toString());
            live();
            browser.press(Keys.TAB, Keys.ENTER, Keys.TAB, Keys.SPACE, Keys.TAB, Keys.ENTER);
            see("Really?");
            assertEquals(List.of("enter", "box true"), heard);
            for (int tab = 0; tab < 6; tab++) {
                browser.press(Keys.TAB);
                assertEquals(
                        true,
                        browser.run("const a = document.activeElement;"
                                + " return a === document.body || a.closest('dialog') !== null"),
                        "the focus stays in the dialog");
            }
            browser.press(Keys.ESCAPE);
            await().atMost(PATIENCE).until(() -> heard.getLast().equals("said false"));
            until("Ask", "document.activeElement.textContent"); // where it was
            browser.press(Keys.SPACE);
            see("Really?");
            browser.press(Keys.TAB, Keys.ENTER);
            await().atMost(PATIENCE).until(() -> heard.getLast().equals("said true"));
            until(false, "document.querySelector('dialog[open]') !== null");
            browser.press(Keys.TAB, Keys.ENTER);
            until(true, "document.activeElement.matches('dialog input')");
            browser.press("Ada", Keys.ENTER);
            await().atMost(PATIENCE).until(() -> heard.getLast().equals("named " + Optional.of("Ada")));
            assertTrue(String.valueOf(browser.run("return getComputedStyle(document.activeElement).outlineStyle"))
                    .matches("solid|none|auto"));
        });
    }

    @Test
    void assistiveTechnologyHearsWhatThingsAre() throws Exception {
        PageFunction page = shown -> {
            form(shown);
            shown.input("Wrong").invalid("Too short.");
            shown.button("Ask").onClick(() -> shown.confirm("Really?"));
            shown.toast("Welcome");
        };
        with(Sites.one().page("/", page), server -> {
            browser.open(server.uri().toString());
            live();
            browser.button("Ask").click();
            see("Really?");
            List<String> things = ((List<?>) browser.devTools("Accessibility.getFullAXTree", Map.of())
                            .get("nodes"))
                    .stream()
                            .map(node -> (Map<?, ?>) node)
                            .map(BrowserPageTest::said)
                            .toList();
            for (String thing : List.of("dialog: Really?", "button: Yes", "button: No")) {
                assertTrue(things.contains(thing), thing + " is not in " + things);
            }
            browser.press(Keys.ESCAPE);
            until(false, "document.querySelector('dialog[open]') !== null");
            List<String> all = ((List<?>) browser.devTools("Accessibility.getFullAXTree", Map.of())
                            .get("nodes"))
                    .stream()
                            .map(node -> (Map<?, ?>) node)
                            .map(BrowserPageTest::said)
                            .toList();
            for (String thing : List.of(
                    "main: ",
                    "heading: Form",
                    "textbox: Name",
                    "textbox: Notes",
                    "checkbox: Box",
                    "combobox: Colour",
                    "button: Go",
                    "textbox: Wrong, Too short.",
                    "status: ")) {
                assertTrue(all.contains(thing), thing + " is not in " + all);
            }
        });
    }

    private static String said(Map<?, ?> node) {
        String description = value(node, "description");
        return value(node, "role") + ": " + value(node, "name") + (description.isEmpty() ? "" : ", " + description);
    }

    private static String value(Map<?, ?> node, String name) {
        return node.get(name) instanceof Map<?, ?> found && found.get("value") != null
                ? String.valueOf(found.get("value"))
                : "";
    }

    @Test
    void itIsDarkWhereTheSystemIs() throws Exception {
        with(Sites.one().page("/", this::form), server -> {
            browser.open(server.uri().toString());
            live();
            assertEquals("rgb(244, 240, 232)", browser.run("return getComputedStyle(document.body).backgroundColor"));
            browser.screen(1200, 900, "dark");
            until("rgb(18, 20, 26)", "getComputedStyle(document.body).backgroundColor");
        });
    }
}
