package dev.plainweave.gallery.examples;

import dev.plainweave.ui.Page;
import dev.plainweave.ui.Plainweave;

/** A box to tick. */
public final class CheckboxExample {
    /** Runs it alone, on http://localhost:8080. */
    public static void main(String[] arguments) {
        Plainweave.builder().page("/", CheckboxExample::page).start(8080).awaitStop();
    }

    /** Builds the page. */
    public static void page(Page page) {
        var agree = page.checkbox("I have read all of it");
        var go = page.button("Go on").enabled(false);
        agree.onChange(change -> go.enabled(change.value()));
        go.onClick(() -> page.toast("Really?"));
    }
}
