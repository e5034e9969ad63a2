package dev.plainweave.gallery.examples;

import dev.plainweave.ui.Page;
import dev.plainweave.ui.Plainweave;

/** Something that turns while one waits. */
public final class SpinnerExample {
    /** Runs it alone, on http://localhost:8080. */
    public static void main(String[] arguments) {
        Plainweave.builder().page("/", SpinnerExample::page).start(8080).awaitStop();
    }

    /** Builds the page. */
    public static void page(Page page) {
        var spinner = page.spinner().visible(false);
        page.button("Wait two seconds").onClick(() -> {
            spinner.visible(true);
            Thread.sleep(2000);
            spinner.visible(false);
        });
    }
}
