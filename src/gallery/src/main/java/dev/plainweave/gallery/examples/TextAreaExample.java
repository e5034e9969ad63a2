package dev.plainweave.gallery.examples;

import dev.plainweave.ui.Page;
import dev.plainweave.ui.Plainweave;

/** Lines of text, of which one sees how many more there may be. */
public final class TextAreaExample {
    /** Runs it alone, on http://localhost:8080. */
    public static void main(String[] arguments) {
        Plainweave.builder().page("/", TextAreaExample::page).start(8080).awaitStop();
    }

    /** Builds the page. */
    public static void page(Page page) {
        var letter = page.textArea("Letter")
                .rows(3)
                .placeholder("Dear weaver,")
                .maxLength(200)
                .counter();
        var size = page.label("0 lines");
        letter.onChange(change -> size.text(change.value().lines().count() + " lines"));
    }
}
