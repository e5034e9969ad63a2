package dev.plainweave.gallery.pages;

import dev.plainweave.gallery.site.Code;
import dev.plainweave.gallery.site.Parts;
import dev.plainweave.gallery.site.Sources;
import dev.plainweave.ui.Block;
import dev.plainweave.ui.Page;
import java.util.List;
import java.util.Optional;

/** A wizard in one method: it blocks at each question, and its state is its local variables. */
public final class Wizard {
    private static final int MOST = 12;

    private Wizard() {}

    /** Builds the page. */
    public static void page(Page page) {
        Parts.title(
                page,
                "A wizard in one method",
                "Each question is a method that returns the answer. Going on is the next line; giving up is an empty"
                        + " Optional; closing the tab is an exception that ends this one method.");
        Block columns = page.block("div").classes("example");
        Block card = Parts.card(columns, "The restaurant’s book");
        Block list = card.block("ol").classes("bookings");
        var none = card.label("No table has been booked yet.").classes("none");
        card.button("Book a table")
                .onClick(() -> book(page).ifPresent(booking -> {
                    none.visible(false);
                    list.block("li").text(booking);
                }));
        String file = Sources.alone("pages/Wizard.java");
        Block source = Parts.card(columns, "All of it");
        String method = file.substring(file.lastIndexOf("    /** From"), file.lastIndexOf('}'));
        Code.java(source, method.stripIndent().strip());
    }

    /** From the first question to the last. */
    private static Optional<String> book(Page page) throws Exception {
        Optional<String> day = page.choose("Which day?", List.of("Friday", "Saturday", "Sunday"));
        if (day.isEmpty()) {
            return Optional.empty();
        }
        int people = 0;
        while (people < 1 || people > MOST) {
            Optional<String> answer = page.prompt("How many of you, 1 to " + MOST + "?");
            if (answer.isEmpty()) {
                return Optional.empty();
            }
            people = answer.get().matches("\\d{1,2}") ? Integer.parseInt(answer.get()) : 0;
        }
        String booking = "A table for " + people + " on " + day.get();
        if (!page.confirm(booking + ", is that right?")) {
            return Optional.empty();
        }
        Thread.sleep(800); // the restaurant's telephone
        page.toast("Booked.");
        return Optional.of(booking);
    }
}
