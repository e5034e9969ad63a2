package dev.plainweave.gallery.examples;

import dev.plainweave.ui.Page;
import dev.plainweave.ui.Plainweave;

/** A box around what belongs together. */
public final class CardExample {
    /** Runs it alone, on http://localhost:8080. */
    public static void main(String[] arguments) {
        Plainweave.builder().page("/", CardExample::page).start(8080).awaitStop();
    }

    /** Builds the page. */
    public static void page(Page page) {
        page.card(card -> {
            card.heading(3, "Linen");
            card.label("Flax, plain weave, 220 g/m²");
            card.button("Order").onClick(() -> page.toast("Thank you."));
        });
    }
}
