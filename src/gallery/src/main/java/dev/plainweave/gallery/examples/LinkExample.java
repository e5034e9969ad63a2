package dev.plainweave.gallery.examples;

import dev.plainweave.ui.Page;
import dev.plainweave.ui.Plainweave;

/** Links, to pages of one's own, to others, and to places on this one. */
public final class LinkExample {
    /** Runs it alone, on http://localhost:8080. */
    public static void main(String[] arguments) {
        Plainweave.builder().page("/", LinkExample::page).start(8080).awaitStop();
    }

    /** Builds the page. */
    public static void page(Page page) {
        page.link("All elements", "/elements");
        page.link("Jetty, in a tab of its own", "https://jetty.org/").newTab();
        page.link("Write to us", "mailto:hello@example.org");

        page.link("Down to the button", "#button");

        page.button("Go there by code").id("button").onClick(() -> page.navigate("/elements"));
    }
}
