package dev.plainweave.gallery.examples;

import dev.plainweave.ui.Dialog;
import dev.plainweave.ui.Page;
import dev.plainweave.ui.Plainweave;

/** A box above the page, that is waited for. It is part of the page: whoever reconnects sees it again. */
public final class DialogExample {
    /** Runs it alone, on http://localhost:8080. */
    public static void main(String[] arguments) {
        Plainweave.builder().page("/", DialogExample::page).start(8080).awaitStop();
    }

    /** Builds the page. */
    public static void page(Page page) {
        var order = page.label("Nothing ordered.");
        page.button("Order cloth").onClick(() -> {
            Dialog<String> dialog = page.dialog();
            dialog.heading(3, "Which cloth?");
            var metres = dialog.number("Metres", 3).range(1, 50);
            dialog.row(row -> {
                row.button("Cancel").secondary().onClick(dialog::cancel);
                row.button("Linen").onClick(() -> dialog.close("linen"));
                row.button("Wool").onClick(() -> dialog.close("wool"));
            });
            String answer = dialog.await()
                    .map(cloth -> metres.orZero() + " metres of " + cloth)
                    .orElse("Nothing after all.");
            order.text(answer);
            dialog.remove();
        });
    }
}
