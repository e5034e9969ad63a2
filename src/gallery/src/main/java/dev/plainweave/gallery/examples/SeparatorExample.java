package dev.plainweave.gallery.examples;

import dev.plainweave.ui.Page;
import dev.plainweave.ui.Plainweave;

/** A thin line between what does not belong together. */
public final class SeparatorExample {
    /** Runs it alone, on http://localhost:8080. */
    public static void main(String[] arguments) {
        Plainweave.builder().page("/", SeparatorExample::page).start(8080).awaitStop();
    }

    /** Builds the page. */
    public static void page(Page page) {
        page.label("Above");
        page.separator();
        page.label("Below");
        page.row(row -> {
            row.button("Cut").secondary();
            row.button("Copy").secondary();
            row.separator().vertical();
            row.button("Paste").secondary();
        });
    }
}
