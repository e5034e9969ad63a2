package dev.plainweave.gallery.pages;

import dev.plainweave.ui.Page;

/** What is at the bottom of every live page: the others, and the file that runs. */
final class More {
    private More() {}

    static void below(Page page, String file) {
        page.separator();
        page.row(row -> {
            row.link("Live pages", "/pages");
            row.link("Wizard", "/pages/wizard");
            row.link("Dashboard", "/pages/dashboard");
            row.link("The Java behind this page", "/source/pages/" + file + ".java");
            row.link("Home", "/");
        });
    }
}
