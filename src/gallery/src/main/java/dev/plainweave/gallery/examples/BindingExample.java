package dev.plainweave.gallery.examples;

import dev.plainweave.ui.Page;
import dev.plainweave.ui.Plainweave;
import dev.plainweave.ui.Property;

/** A property that fields and texts are tied to. One of a class is everybody's: open this page twice. */
public final class BindingExample {
    private static final Property<Integer> EVERYBODY = Property.of(0);

    /** Runs it alone, on http://localhost:8080. */
    public static void main(String[] arguments) {
        Plainweave.builder().page("/", BindingExample::page).start(8080).awaitStop();
    }

    /** Builds the page. */
    public static void page(Page page) {
        Property<String> mine = Property.of("plain");
        page.input("Weave").bind(mine);
        page.input("The same").bind(mine);
        page.label("").bind(mine);

        page.separator();
        page.row(row -> {
            row.button("Count for everybody").onClick(() -> EVERYBODY.update(count -> count + 1));
            row.label("").bind(EVERYBODY);
        });
    }
}
