package dev.plainweave.gallery.examples;

import dev.plainweave.ui.Page;
import dev.plainweave.ui.Plainweave;

/** A paragraph keeps its line breaks. What users wrote is shown as they wrote it, never run. */
public final class TextExample {
    /** Runs it alone, on http://localhost:8080. */
    public static void main(String[] arguments) {
        Plainweave.builder().page("/", TextExample::page).start(8080).awaitStop();
    }

    /** Builds the page. */
    public static void page(Page page) {
        page.paragraph("""
            The weaver waits for her thread.
            Her neighbour does not wait for her.\
            """);
        page.paragraph("<script>alert('no')</script> is seven words and some brackets.");
    }
}
