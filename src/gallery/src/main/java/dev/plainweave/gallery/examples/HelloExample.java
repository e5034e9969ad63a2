package dev.plainweave.gallery.examples;

import dev.plainweave.ui.Page;
import dev.plainweave.ui.Plainweave;

/** A handler that asks, and waits for the answer. */
public final class HelloExample {
    /** Runs it alone, on http://localhost:8080. */
    public static void main(String[] arguments) {
        Plainweave.builder().page("/", HelloExample::page).start(8080).awaitStop();
    }

    /** Builds the page. */
    public static void page(Page page) {
        var greeting = page.label("Nobody has been greeted yet.");
        page.button("Greet me").onClick(() -> {
            // Waits here for the answer; other handlers run meanwhile.
            String name = page.prompt("What is your name?").orElse("stranger");
            greeting.text("Hello, " + name + "!");
        });
    }
}
