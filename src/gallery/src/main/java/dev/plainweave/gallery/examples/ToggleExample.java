package dev.plainweave.gallery.examples;

import dev.plainweave.ui.Page;
import dev.plainweave.ui.Plainweave;

/** A switch, which acts at once. */
public final class ToggleExample {
    /** Runs it alone, on http://localhost:8080. */
    public static void main(String[] arguments) {
        Plainweave.builder().page("/", ToggleExample::page).start(8080).awaitStop();
    }

    /** Builds the page. */
    public static void page(Page page) {
        var lamp = page.label("Dark.");
        page.toggle("Light").onChange(change -> lamp.text(change.value() ? "Light!" : "Dark."));
    }
}
