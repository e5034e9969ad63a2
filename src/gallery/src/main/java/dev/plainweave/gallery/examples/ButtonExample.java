package dev.plainweave.gallery.examples;

import dev.plainweave.ui.EventPolicy;
import dev.plainweave.ui.Page;
import dev.plainweave.ui.Plainweave;
import java.util.concurrent.atomic.AtomicInteger;

/** What a click does, and what becomes of clicks that come meanwhile. */
public final class ButtonExample {
    /** Runs it alone, on http://localhost:8080. */
    public static void main(String[] arguments) {
        Plainweave.builder().page("/", ButtonExample::page).start(8080).awaitStop();
    }

    /** Builds the page. */
    public static void page(Page page) {
        var clicks = new AtomicInteger();
        var count = page.label("Not clicked yet.");
        page.row(row -> {
            row.button("Count").onClick(() -> count.text("Clicked " + clicks.incrementAndGet() + " times."));
            row.button("Quietly").secondary().onClick(() -> count.text("Somebody whispered."));
            row.button("Never").icon("slash-circle").enabled(false);
        });

        // Two seconds' work. Clicks that come meanwhile are dropped, instead of having their turn later.
        page.button("Work").onClick(EventPolicy.DROP_WHILE_RUNNING, () -> {
            Thread.sleep(2000);
            page.toast("Done, once.");
        });

        // A click that is waited for.
        var step = page.label("Two more steps.");
        var next = page.button("Next");
        page.background(() -> {
            next.awaitClick();
            step.text("One more step.");
            next.awaitClick();
            step.text("There.");
            next.enabled(false);
        });
    }
}
