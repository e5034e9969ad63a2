package dev.plainweave.gallery.examples;

import dev.plainweave.ui.Page;
import dev.plainweave.ui.Plainweave;

/** One below the other; filled, emptied and filled again by handlers. */
public final class ColumnExample {
    /** Runs it alone, on http://localhost:8080. */
    public static void main(String[] arguments) {
        Plainweave.builder().page("/", ColumnExample::page).start(8080).awaitStop();
    }

    /** Builds the page. */
    public static void page(Page page) {
        var guests = page.column();
        page.row(row -> {
            row.button("Somebody comes").onClick(() -> guests.label("Guest number " + (guests.size() + 1)));
            row.button("All leave").secondary().onClick(guests::clear);
        });
    }
}
