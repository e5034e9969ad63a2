package dev.plainweave.ui;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plainweave.server.WebServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What was typed survives a restart of the server, in its own field or in none, and what is secret is not kept. */
@Execution(ExecutionMode.CONCURRENT)
class BrowserDraftsTest extends BrowserCase {
    private final List<String> heard = new CopyOnWriteArrayList<>();

    private interface Steps {
        void take();
    }

    /** Types on one server, and reloads when there is another. */
    private void over(PageFunction before, Steps type, PageFunction after, Steps look) throws Exception {
        browser.expect(complaint -> complaint.contains("WebSocket connection to"));
        browser.screen(1200, 900, "light");
        WebServer first = Sites.one().page("/", before).start(0);
        int port = first.port();
        try {
            browser.open(first.uri().toString());
            live();
            type.take();
        } finally {
            first.close();
        }
        try (WebServer second = Sites.one().page("/", after).start(port)) {
            state("ended");
            until(true, "document.querySelector('.pw-status').checkVisibility({ visibilityProperty: true })");
            // After ours have been kept, and readable in the next document.
            browser.run("addEventListener('pagehide', () => { localStorage.kept = JSON.stringify({ ...sessionStorage })"
                    + " })");
            heard.clear();
            browser.button("Reload").click();
            live();
            assertEquals(second.uri().toString(), browser.url());
            look.take();
            browser.open("about:blank");
        }
    }

    private void type(String field, String text) {
        String find = "[...document.querySelectorAll('main label')].filter(l => l.textContent === '" + field
                + "').map(l => l.control)";
        until(true, find + ".length > 0");
        browser.run("const f = " + find + "[0]; f.value = '" + text + "';"
                + "f.dispatchEvent(new Event('input', { bubbles: true }))");
        await().atMost(PATIENCE).until(() -> heard.contains(field + " " + text));
    }

    private Input input(Container in, String label) {
        return in.input(label).onChange(change -> heard.add(label + " " + change.value()));
    }

    private void hears(String... what) {
        await().atMost(PATIENCE).untilAsserted(() -> assertEquals(List.of(what), heard));
    }

    /** Time enough for what must not happen. */
    private void hearsNothingMore(String... what) {
        browser.await("setTimeout(arguments[0], 800)");
        assertEquals(List.of(what), heard);
    }

    @Test
    void fieldsThatCameLaterHaveTheirsToo() throws Exception {
        PageFunction page = shown -> {
            input(shown, "First");
            shown.button("Edit").onClick(() -> {
                Dialog<String> dialog = shown.dialog();
                input(dialog, "In a dialog");
                dialog.open();
            });
            shown.sleep(Duration.ofMillis(50)); // the document goes
            input(shown, "Later");
            shown.multiSelect("Many", List.of("a", "b", "c"))
                    .choose("b")
                    .onChange(change -> heard.add("Many " + change.value()));
            shown.sleep(Duration.ofMillis(500));
            input(shown, "Much later");
        };
        over(
                page,
                () -> {
                    type("First", "1");
                    type("Later", "2");
                    type("Much later", "3");
                    browser.run("const s = document.querySelector('select'); s.options[1].selected = false;"
                            + " s.options[0].selected = s.options[2].selected = true;"
                            + " s.dispatchEvent(new Event('input', { bubbles: true }))");
                    browser.button("Edit").click();
                    type("In a dialog", "4");
                },
                page,
                () -> {
                    hears("First 1", "Later 2", "Many [a, c]", "Much later 3");
                    until("3", "document.querySelectorAll('main input')[2].value");
                    browser.button("Edit").click();
                    hears("First 1", "Later 2", "Many [a, c]", "Much later 3", "In a dialog 4");
                });
    }

    @Test
    void noneGoesIntoAnotherField() throws Exception {
        PageFunction before = shown -> {
            for (String fruit : List.of("Apples", "Pears")) {
                shown.row(row -> {
                    row.label(fruit);
                    input(row, "Number").onChange(change -> heard.add(fruit));
                });
            }
            input(shown, "Twin");
            input(shown, "Twin");
            input(shown, "Name");
            input(shown, "Gone");
        };
        PageFunction after = shown -> {
            shown.sleep(Duration.ofMillis(50));
            for (String fruit : List.of("Plums", "Pears", "Apples")) {
                shown.row(row -> {
                    row.label(fruit);
                    input(row, "Number").onChange(change -> heard.add(fruit));
                });
            }
            shown.atomically(() -> {
                input(shown, "Twin");
                input(shown, "Twin");
                input(shown, "Twin");
            });
            input(shown, "Name").readOnly(true);
            shown.input("Other");
        };
        over(
                before,
                () -> {
                    type("Number", "5"); // of the first, which are the apples
                    type("Twin", "x");
                    type("Name", "y");
                    type("Gone", "z");
                },
                after,
                () -> {
                    hears("Number 5", "Apples");
                    hearsNothingMore("Number 5", "Apples");
                });
    }

    @Test
    void whatSomebodyTypesMeanwhileIsNotOverwritten() throws Exception {
        PageFunction page = shown -> input(shown, "Text");
        PageFunction slow = shown -> {
            shown.sleep(Duration.ofMillis(50));
            Input text = input(shown, "Text").visible(false);
            shown.button("Show").onClick(() -> {
                text.visible(true);
                heard.add("shown");
            });
        };
        over(page, () -> type("Text", "old"), slow, () -> {
            until(true, "document.querySelectorAll('main input').length === 1");
            browser.run("const f = document.querySelector('main input'); f.value = 'new';"
                    + "f.dispatchEvent(new Event('input', { bubbles: true }))");
            browser.button("Show").click();
            hears("shown");
            hearsNothingMore("shown");
            assertEquals("", typed(), "the server has put it back: it was hidden");
        });
    }

    @Test
    void neitherSecretsNorWhatIsHiddenAreStored() throws Exception {
        PageFunction page = shown -> {
            input(shown, "Password").passwordWithReveal();
            input(shown, "Card").autocomplete("cc-number");
            Input hidden = input(shown, "Hidden");
            input(shown, "Plain");
            shown.button("Hide").onClick(() -> {
                hidden.visible(false);
                heard.add("hide");
            });
        };
        over(
                page,
                () -> {
                    type("Password", "hunter2");
                    type("Card", "4111");
                    type("Hidden", "concealed");
                    type("Plain", "said");
                    browser.find("[aria-label='Show the password']").click();
                    until("text", "document.querySelector('main input').type");
                    browser.button("Hide").click();
                    await().atMost(PATIENCE).until(() -> heard.contains("hide"));
                    until(3L, "[...document.querySelectorAll('main input')].filter(f => f.checkVisibility()).length");
                },
                page,
                () -> {
                    hears("Plain said");
                    String stored = String.valueOf(browser.run("return localStorage.kept"));
                    assertTrue(stored.contains("said"), stored);
                    for (String secret : List.of("hunter2", "4111", "concealed")) {
                        assertTrue(!stored.contains(secret), stored);
                    }
                    hearsNothingMore("Plain said");
                });
    }
}
