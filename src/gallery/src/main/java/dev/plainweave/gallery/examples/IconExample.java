package dev.plainweave.gallery.examples;

import dev.plainweave.ui.Page;
import dev.plainweave.ui.Plainweave;

/** One of some two thousand small pictures, in the colour of the text around it; it costs no request. */
public final class IconExample {
    /** Runs it alone, on http://localhost:8080. */
    public static void main(String[] arguments) {
        Plainweave.builder().page("/", IconExample::page).start(8080).awaitStop();
    }

    /** Builds the page. */
    public static void page(Page page) {
        page.label("Ready to leave").icon("luggage");
        var weather = page.icon("cloud-rain").description("Rain").large();
        page.button("Look again")
                .icon("arrow-repeat")
                .onClick(() -> weather.name("sun").description("Sun"));
    }
}
