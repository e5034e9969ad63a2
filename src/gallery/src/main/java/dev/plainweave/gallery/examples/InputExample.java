package dev.plainweave.gallery.examples;

import dev.plainweave.ui.Page;
import dev.plainweave.ui.Plainweave;
import java.util.List;
import java.util.Locale;

/** A line of text, heard as it is typed, when it is done, and on Enter. */
public final class InputExample {
    /** Runs it alone, on http://localhost:8080. */
    public static void main(String[] arguments) {
        Plainweave.builder().page("/", InputExample::page).start(8080).awaitStop();
    }

    /** Builds the page. */
    public static void page(Page page) {
        var name = page.input("Name").placeholder("Ada").maxLength(40);
        var seen = page.label("");
        name.onChange(change -> seen.text(change.value().length() + " characters so far"));
        name.onCommit(text -> seen.text("It is " + text + "."));
        name.onEnter(() -> page.toast("Hello, " + name.value() + "!"));

        page.input("Code, in capitals").normalize(text -> text.toUpperCase(Locale.ROOT));
        page.input("Password").passwordWithReveal();
        page.input("Site").prefix("https://").clearable();
        page.input("City").suggestions(List.of("Berlin", "Lima", "Nairobi"));
    }
}
