package dev.plainweave.gallery.pages;

import dev.plainweave.ui.Page;
import dev.plainweave.ui.Property;
import java.util.concurrent.atomic.AtomicInteger;

/** The first of the live pages: what one tab does alone, and what all tabs share. */
public final class Welcome {
    /** What all visitors see: a property that every open page is bound to. */
    private static final Property<Integer> EVERYBODY = Property.of(0);

    private Welcome() {}

    /** Builds the page. */
    public static void page(Page page) {
        page.title("Live pages");
        page.heading("Live pages");
        page.paragraph(
                "This page is a tree of elements on the server. It was sent as plain HTML; since then a socket carries"
                        + " what changes, and what you do. Each handler is ordinary Java on its own virtual thread, and"
                        + " may block.");

        page.grid(2, grid -> {
            grid.card(card -> {
                card.heading(2, "Yours alone");
                AtomicInteger clicks = new AtomicInteger();
                var shown = card.label("Not clicked yet.");
                card.button("Click").onClick(() -> shown.text("Clicked " + clicks.incrementAndGet() + " times."));
            });
            grid.card(card -> {
                card.heading(2, "Everybody’s");
                card.label("").bind(EVERYBODY);
                card.button("Click for all").onClick(() -> EVERYBODY.update(count -> count + 1));
                card.label("Open this page twice, and watch the other tab.");
            });
            grid.card(card -> {
                card.heading(2, "A handler that waits for you");
                var greeting = card.label("It has not asked yet.");
                card.button("Ask me").onClick(() -> {
                    String name = page.prompt("What is your name?").orElse("stranger"); // waits here for the answer
                    greeting.text("Hello, " + name + "!");
                });
            });
            grid.card(card -> {
                card.heading(2, "A handler that takes its time");
                var bar = card.progress().max(20);
                card.button("Work for four seconds").onClick(() -> {
                    bar.value(0);
                    for (int step = 0; step < 20; step++) {
                        Thread.sleep(200); // blocks this handler's own thread, and nobody else's
                        bar.advance();
                    }
                    page.toast("Done.");
                });
            });
        });
        More.below(page, "Welcome");
    }
}
