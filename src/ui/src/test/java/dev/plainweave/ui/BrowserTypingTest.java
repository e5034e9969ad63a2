package dev.plainweave.ui;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Typing: nothing is lost, nothing jumps, whatever the server makes of it and however long it takes. */
@Execution(ExecutionMode.CONCURRENT)
class BrowserTypingTest extends BrowserCase {
    private final AtomicReference<Input> field = new AtomicReference<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();

    private Input input(Page page) {
        Input input = page.input("Text").attribute("autocomplete", "off").onChange(change -> heard.add(change.value()));
        field.set(input);
        return input;
    }

    private static String shout(String text) {
        return text.toUpperCase(Locale.ROOT).replace(" ", "");
    }

    private void compose(String text) {
        int end = text.length();
        browser.devTools("Input.imeSetComposition", Map.of("text", text, "selectionStart", end, "selectionEnd", end));
    }

    private void insert(String text) {
        browser.devTools("Input.insertText", Map.of("text", text));
    }

    @Test
    void typingFastAtHighLatencyThroughCutsLosesNothing() throws Exception {
        PageFunction page = shown -> {
            input(shown);
            shown.every(Duration.ofMillis(50), () -> shown.title("tick " + System.nanoTime()));
        };
        StringBuilder typed = new StringBuilder();
        through(page, (server, cutter) -> {
            cutter.delay(200);
            WebElement input = browser.find("input");
            for (int round = 0; round < 12; round++) {
                String some = "round" + round + " ";
                typed.append(some);
                input.sendKeys(some);
                if (round % 3 == 2) {
                    cutter.cut();
                }
            }
            assertEquals(typed.toString(), typed());
            cutter.delay(0);
            await().atMost(PATIENCE).until(() -> field.get().value().contentEquals(typed));
            assertEquals(typed.toString(), typed());
        });
    }

