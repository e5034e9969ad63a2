package dev.plainweave.gallery.examples;

import dev.plainweave.ui.Page;
import dev.plainweave.ui.Plainweave;
import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.Locale;

/** Columns of equal width, fewer of them on small screens; some elements are as wide as several. */
public final class GridExample {
    /** Runs it alone, on http://localhost:8080. */
    public static void main(String[] arguments) {
        Plainweave.builder().page("/", GridExample::page).start(8080).awaitStop();
    }

    /** Builds the page. */
    public static void page(Page page) {
        page.grid(3, grid -> {
            for (DayOfWeek day : DayOfWeek.values()) {
                var card = grid.card();
                card.label(day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH));
                card.span(day == DayOfWeek.SUNDAY ? 3 : 1);
            }
        });
    }
}
