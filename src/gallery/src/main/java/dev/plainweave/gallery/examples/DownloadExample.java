package dev.plainweave.gallery.examples;

import dev.plainweave.ui.Page;
import dev.plainweave.ui.Plainweave;
import java.nio.charset.StandardCharsets;

/** A file for the browser to keep, written while it is fetched. */
public final class DownloadExample {
    /** Runs it alone, on http://localhost:8080. */
    public static void main(String[] arguments) {
        Plainweave.builder().page("/", DownloadExample::page).start(8080).awaitStop();
    }

    /** Builds the page. */
    public static void page(Page page) {
        var rows = page.number("Rows", 1000).range(1, 1_000_000);
        page.button("Download").onClick(() -> {
            int last = (int) rows.orZero();
            page.download("squares.csv", "text/csv", out -> {
                for (long number = 1; number <= last; number++) {
                    String line = number + "," + number * number + "\n";
                    out.write(line.getBytes(StandardCharsets.US_ASCII)); // as slowly as the browser reads
                }
            });
        });
    }
}
