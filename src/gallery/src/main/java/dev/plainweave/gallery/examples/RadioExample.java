package dev.plainweave.gallery.examples;

import dev.plainweave.ui.Page;
import dev.plainweave.ui.Plainweave;
import java.util.List;

/** A choice of one, all of which can be seen: as a list, in a line, or as one control. */
public final class RadioExample {
    private enum Fibre {
        WOOL,
        LINEN,
        COTTON,
        SILK
    }

    /** Runs it alone, on http://localhost:8080. */
    public static void main(String[] arguments) {
        Plainweave.builder().page("/", RadioExample::page).start(8080).awaitStop();
    }

    /** Builds the page. */
    public static void page(Page page) {
        var chosen = page.label("Nothing yet.");
        page.radio("Fibre", Fibre.class)
                .disableOptions(fibre -> fibre == Fibre.SILK)
                .help("There is no silk today.")
                .onChange(change -> chosen.text(
                        change.value().map(fibre -> "Woven of " + fibre).orElseThrow()));

        page.radio("Width", List.of(90, 120, 150), width -> width + " cm")
                .inline()
                .choose(120);

        var word = page.label("warp");
        page.radio("Size", List.of(6, 4, 2), size -> size == 6 ? "small" : size == 4 ? "middle" : "large")
                .segmented()
                .choose(6)
                .onChange(change -> {
                    word.removeClasses("fs-6 fs-4 fs-2");
                    word.classes("fs-" + change.value().orElseThrow());
                });
    }
}
