package dev.plainweave.ui;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.plainweave.server.IoPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pages in a real browser, over what the server really serves. */
@Execution(ExecutionMode.CONCURRENT)
class BrowserTest extends BrowserCase {
    @ParameterizedTest
    @EnumSource(IoPolicy.class)
    @Execution(ExecutionMode.SAME_THREAD) // the example is one program
    void oldFilesAreDeletedAfterTheUserHasSaidYes(IoPolicy io, @TempDir Path directory) throws Exception {
        for (int number = 0; number < 30; number++) {
            Files.createFile(directory.resolve("file" + number));
        }
        OldFiles.directory = directory;
        with(Sites.on(io).page("/", OldFiles::page), server -> {
            browser.open(server.uri().toString());
            live();
            browser.button("Delete all").click();
            see("Really delete 30 files?");
            browser.screenshot("confirm-" + io);
            browser.button("No").click();
            await().until(() -> !browser.text().contains("Really"));
            assertEquals(30, OldFiles.find().size());
            browser.button("Delete all").click();
            see("Really delete 30 files?");
            browser.button("Yes").click();
            await().atMost(PATIENCE)
                    .until(() -> String.valueOf(browser.run("return document.querySelector('.pw-toast')?.textContent"))
                            .equals("Done"));
            assertEquals(List.of(), OldFiles.find());
            assertEquals("30", browser.find("progress").getDomAttribute("value"));
        });
    }

    @Test
    void aReloadIsANewPageAndTheOldOneEnds() throws Exception {
        List<PageEnd> ends = new CopyOnWriteArrayList<>();
        PageFunction page = shown -> {
            shown.onClose(ends::add);
            Label label = shown.label("0");
            shown.button("More").onClick(() -> label.text("more"));
        };
        with(Sites.one().page("/", page), server -> {
            browser.open(server.uri().toString());
            live();
            browser.button("More").click();
            see("more");
            browser.run("location.reload()");
            await().atMost(PATIENCE).until(() -> browser.text().startsWith("0"));
            live();
            await().atMost(PATIENCE).until(() -> ends.equals(List.of(PageEnd.LEFT)));
        });
    }

    @Test
    void aCommandThatFailsStopsNone() throws Exception {
        AtomicReference<LivePage> live = new AtomicReference<>();
        with(Sites.one().page("/", page -> live.set((LivePage) page)), server -> {
            browser.expect(complaint -> complaint.contains("is not a valid URL"));
            browser.open(server.uri().toString());
            live();
            live.get().atomically(() -> {
                live.get().command(new Command("navigate", List.of("http://["), null));
                live.get().command(new Command("focus", List.of(4711), null));
                live.get().toast("the next");
            });
            until("the next", "document.querySelector('.pw-toast')?.textContent");
            await().atMost(PATIENCE).until(() -> live.get().tree.locked(live.get().writer::onTheirWay) == 0);
        });
    }

    @Test
    void javaScriptOfTheApplicationRunsUnderThePolicy() throws Exception {
        PageFunction page = shown -> shown.button("Run").onClick(() -> {
            int sum = shown.js("return arguments[0] + await Promise.resolve(arguments[1])", 20, 22)
                    .get(Integer.class);
            String error = assertThrows(
                            JsException.class,
                            () -> shown.js("throw new Error('no')").await())
                    .getMessage();
            shown.label(sum + " " + error);
            assertThrows(JsException.class, () -> shown.js("syntax error").await());
            shown.label("done");
        });
        with(Sites.one().page("/", page), server -> {
            browser.open(server.uri().toString());
            live();
            browser.button("Run").click();
            see("42 Error: no");
            see("done");
        });
    }

    @Test
    void everyElementLooksRightInBothWidthsAndThemes() throws Exception {
        PageFunction page = shown -> {
            shown.heading("Every element");
            shown.paragraph("A paragraph,\nwith a second line, and text that is <b>text</b>.");
            shown.row(row -> {
                row.button("Primary");
                row.button("Secondary").secondary();
                row.button("Danger").danger();
                row.button("Disabled").enabled(false);
                row.link("A link", "/elsewhere");
                row.spinner();
            });
            shown.card(card -> {
                card.heading(2, "A card");
                card.input("Name").placeholder("Ada");
                card.input("Wrong").value("x").invalid("Too short.");
                card.number("Number", 1.5);
                card.textArea("Notes");
                card.checkbox("A box").value(true);
                card.toggle("A switch").value(true);
                card.select("Colour", List.of("red", "green")).choose("green");
            });
            shown.progress().max(10).value(4);
            shown.separator();
            Log log = shown.log();
            log.push("first line\nsecond line");
            shown.grid(3, grid -> {
                grid.label("one");
                grid.label("two");
                grid.label("three");
            });
            shown.button("Ask").onClick(() -> shown.confirm("Really?"));
        };
        with(Sites.one().page("/", page), server -> {
            for (String scheme : List.of("light", "dark")) {
                for (int width : List.of(1200, 390)) {
                    browser.screen(width, 1150, scheme);
                    browser.open(server.uri().toString());
                    live();
                    assertEquals(scheme, browser.run("return document.documentElement.dataset.bsTheme"));
                    assertEquals(
                            true,
                            browser.run("return document.documentElement.scrollWidth <= innerWidth"),
                            "nothing is wider than the window");
                    browser.screenshot("elements-" + width + "-" + scheme);
                    browser.button("Ask").click();
                    see("Really?");
                    browser.screenshot("question-" + width + "-" + scheme);
                }
            }
        });
    }
}
