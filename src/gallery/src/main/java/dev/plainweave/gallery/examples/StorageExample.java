package dev.plainweave.gallery.examples;

import dev.plainweave.ui.Page;
import dev.plainweave.ui.Plainweave;
import dev.plainweave.ui.Property;
import dev.plainweave.ui.Scope;

/** What is kept: for a tab, for a visitor, for all. Reload, open a second tab, come back tomorrow. */
public final class StorageExample {
    /** Runs it alone, on http://localhost:8080. */
    public static void main(String[] arguments) {
        Plainweave.builder().page("/", StorageExample::page).start(8080).awaitStop();
    }

    /** Builds the page. */
    public static void page(Page page) {
        Property<String> name = page.storage(Scope.VISITOR).property("name", String.class, "");
        page.input("Your name, kept for this browser").bind(name);

        Property<Integer> here = page.storage(Scope.TAB).property("visits", Integer.class, 0);
        here.update(visits -> visits + 1);
        page.label("Visit number " + here.value() + " in this tab");

        Property<Integer> all = page.storage(Scope.APPLICATION).property("stars", Integer.class, 0);
        page.row(row -> {
            row.button("★").onClick(() -> all.update(stars -> stars + 1));
            row.label("").bind(all);
        });
    }
}
