package dev.plainweave.gallery.examples;

import dev.plainweave.ui.Page;
import dev.plainweave.ui.Plainweave;

/** A short message, for a few seconds. */
public final class ToastExample {
    /** Runs it alone, on http://localhost:8080. */
    public static void main(String[] arguments) {
        Plainweave.builder().page("/", ToastExample::page).start(8080).awaitStop();
    }

    /** Builds the page. */
    public static void page(Page page) {
        page.button("Say it").onClick(() -> page.toast("The loom is ready."));

        // What a handler throws is a toast for the user, and a stack trace for the log, under the same number.
        page.button("Fail").danger().onClick(() -> {
            throw new IllegalStateException("the thread broke");
        });
    }
}
