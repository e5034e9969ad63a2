package dev.plainweave.gallery.examples;

import dev.plainweave.ui.Page;
import dev.plainweave.ui.Plainweave;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A page of parts: a page function builds into a part of another page, and knows nothing of the rest. */
public final class PartsExample {
    /** Runs it alone, on http://localhost:8080. */
    public static void main(String[] arguments) {
        Plainweave.builder().page("/", PartsExample::page).start(8080).awaitStop();
    }

    /** Builds the page. */
    public static void page(Page page) {
        page.heading(3, "Two of the same");
        page.grid(2, grid -> {
            for (String name : List.of("Left", "Right")) {
                counter(page.within(grid.card()), name);
            }
        });
    }

    /** A part, written as if it were a page. */
    private static void counter(Page part, String name) {
        var count = new AtomicInteger();
        var shown = part.label(name + ": 0");
        part.button("One more").onClick(() -> shown.text(name + ": " + count.incrementAndGet()));
    }
}
