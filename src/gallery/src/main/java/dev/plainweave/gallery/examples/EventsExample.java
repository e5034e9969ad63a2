package dev.plainweave.gallery.examples;

import dev.plainweave.ui.Event;
import dev.plainweave.ui.Page;
import dev.plainweave.ui.Plainweave;

/** Something that happens, told to all pages: open this page twice, and say something in one of them. */
public final class EventsExample {
    private static final Event<String> SAID = new Event<>();

    /** Runs it alone, on http://localhost:8080. */
    public static void main(String[] arguments) {
        Plainweave.builder().page("/", EventsExample::page).start(8080).awaitStop();
    }

    /** Builds the page. */
    public static void page(Page page) {
        var log = page.log();
        SAID.listen(page, log::push);
        var line = page.input("Say").placeholder("to everybody who is here");
        line.onEnter(() -> {
            SAID.publish(line.value());
            line.value("");
        });
    }
}
