package dev.plainweave.gallery.examples;

import dev.plainweave.ui.Page;
import dev.plainweave.ui.Plainweave;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/** A line of text, changed by any thread at any time. */
public final class LabelExample {
    /** Runs it alone, on http://localhost:8080. */
    public static void main(String[] arguments) {
        Plainweave.builder().page("/", LabelExample::page).start(8080).awaitStop();
    }

    /** Builds the page. */
    public static void page(Page page) {
        var line = page.label("A line of text, <b>as it is</b>.");
        page.button("Change it")
                .onClick(() -> line.text(
                        "Changed at " + LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS)));

        page.label("Looks come from classes").classes("fw-bold text-primary");
        page.label("or from declarations of its own.").style("letter-spacing: 0.15em");
    }
}
