package dev.plainweave.gallery.examples;

import dev.plainweave.ui.Page;
import dev.plainweave.ui.Plainweave;
import dev.plainweave.ui.Toast;
import java.time.Duration;

/** A short message, for a few seconds. */
public final class ToastExample {
    /** Runs it alone, on http://localhost:8080. */
    public static void main(String[] arguments) {
        Plainweave.builder().page("/", ToastExample::page).start(8080).awaitStop();
    }

    /** Builds the page. */
    public static void page(Page page) {
        page.button("Say it").onClick(() -> page.toast("The loom is ready."));

        // Of a kind, for as long as it takes, and with something to do.
        var kept = page.label("A draft is here.");
        page.button("Throw away").icon("trash").onClick(() -> {
            kept.visible(false);
            page.toast(Toast.warning("The draft is gone.")
                    .lasting(Duration.ofSeconds(20))
                    .action("Undo", () -> kept.visible(true)));
        });

        // What a handler throws is a toast for the user, and a stack trace for the log, under the same number.
        page.button("Fail").danger().onClick(() -> {
            throw new IllegalStateException("the thread broke");
        });
    }
}
