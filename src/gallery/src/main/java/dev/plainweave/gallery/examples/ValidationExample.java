package dev.plainweave.gallery.examples;

import dev.plainweave.ui.Page;
import dev.plainweave.ui.Plainweave;
import java.util.Optional;
import java.util.Set;

/** What is wrong is said below the field. A validator may block: the newest value wins. */
public final class ValidationExample {
    private static final Set<String> TAKEN = Set.of("ada", "grace");

    /** Runs it alone, on http://localhost:8080. */
    public static void main(String[] arguments) {
        Plainweave.builder().page("/", ValidationExample::page).start(8080).awaitStop();
    }

    /** Builds the page. */
    public static void page(Page page) {
        var name = page.input("User name")
                .required("Please choose a name.")
                .validate(text -> text.matches("[a-z]*"), "Small letters only.")
                .validate(text -> {
                    Thread.sleep(400); // asks a data base
                    return TAKEN.contains(text) ? Optional.of("That name is taken.") : Optional.empty();
                })
                .placeholder("not ada, not grace");
        page.button("Sign up").onClick(() -> {
            if (name.check()) {
                page.toast("Welcome, " + name.value() + ".");
            }
        });
    }
}
