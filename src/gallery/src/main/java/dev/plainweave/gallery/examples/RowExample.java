package dev.plainweave.gallery.examples;

import dev.plainweave.ui.Page;
import dev.plainweave.ui.Plainweave;
import java.util.List;

/** Side by side; what has no room goes below. */
public final class RowExample {
    /** Runs it alone, on http://localhost:8080. */
    public static void main(String[] arguments) {
        Plainweave.builder().page("/", RowExample::page).start(8080).awaitStop();
    }

    /** Builds the page. */
    public static void page(Page page) {
        page.row(row -> {
            row.label("Three buttons");
            for (String name : List.of("One", "Two", "Three")) {
                row.button(name).secondary().onClick(() -> page.toast(name));
            }
        });
    }
}
