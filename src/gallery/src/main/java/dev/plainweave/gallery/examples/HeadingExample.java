package dev.plainweave.gallery.examples;

import dev.plainweave.ui.Page;
import dev.plainweave.ui.Plainweave;

/** Headings, of six levels. */
public final class HeadingExample {
    /** Runs it alone, on http://localhost:8080. */
    public static void main(String[] arguments) {
        Plainweave.builder().page("/", HeadingExample::page).start(8080).awaitStop();
    }

    /** Builds the page. */
    public static void page(Page page) {
        page.heading("The page's own");
        page.heading(2, "A part of it");
        page.heading(3, "A part of that");
    }
}
