package dev.plainweave.gallery.examples;

import dev.plainweave.ui.Page;
import dev.plainweave.ui.Plainweave;

/** A picture of this server's; the policy of pages allows no other. */
public final class ImageExample {
    /** Runs it alone, on http://localhost:8080. */
    public static void main(String[] arguments) {
        Plainweave.builder().page("/", ImageExample::page).start(8080).awaitStop();
    }

    /** Builds the page. */
    public static void page(Page page) {
        var picture = page.image("/images/favicon.svg", "Warp and weft, under and over")
                .style("width: 6rem");
        page.button("Larger").onClick(() -> picture.style("width: 10rem"));
    }
}
