package dev.plainweave.gallery.examples;

import dev.plainweave.ui.JsException;
import dev.plainweave.ui.Page;
import dev.plainweave.ui.Plainweave;

/** JavaScript in the browser, its result and its errors here. Arguments are data, never code. */
public final class JavaScriptExample {
    /** Runs it alone, on http://localhost:8080. */
    public static void main(String[] arguments) {
        Plainweave.builder().page("/", JavaScriptExample::page).start(8080).awaitStop();
    }

    /** Builds the page. */
    public static void page(Page page) {
        var answer = page.label("");
        page.row(row -> {
            row.button("Which time zone?")
                    .onClick(() -> answer.text(page.js("return Intl.DateTimeFormat().resolvedOptions().timeZone")
                            .get(String.class)));
            row.button("How wide is the window?")
                    .onClick(() -> answer.text(page.js("return innerWidth").get(Integer.class) + " pixels"));
            row.button("Fail").secondary().onClick(() -> {
                try {
                    page.js("throw new Error(arguments[0])", "no such thread").await();
                } catch (JsException thrown) {
                    answer.text("It threw: " + thrown.getMessage());
                }
            });
        });
    }
}
