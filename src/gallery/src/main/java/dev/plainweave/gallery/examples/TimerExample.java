package dev.plainweave.gallery.examples;

import dev.plainweave.ui.Page;
import dev.plainweave.ui.Plainweave;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/** What happens again and again, and what goes on behind. Both stop with the page. */
public final class TimerExample {
    /** Runs it alone, on http://localhost:8080. */
    public static void main(String[] arguments) {
        Plainweave.builder().page("/", TimerExample::page).start(8080).awaitStop();
    }

    /** Builds the page. */
    public static void page(Page page) {
        var clock = page.label("");
        page.every(
                Duration.ofSeconds(1),
                () -> clock.text(
                        "It is " + LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS)));

        // Any thread may change a page: no turn is needed, and no handler waits for it.
        var sheep = page.label("");
        page.background(() -> {
            for (int count = 1; ; count++) {
                sheep.text(count + " sheep");
                page.sleep(Duration.ofMillis(700)); // throws when the page has gone
            }
        });
    }
}
