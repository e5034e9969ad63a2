package dev.plainweave.gallery.examples;

import dev.plainweave.ui.Page;
import dev.plainweave.ui.Plainweave;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;

/** A choice of one, or none: of any type, with any name. */
public final class SelectExample {
    /** Runs it alone, on http://localhost:8080. */
    public static void main(String[] arguments) {
        Plainweave.builder().page("/", SelectExample::page).start(8080).awaitStop();
    }

    /** Builds the page. */
    public static void page(Page page) {
        var chosen = page.label("No month yet.");
        page.select("Month", List.of(Month.values()), month -> month.getDisplayName(TextStyle.FULL, Locale.ENGLISH))
                .onChange(change -> chosen.text(change.value()
                        .map(month -> "It has " + month.maxLength() + " days at most.")
                        .orElse("None.")));
    }
}
