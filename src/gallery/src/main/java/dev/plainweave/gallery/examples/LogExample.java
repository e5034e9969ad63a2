package dev.plainweave.gallery.examples;

import dev.plainweave.ui.Page;
import dev.plainweave.ui.Plainweave;
import java.time.Instant;

/** Lines of text, the newest at the end; it follows them until one scrolls up. */
public final class LogExample {
    /** Runs it alone, on http://localhost:8080. */
    public static void main(String[] arguments) {
        Plainweave.builder().page("/", LogExample::page).start(8080).awaitStop();
    }

    /** Builds the page. */
    public static void page(Page page) {
        var log = page.log().max(100);
        page.row(row -> {
            row.button("Write").onClick(() -> log.push("written at " + Instant.now()));
            row.button("Write fifty lines").secondary().onClick(() -> {
                for (int line = 1; line <= 50; line++) {
                    log.push("line " + line);
                }
            });
            row.button("Clear").secondary().onClick(log::clear);
        });
    }
}
