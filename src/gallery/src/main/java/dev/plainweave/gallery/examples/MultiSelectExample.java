package dev.plainweave.gallery.examples;

import dev.plainweave.ui.Page;
import dev.plainweave.ui.Plainweave;
import java.time.DayOfWeek;
import java.util.List;

/** A choice of several: its value is a list of whatever they are. */
public final class MultiSelectExample {
    /** Runs it alone, on http://localhost:8080. */
    public static void main(String[] arguments) {
        Plainweave.builder().page("/", MultiSelectExample::page).start(8080).awaitStop();
    }

    /** Builds the page. */
    public static void page(Page page) {
        var said = page.label("No day yet.");
        page.multiSelect("Open on", List.of(DayOfWeek.values()))
                .rows(7)
                .onChange(change -> said.text(change.value().size() + " days a week"));
    }
}
