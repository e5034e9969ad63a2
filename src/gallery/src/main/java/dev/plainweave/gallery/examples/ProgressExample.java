package dev.plainweave.gallery.examples;

import dev.plainweave.ui.Page;
import dev.plainweave.ui.Plainweave;

/** A bar that fills while a handler works: changes are seen before it ends. */
public final class ProgressExample {
    /** Runs it alone, on http://localhost:8080. */
    public static void main(String[] arguments) {
        Plainweave.builder().page("/", ProgressExample::page).start(8080).awaitStop();
    }

    /** Builds the page. */
    public static void page(Page page) {
        var bar = page.progress().max(20).caption("Rows").percent();
        var button = page.button("Weave twenty rows");
        button.onClick(() -> {
            button.enabled(false);
            bar.value(0);
            for (int row = 0; row < 20; row++) {
                Thread.sleep(150); // the work: it blocks this handler's own thread, and nobody else's
                bar.advance();
            }
            button.enabled(true);
        });
    }
}