    @Test
    void anInputMethodAndAServerThatRewritesAtHighLatencyThroughCutsLoseNothing() throws Exception {
        StringBuilder typed = new StringBuilder();
        through(page -> input(page).normalize(BrowserTypingTest::shout), (server, cutter) -> {
            cutter.delay(200);
            browser.find("input").click();
            for (int round = 0; round < 10; round++) {
                typed.append("a b日本");
                browser.press("a b");
                compose("に");
                compose("にほ");
                if (round % 3 == 1) {
                    cutter.cut();
                }
                compose("にほん");
                insert("日本");
            }
            cutter.delay(0);
            String all = shout(typed.toString());
            await().atMost(PATIENCE).untilAsserted(() -> assertEquals(all, typed()));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertEquals(all, field.get().value()));
            assertTrue(heard.stream().noneMatch(value -> value.contains("に")), heard.toString());
        });
    }

    @Test
    void whatTheServerMakesOfAnEditDoesNotDisturbWhoTypesOn() throws Exception {
        through(page -> input(page).normalize(BrowserTypingTest::shout), (server, cutter) -> {
            cutter.delay(100);
            WebElement input = browser.find("input");
            input.sendKeys("a b c d e f g h");
            await().atMost(PATIENCE).until(() -> "ABCDEFGH".equals(typed()));
            assertEquals("ABCDEFGH", field.get().value());
            input.sendKeys(Keys.HOME, "x");
            await().atMost(PATIENCE).until(() -> "XABCDEFGH".equals(typed()));
            assertEquals(1L, browser.run("return document.activeElement.selectionStart"), "the caret stays");
            input.sendKeys(" ", "y");
            await().atMost(PATIENCE).until(() -> "XYABCDEFGH".equals(typed()));
            assertEquals(2L, browser.run("return document.activeElement.selectionStart"), "between the same letters");
        });
    }

    @Test
    void nothingIsSentOrAppliedWhileAnInputMethodComposes() throws Exception {
        with(Sites.one().page("/", this::input), server -> {
            browser.open(server.uri().toString());
            live();
            browser.find("input").click();
            compose("に");
            compose("にほ");
            field.get().value("from the server");
            browser.await("setTimeout(arguments[0], 200)");
            assertEquals("にほ", typed());
            assertEquals(List.of(), heard);
            insert("日本");
            await().atMost(PATIENCE).until(() -> heard.equals(List.of("日本")));
            assertEquals("日本", typed());
            field.get().value("from the server");
            until("from the server", "document.querySelector('input').value");
            compose("に");
            field.get().value("meanwhile");
            browser.await("setTimeout(arguments[0], 200)");
            compose(""); // given up: there was no edit
            until("meanwhile", "document.querySelector('input').value");
            assertEquals("meanwhile", field.get().value());
            assertEquals(List.of("日本"), heard);
        });
    }

    @Test
    void theSelectionOfATextStaysOnTheSameWords() throws Exception {
        AtomicReference<TextArea> area = new AtomicReference<>();
        PageFunction page = shown -> area.set(shown.textArea("Text").value("first\nhello world\nlast"));
        through(page, (server, cutter) -> {
            browser.run("const a = document.querySelector('textarea'); a.focus(); a.setSelectionRange(12, 17)");
            String selected = "document.activeElement.value.slice(document.activeElement.selectionStart,"
                    + " document.activeElement.selectionEnd)";
            assertEquals("world", browser.run("return " + selected));
            area.get().value("first\nand\nhello world\nlast");
            until(26L, "document.activeElement.value.length");
            assertEquals("world", browser.run("return " + selected));
            cutter.cut();
            area.get().value("0 first\nand\nhello world\nlast");
            until(28L, "document.activeElement.value.length");
            assertEquals("world", browser.run("return " + selected));
            browser.await("import(" + SOCKET_MODULE + ").then(m => { m.position.frame = 0; arguments[0]() })");
            cutter.cut();
            state("live");
            area.get().value("again\nhello world\nlast");
            until(22L, "document.activeElement.value.length");
            assertEquals("world", browser.run("return " + selected), "after a snapshot");
        });
    }

    @Test
    void aNumberCanBeTypedWhileTheServerSetsIt() throws Exception {
        AtomicReference<NumberField<java.math.BigDecimal>> number = new AtomicReference<>();
        through(page -> number.set(page.number("Number")), (server, cutter) -> {
            browser.find("input").sendKeys("1,5");
            await().atMost(PATIENCE).until(() -> number.get().orZero() == 1.5);
            assertEquals("1,5", typed());
            cutter.delay(500);
            number.get().value(java.util.Optional.of(java.math.BigDecimal.valueOf(20)));
            browser.press("0");
            await().atMost(PATIENCE).until(() -> number.get().orZero() == 1.5 && typed().equals("1,50"));
            cutter.delay(0);
            number.get().value(java.util.Optional.of(java.math.BigDecimal.valueOf(20)));
            until("20", "document.querySelector('input').value");
            browser.press("5");
            await().atMost(PATIENCE).until(() -> number.get().orZero() == 205);
        });
    }

    @Test
    void undoStaysWhereTheServerAgrees() throws Exception {
        through(this::input, (server, cutter) -> {
            browser.find("input").sendKeys("abc");
            await().atMost(PATIENCE).until(() -> field.get().value().equals("abc"));
            cutter.cut();
            state("live");
            browser.devTools(
                    "Input.dispatchKeyEvent",
                    Map.of("type", "rawKeyDown", "key", "z", "modifiers", 2, "commands", List.of("undo")));
            await().atMost(PATIENCE).until(() -> field.get().value().isEmpty());
            assertEquals("", typed());
        });
    }

    @Test
    void whoTypesWinsOverATimerAndAllEndWithTheSame() throws Exception {
        AtomicInteger ticks = new AtomicInteger();
        PageFunction page = shown -> {
            Input input = input(shown);
            shown.every(Duration.ofMillis(20), () -> {
                if (ticks.incrementAndGet() < 60) {
                    input.value("tick" + ticks.get() + " ");
                }
            });
        };
        through(page, (server, cutter) -> {
            cutter.delay(20);
            WebElement input = browser.find("input");
            for (int round = 0; ticks.get() < 60; round++) {
                input.sendKeys("x" + round);
            }
            input.sendKeys(Keys.END, " the end");
            await().atMost(PATIENCE).until(() -> field.get().value().endsWith(" the end"));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertEquals(field.get().value(), typed()));
        });
    }

    @Test
    void aCommitIsHeardOnceAndBeforeTheEnterThoughTheServerRewrites() throws Exception {
        PageFunction page = shown -> {
            shown.input("Text")
                    .normalize(BrowserTypingTest::shout)
                    .onCommit(value -> heard.add("commit " + value))
                    .onEnter(() -> heard.add("enter"));
            shown.button("Other");
        };
        through(page, (server, cutter) -> {
            WebElement input = browser.find("input");
            input.sendKeys("a");
            until("A", "document.querySelector('input').value");
            input.sendKeys(Keys.TAB);
            await().atMost(PATIENCE).until(() -> heard.equals(List.of("commit A")));
            input.sendKeys("b", Keys.ENTER);
            await().atMost(PATIENCE).until(() -> heard.equals(List.of("commit A", "commit AB", "enter")));
            input.sendKeys(Keys.ENTER, Keys.TAB);
            await().atMost(PATIENCE).until(() -> heard.size() == 4);
            assertEquals("enter", heard.getLast());
        });
    }
}
