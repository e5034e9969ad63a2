package dev.plainweave.gallery.examples;

import dev.plainweave.ui.Page;
import dev.plainweave.ui.Plainweave;
import java.util.Map;

/** Any other HTML that only holds something: lists, tables, figures. */
public final class BlockExample {
    /** Runs it alone, on http://localhost:8080. */
    public static void main(String[] arguments) {
        Plainweave.builder().page("/", BlockExample::page).start(8080).awaitStop();
    }

    /** Builds the page. */
    public static void page(Page page) {
        var table = page.block("table").classes("table");
        table.block("thead").block("tr", head -> {
            head.block("th").text("Fibre");
            head.block("th").text("Thread count");
        });
        var rows = table.block("tbody");
        for (var fibre : Map.of("Cotton", 200, "Linen", 80, "Silk", 400).entrySet()) {
            rows.block("tr", row -> {
                row.block("td").text(fibre.getKey());
                row.block("td").text(String.valueOf(fibre.getValue()));
            });
        }
    }
}
